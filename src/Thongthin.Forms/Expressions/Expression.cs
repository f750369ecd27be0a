namespace Thongthin.Forms.Expressions;

/// <summary>
/// A node of a parsed expression. One tree for both engines: C# evaluates it, and <see cref="ExpressionJson"/> writes it
/// for the browser. <see cref="Position"/> is the offset of its first character in the text, from 0.
/// </summary>
public abstract record Expression(int Position)
{
    /// <summary>Names of the questions it reads (<c>${name}</c>), each once per occurrence.</summary>
    public IEnumerable<string> References() => Descendants().OfType<Reference>().Select(r => r.Name);

    /// <summary>Itself and everything below it, parents first.</summary>
    public IEnumerable<Expression> Descendants()
    {
        var stack = new Stack<Expression>();
        stack.Push(this);
        while (stack.TryPop(out var node))
        {
            yield return node;
            var children = node.Children;
            for (var i = children.Count - 1; i >= 0; i--)
            {
                stack.Push(children[i]);
            }
        }
    }

    /// <summary>Directly below it, in order.</summary>
    public virtual IReadOnlyList<Expression> Children => [];
}

/// <summary>A number as written; never NaN, infinite or negative.</summary>
public sealed record NumberLiteral(int Position, double Value) : Expression(Position);

/// <summary>The text between quotes.</summary>
public sealed record StringLiteral(int Position, string Value) : Expression(Position);

/// <summary><c>.</c>: the answer of the question that has the expression.</summary>
public sealed record CurrentValue(int Position) : Expression(Position);

/// <summary><c>${name}</c>.</summary>
public sealed record Reference(int Position, string Name) : Expression(Position);

/// <summary><c>-x</c>.</summary>
public sealed record Negation(int Position, Expression Operand) : Expression(Position)
{
    public override IReadOnlyList<Expression> Children => [Operand];
}

/// <summary>
/// Operands joined by one operator. Two operands, or for <see cref="Operator.And"/> and <see cref="Operator.Or"/> as
/// many as stood in a row.
/// </summary>
public sealed record Operation(int Position, Operator Operator, IReadOnlyList<Expression> Operands)
    : Expression(Position)
{
    public override IReadOnlyList<Expression> Children => Operands;
}

/// <summary>A call of one of <see cref="Functions"/>.</summary>
public sealed record FunctionCall(int Position, string Name, IReadOnlyList<Expression> Arguments) : Expression(Position)
{
    public override IReadOnlyList<Expression> Children => Arguments;
}

/// <summary>The operators, loosest first.</summary>
public enum Operator
{
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

/// <summary>How operators are written and how tightly they bind.</summary>
internal static class Operators
{
    public static string Sign(this Operator op) =>
        op switch
        {
            Operator.Or => "or",
            Operator.And => "and",
            Operator.Equal => "=",
            Operator.NotEqual => "!=",
            Operator.Less => "<",
            Operator.LessOrEqual => "<=",
            Operator.Greater => ">",
            Operator.GreaterOrEqual => ">=",
            Operator.Add => "+",
            Operator.Subtract => "-",
            Operator.Multiply => "*",
            Operator.Divide => "div",
            Operator.Modulo => "mod",
            _ => throw new ArgumentOutOfRangeException(nameof(op)),
        };

    /// <summary>1 (or) to 6 (multiplication); larger binds tighter.</summary>
    public static int Precedence(this Operator op) =>
        op switch
        {
            Operator.Or => 1,
            Operator.And => 2,
            Operator.Equal or Operator.NotEqual => 3,
            Operator.Less or Operator.LessOrEqual or Operator.Greater or Operator.GreaterOrEqual => 4,
            Operator.Add or Operator.Subtract => 5,
            _ => 6,
        };

    private static readonly Dictionary<string, Operator> bySign = Enum.GetValues<Operator>()
        .ToDictionary(op => op.Sign(), StringComparer.Ordinal);

    public static Operator? Find(string sign) => bySign.TryGetValue(sign, out var op) ? op : null;
}

namespace Thongthin.Forms.Expressions;

/// <summary>
/// A node of a parsed expression. One tree for both engines: C# evaluates it, and <see cref="ExpressionJson"/> writes it
/// for the browser. <see cref="Position"/> is the offset of its first character in the text, from 0.
/// </summary>
public abstract record Expression(int Position)
{
    /// <summary>
    /// Names of the form's nodes that it reads, by <c>${name}</c> or as a step of a path, each once per occurrence.
    /// </summary>
    /// <param name="ofChoice">bare names are columns of a list of choices, as in a choice filter</param>
    public IEnumerable<string> References(bool ofChoice = false)
    {
        var stack = new Stack<(Expression Node, bool OfChoice)>();
        stack.Push((this, ofChoice));
        while (stack.TryPop(out var top))
        {
            if (top.Node is Reference reference)
            {
                yield return reference.Name;
            }
            var inside = top.OfChoice;
            if (top.Node is PathExpression path)
            {
                inside = path.IsOfChoices(top.OfChoice);
                foreach (var step in inside ? [] : path.NamedSteps)
                {
                    yield return step.Name;
                }
            }
            for (var i = top.Node.Children.Count - 1; i >= 0; i--)
            {
                stack.Push((top.Node.Children[i], inside));
            }
        }
    }

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

/// <summary><c>a | b</c>: the nodes of all of them, each once.</summary>
public sealed record Union(int Position, IReadOnlyList<Expression> Operands) : Expression(Position)
{
    public override IReadOnlyList<Expression> Children => Operands;
}

/// <summary>Where a path begins.</summary>
public enum PathStart
{
    /// <summary>The document: <c>/data/…</c>.</summary>
    Root,

    /// <summary>The node that has the expression, or the one that a predicate looks at: <c>../x</c>, <c>x</c>.</summary>
    Here,

    /// <summary>The nodes of another expression: <c>${rows}/x</c>, <c>instance('x')/root/item</c>.</summary>
    Nodes,
}

/// <summary>A path: nodes reached by steps.</summary>
/// <param name="From">null unless it starts from <see cref="PathStart.Nodes"/></param>
/// <param name="Filters">predicates of the nodes that it starts from, all together: <c>${rows}[2]</c></param>
public sealed record PathExpression(
    int Position,
    PathStart Start,
    Expression? From,
    IReadOnlyList<Expression> Filters,
    IReadOnlyList<Step> Steps
) : Expression(Position)
{
    public override IReadOnlyList<Expression> Children =>
        [.. From is null ? Filters : [From, .. Filters], .. Steps.SelectMany(step => step.Predicates)];

    /// <summary>The steps to children by their names; the first name of an absolute path is the form's own and not among them.</summary>
    public IEnumerable<Step> NamedSteps =>
        Steps.Skip(Start == PathStart.Root ? 1 : 0).Where(s => s.Kind == StepKind.Child);

    /// <summary>Whether it walks a list of choices, not the answers.</summary>
    /// <param name="ofChoice">whether what stands around it does</param>
    public bool IsOfChoices(bool ofChoice = false) =>
        Start switch
        {
            PathStart.Root => false,
            PathStart.Here => ofChoice,
            _ => IsOfChoices(From!, ofChoice),
        };

    private static bool IsOfChoices(Expression from, bool ofChoice) =>
        from switch
        {
            FunctionCall { Name: "instance" } => true,
            FunctionCall { Name: "randomize" } call => IsOfChoices(call.Arguments[0], ofChoice),
            PathExpression path => path.IsOfChoices(ofChoice),
            Union union => IsOfChoices(union.Operands[0], ofChoice),
            _ => false,
        };
}

/// <summary>What a step does.</summary>
public enum StepKind
{
    /// <summary><c>name</c>.</summary>
    Child,

    /// <summary><c>*</c>; only in lists of choices.</summary>
    AnyChild,

    /// <summary><c>..</c>.</summary>
    Parent,

    /// <summary><c>.</c>.</summary>
    Self,
}

/// <summary>One step of a path with its predicates.</summary>
/// <param name="Name">empty unless it is <see cref="StepKind.Child"/></param>
public sealed record Step(StepKind Kind, string Name, IReadOnlyList<Expression> Predicates)
{
    internal string Sign =>
        Kind switch
        {
            StepKind.Child => Name,
            StepKind.AnyChild => "*",
            StepKind.Parent => "..",
            _ => ".",
        };
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

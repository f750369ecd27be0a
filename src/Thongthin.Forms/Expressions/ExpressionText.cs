using System.Text;

namespace Thongthin.Forms.Expressions;

/// <summary>Writes a tree as text that parses to the same tree, with as few parentheses as that needs.</summary>
public static class ExpressionText
{
    /// <summary>Throws <see cref="ArgumentException"/> for a string that holds both kinds of quote: no text can say it.</summary>
    public static string ToText(this Expression expression)
    {
        var text = new StringBuilder();
        Write(text, expression, 0);
        return text.ToString();
    }

    /// <summary>The same for a message; what cannot be written is an ellipsis.</summary>
    internal static string ToShownText(this Expression expression) =>
        expression.Descendants().OfType<StringLiteral>().Any(text => text.Value.AsSpan().ContainsAny("\"“”"))
            ? "…"
            : expression.ToText();

    private static void Write(StringBuilder text, Expression expression, int outer)
    {
        switch (expression)
        {
            case NumberLiteral number:
                text.Append(NumberText.Format(number.Value));
                break;
            case StringLiteral literal:
                text.Append(Quote(literal.Value));
                break;
            case CurrentValue:
                text.Append('.');
                break;
            case Reference reference:
                text.Append("${").Append(reference.Name).Append('}');
                break;
            case Negation negation:
                text.Append('-');
                Write(text, negation.Operand, int.MaxValue);
                break;
            case Operation operation:
                WriteOperation(text, operation, outer);
                break;
            case Union union:
                WriteList(text, union.Operands, " | ", int.MaxValue, int.MaxValue);
                break;
            case PathExpression path:
                WritePath(text, path);
                break;
            case FunctionCall call:
                text.Append(call.Name).Append('(');
                WriteList(text, call.Arguments, ", ", 0, 0);
                text.Append(')');
                break;
        }
    }

    private static void WritePath(StringBuilder text, PathExpression path)
    {
        if (path.From is { } from)
        {
            var needsParentheses = from is PathExpression or Union;
            text.Append(needsParentheses ? "(" : "");
            Write(text, from, 0);
            text.Append(needsParentheses ? ")" : "");
            WritePredicates(text, path.Filters);
        }
        for (var i = 0; i < path.Steps.Count; i++)
        {
            text.Append(i == 0 && path.Start == PathStart.Here ? "" : "/").Append(path.Steps[i].Sign);
            WritePredicates(text, path.Steps[i].Predicates);
        }
    }

    private static void WritePredicates(StringBuilder text, IReadOnlyList<Expression> predicates)
    {
        foreach (var predicate in predicates)
        {
            text.Append('[');
            Write(text, predicate, 0);
            text.Append(']');
        }
    }

    private static void WriteOperation(StringBuilder text, Operation operation, int outer)
    {
        var own = operation.Operator.Precedence();
        var isChain = operation.Operator is Operator.And or Operator.Or;
        var needsParentheses = own < outer;
        text.Append(needsParentheses ? "(" : "");
        WriteList(text, operation.Operands, $" {operation.Operator.Sign()} ", isChain ? own + 1 : own, own + 1);
        text.Append(needsParentheses ? ")" : "");
    }

    private static void WriteList(
        StringBuilder text,
        IReadOnlyList<Expression> items,
        string between,
        int first,
        int others
    )
    {
        for (var i = 0; i < items.Count; i++)
        {
            text.Append(i == 0 ? "" : between);
            Write(text, items[i], i == 0 ? first : others);
        }
    }

    private static string Quote(string value)
    {
        if (!value.AsSpan().ContainsAny("'‘’"))
        {
            return $"'{value}'";
        }
        return value.AsSpan().ContainsAny("\"“”")
            ? throw new ArgumentException("A string with both kinds of quote cannot be written.", nameof(value))
            : $"\"{value}\"";
    }
}

using Thongthin.Forms.Expressions;

namespace Thongthin.Forms.Schema;

/// <summary>An expression of a form: as its author wrote it, and parsed.</summary>
public sealed record Formula(string Text, Expression Tree)
{
    /// <summary>Parses <paramref name="text"/>; throws <see cref="FormatException"/> when it is not an expression.</summary>
    public static Formula Parse(string text)
    {
        var result = ExpressionParser.Parse(text);
        return result.Tree is { } tree
            ? new Formula(text, tree)
            : throw new FormatException($"Not an expression: {text} ({result.Error})");
    }

    public bool Equals(Formula? other) => other is not null && other.Text == Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
}

using Thongthin.Forms.Expressions;

namespace Thongthin.Forms.Schema;

/// <summary>An expression of a form: as its author wrote it, and parsed.</summary>
public sealed record Formula(string Text, Expression Tree)
{
    /// <summary>Names of the facts of other forms that it reads; mostly none.</summary>
    public IReadOnlyList<string> FactNames { get; } =
    [
        .. Tree.Descendants()
            .OfType<FunctionCall>()
            .Where(call => call.Name == "pulldata" && NodeFunctions.IsOfFacts(call))
            .Select(call => ((StringLiteral)call.Arguments[1]).Value),
    ];

    /// <summary>Parses <paramref name="text"/>; throws <see cref="FormatException"/> when it is not an expression.</summary>
    /// <param name="ofChoice">it is a choice filter: bare names are columns of the list</param>
    public static Formula Parse(string text, bool ofChoice = false)
    {
        var result = ExpressionParser.Parse(text, ofChoice);
        return result.Tree is { } tree
            ? new Formula(text, tree)
            : throw new FormatException($"Not an expression: {text} ({result.Error})");
    }

    public bool Equals(Formula? other) => other is not null && other.Text == Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
}

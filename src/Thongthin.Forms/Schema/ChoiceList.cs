using Thongthin.Forms.Expressions;

namespace Thongthin.Forms.Schema;

/// <summary>One choice: the name that is stored and the label that is shown.</summary>
public sealed record Choice(string Name, LocalText Label)
{
    /// <summary>Further columns of its row by their headers, for filters and look-ups: <c>province</c> of a district.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = NoColumns;

    private static readonly Dictionary<string, string> NoColumns = [];
}

/// <summary>A named list of choices, in the author's order. Names are unique in the list.</summary>
public sealed class ChoiceList
{
    private readonly Dictionary<string, int> positions;
    private TreeNode? document;
    private IReadOnlyList<TreeNode>? items;

    public ChoiceList(string name, IReadOnlyList<Choice> choices)
    {
        Name = name;
        Choices = choices;
        positions = new Dictionary<string, int>(choices.Count, StringComparer.Ordinal);
        for (var i = 0; i < choices.Count; i++)
        {
            positions.TryAdd(choices[i].Name, i);
        }
    }

    public string Name { get; }

    public IReadOnlyList<Choice> Choices { get; }

    /// <summary>As <c>instance()</c> gives it: a document, <c>root</c>, and an <c>item</c> per choice with name, label and columns.</summary>
    internal TreeNode Document => document ??= BuildDocument();

    /// <summary>The items of <see cref="Document"/>, in the order of the choices.</summary>
    internal IReadOnlyList<TreeNode> Items => items ??= [.. Document.Children.Single().Children];

    /// <summary>null when the list has no choice of that name.</summary>
    public Choice? Find(string name) => positions.TryGetValue(name, out var i) ? Choices[i] : null;

    /// <summary>Whether its items have something of that name.</summary>
    public bool HasColumn(string name) =>
        name is "name" or "label" || Choices.Any(choice => choice.Columns.ContainsKey(name));

    /// <summary>Position in the author's order, from 0; −1 when there is none of that name.</summary>
    public int PositionOf(string name) => positions.GetValueOrDefault(name, -1);

    // Labels are the Thai ones in every language: what an expression computes does not depend on who looks at it.
    private FixedNode BuildDocument()
    {
        var built = new FixedNode("", FormValue.Empty, null);
        var root = new FixedNode("root", FormValue.Empty, built);
        foreach (var choice in Choices)
        {
            var item = new FixedNode("item", FormValue.Empty, root);
            _ = new FixedNode("name", FormValue.Of(choice.Name), item);
            _ = new FixedNode("label", FormValue.Of(choice.Label.In("th")), item);
            foreach (var (column, value) in choice.Columns)
            {
                _ = new FixedNode(column, FormValue.Of(value), item);
            }
        }
        return built;
    }
}

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
    private Dictionary<string, Choice>? texts;
    private readonly Lazy<HashSet<string>> ambiguousTh;
    private readonly Lazy<HashSet<string>> ambiguousEn;
    private IReadOnlyList<TreeNode>? items;

    public ChoiceList(string name, IReadOnlyList<Choice> choices)
    {
        Name = name;
        Choices = choices;
        ambiguousTh = new(() => FindAmbiguous("th"));
        ambiguousEn = new(() => FindAmbiguous("en"));
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

    /// <summary>So many choices that a page writes them once and people type into the field: their texts are read as their names.</summary>
    public bool IsLong => Choices.Count > LongerThan;

    /// <summary>What a person reads and types for a choice of a long list: its label, with its name where several have that label.</summary>
    public string TextOf(Choice choice, string language) =>
        Ambiguous(language).Contains(choice.Label.In(language))
            ? $"{choice.Label.In(language)} ({choice.Name})"
            : choice.Label.In(language);

    /// <summary>The choice of a text in either language; null when there is none.</summary>
    public Choice? FindText(string text) => Texts.GetValueOrDefault(text);

    private const int LongerThan = 50;

    /// <summary>text → choice, in both languages.</summary>
    internal IReadOnlyDictionary<string, Choice> Texts => texts ??= BuildTexts();

    private Dictionary<string, Choice> BuildTexts()
    {
        var built = new Dictionary<string, Choice>(StringComparer.Ordinal);
        foreach (var language in (string[])["th", "en"])
        {
            foreach (var choice in Choices)
            {
                built.TryAdd(TextOf(choice, language), choice);
            }
        }
        return built;
    }

    private HashSet<string> Ambiguous(string language) => language == "en" ? ambiguousEn.Value : ambiguousTh.Value;

    private HashSet<string> FindAmbiguous(string language) =>
        [
            .. Choices
                .GroupBy(choice => choice.Label.In(language), StringComparer.Ordinal)
                .Where(group => group.Count() > 1)
                .Select(group => group.Key),
        ];

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

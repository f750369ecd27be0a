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

    /// <summary>null when the list has no choice of that name.</summary>
    public Choice? Find(string name) => positions.TryGetValue(name, out var i) ? Choices[i] : null;

    /// <summary>Position in the author's order, from 0; −1 when there is none of that name.</summary>
    public int PositionOf(string name) => positions.GetValueOrDefault(name, -1);
}

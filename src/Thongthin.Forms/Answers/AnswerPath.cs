using System.Text;
using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Answers;

/// <summary>
/// Where an answer stands: <c>name</c>, or inside a repeat <c>partners[0192…].country</c> with the row's permanent id, so
/// that adding and removing rows moves no other path. Groups are not part of a path. <c>partners[0192…]</c> is a row.
/// </summary>
public sealed record AnswerPath
{
    /// <summary>Longest text that is read as a path.</summary>
    public const int MaximumLength = 400;

    private readonly string text;

    private AnswerPath(IReadOnlyList<RowStep> rows, string? name)
    {
        Rows = rows;
        Name = name;
        text = Format(rows, name);
    }

    /// <summary>The rows around it, outermost first; empty outside repeats.</summary>
    public IReadOnlyList<RowStep> Rows { get; }

    /// <summary>Of the question; null when the path is a row.</summary>
    public string? Name { get; }

    public static AnswerPath Of(string name) => new([], name);

    /// <summary>A row of a repeat at the top level of the answers.</summary>
    public static AnswerPath OfRow(string repeat, Guid rowId) => new([new RowStep(repeat, rowId)], null);

    /// <summary>A question in this row; only for the path of a row.</summary>
    public AnswerPath Question(string name) =>
        Name is null ? new AnswerPath(Rows, name) : throw new InvalidOperationException($"{this} is not a row.");

    /// <summary>The rows that it stands in, outermost first.</summary>
    public IEnumerable<AnswerPath> RowsAround() =>
        Enumerable.Range(1, Rows.Count).Select(count => new AnswerPath([.. Rows.Take(count)], null));

    /// <summary>Another name in the same place; only for the path of an answer.</summary>
    public AnswerPath Beside(string name) => new(Rows, name);

    /// <summary>A row of the repeat that this path names.</summary>
    public AnswerPath NewRow(Guid rowId) => new([.. Rows, new RowStep(Name!, rowId)], null);

    /// <summary>A row of a repeat inside this row; only for the path of a row.</summary>
    public AnswerPath Row(string repeat, Guid rowId) =>
        Name is null
            ? new AnswerPath([.. Rows, new RowStep(repeat, rowId)], null)
            : throw new InvalidOperationException($"{this} is not a row.");

    /// <summary>null when the text is not a path.</summary>
    public static AnswerPath? Parse(string text)
    {
        if (text.Length is 0 or > MaximumLength)
        {
            return null;
        }
        var rows = new List<RowStep>();
        string? name = null;
        foreach (var part in text.Split('.'))
        {
            var open = part.IndexOf('[', StringComparison.Ordinal);
            var written = open < 0 ? part : part[..open];
            if (name is not null || !Names.IsValid((open < 0 ? Remarks.SubjectOf(written) : null) ?? written))
            {
                return null;
            }
            if (open < 0)
            {
                name = part;
            }
            else if (part[^1] == ']' && Guid.TryParseExact(part[(open + 1)..^1], "D", out var id))
            {
                rows.Add(new RowStep(part[..open], id));
            }
            else
            {
                return null;
            }
        }
        return new AnswerPath(rows, name);
    }

    public bool Equals(AnswerPath? other) => other is not null && other.text == text;

    public override int GetHashCode() => text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The form that <see cref="Parse"/> reads; ids in lower case with hyphens.</summary>
    public override string ToString() => text;

    private static string Format(IReadOnlyList<RowStep> rows, string? name)
    {
        if (rows.Count == 0)
        {
            return name ?? "";
        }
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.Append(text.Length == 0 ? "" : ".")
                .Append(row.Repeat)
                .Append('[')
                .Append(row.RowId.ToString("D"))
                .Append(']');
        }
        return name is null ? text.ToString() : text.Append('.').Append(name).ToString();
    }
}

/// <summary>One row of one repeat.</summary>
public readonly record struct RowStep(string Repeat, Guid RowId);

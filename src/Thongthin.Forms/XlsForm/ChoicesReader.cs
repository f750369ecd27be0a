using Thongthin.Forms.Schema;
using Thongthin.Forms.Verification;

namespace Thongthin.Forms.XlsForm;

/// <summary>The choice lists of the sheets with the row of each list's first choice.</summary>
internal sealed record ChoicesDraft(
    IReadOnlyDictionary<string, ChoiceList> Lists,
    IReadOnlyDictionary<string, int> FirstRow
);

/// <summary>Reads the choices sheet: list_name, name, label, and columns that the author's filters look at.</summary>
internal static class ChoicesReader
{
    public static ChoicesDraft Read(SheetTable? sheet, string defaultLanguage, FindingList findings)
    {
        var lists = new Dictionary<string, List<Choice>>(StringComparer.Ordinal);
        var seen = new HashSet<(string List, string Name)>();
        var firstRow = new Dictionary<string, int>(StringComparer.Ordinal);
        var columns = sheet is null
            ? null
            : new ColumnMap(sheet, ["list_name", "name"], ["label"], defaultLanguage, findings, keepsOthers: true);
        foreach (var row in sheet?.Rows.Skip(1) ?? [])
        {
            var list = columns!.Cell(row, "list_name");
            if (list.StartsWith('#') || row.Cells.All(c => c.Length == 0))
            {
                continue;
            }
            var choice = ReadChoice(row, columns, list, findings);
            if (!seen.Add((list, choice.Name)))
            {
                findings.Add("F038", "choices", row.Number, columns.HeaderOf("name"), list, choice.Name);
                continue;
            }
            firstRow.TryAdd(list, row.Number);
            if (!lists.TryGetValue(list, out var choices))
            {
                lists[list] = choices = [];
            }
            choices.Add(choice);
        }
        return new ChoicesDraft(
            lists.ToDictionary(p => p.Key, p => new ChoiceList(p.Key, p.Value), StringComparer.Ordinal),
            firstRow
        );
    }

    /// <summary>Lists as the rows of a sheet, header first, that <see cref="Read"/> reads back.</summary>
    public static IReadOnlyList<SheetRow> Write(IReadOnlyList<ChoiceList> lists)
    {
        var columns = lists
            .SelectMany(list => list.Choices)
            .SelectMany(choice => choice.Columns.Keys)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        IEnumerable<IReadOnlyList<string>> rows = lists.SelectMany(list =>
            list.Choices.Select(choice =>
                (IReadOnlyList<string>)
                    [
                        list.Name,
                        choice.Name,
                        choice.Label.Th ?? "",
                        choice.Label.En ?? "",
                        .. columns.Select(column => choice.Columns.GetValueOrDefault(column, "")),
                    ]
            )
        );
        return
        [
            .. rows.Prepend(["list_name", "name", "label::ไทย (th)", "label::English (en)", .. columns])
                .Select((cells, i) => new SheetRow(i + 1, cells)),
        ];
    }

    /// <summary>A list in a file of its own (UTF-8 CSV with a header row): <c>name</c>, <c>label</c>, and columns for filters.</summary>
    public static ChoiceList? ReadFile(
        string name,
        IReadOnlyList<SheetRow> rows,
        string defaultLanguage,
        FindingList findings
    )
    {
        var sheet = new SheetTable(name, rows);
        var columns = new ColumnMap(sheet, ["name"], ["label"], defaultLanguage, findings, keepsOthers: true);
        if (!columns.Has("name"))
        {
            findings.Add("F009", name, rows.Count > 0 ? rows[0].Number : null, "name", "name");
            return null;
        }
        return new ChoiceList(
            name,
            [.. rows.Skip(1).Select(row => ReadChoice(row, columns, name, findings)).DistinctBy(c => c.Name)]
        );
    }

    private static Choice ReadChoice(SheetRow row, ColumnMap columns, string list, FindingList findings)
    {
        var name = columns.Cell(row, "name");
        var label = columns.Text(row, "label");
        if (list.Length == 0)
        {
            findings.Add("F009", "choices", row.Number, "list_name", "list_name");
        }
        if (!Names.IsValidChoice(name))
        {
            findings.Add("F037", "choices", row.Number, columns.HeaderOf("name"), name);
        }
        if (label.IsEmpty)
        {
            findings.Add("F025", "choices", row.Number, columns.HeaderOf("label"), name);
        }
        else if (label.Th is null || label.En is null)
        {
            findings.Add(
                "F026",
                "choices",
                row.Number,
                columns.HeaderOf("label"),
                [name, "label", .. FormVerifier.MissingLanguage(label)]
            );
        }
        return new Choice(name, label) { Columns = columns.Others(row) };
    }
}

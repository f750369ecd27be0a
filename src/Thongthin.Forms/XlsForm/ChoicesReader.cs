using Thongthin.Forms.Schema;
using Thongthin.Forms.Verification;

namespace Thongthin.Forms.XlsForm;

/// <summary>The choice lists with the row of each list's first choice.</summary>
internal sealed record ChoicesDraft(
    IReadOnlyDictionary<string, ChoiceList> Lists,
    IReadOnlyDictionary<string, int> FirstRow
);

/// <summary>Reads the choices sheet: list_name, name, label.</summary>
internal static class ChoicesReader
{
    public static ChoicesDraft Read(SheetTable? sheet, string defaultLanguage, FindingList findings)
    {
        var lists = new Dictionary<string, List<Choice>>(StringComparer.Ordinal);
        var seen = new HashSet<(string List, string Name)>();
        var firstRow = new Dictionary<string, int>(StringComparer.Ordinal);
        var columns = sheet is null
            ? null
            : new ColumnMap(sheet, ["list_name", "name"], ["label"], defaultLanguage, findings);
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
        return new Choice(name, label);
    }
}

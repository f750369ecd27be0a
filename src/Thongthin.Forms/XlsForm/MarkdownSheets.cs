using System.Text;

namespace Thongthin.Forms.XlsForm;

/// <summary>
/// Sheets as Markdown pipe tables, as pyxform reads them: a name in the first column begins a sheet, the first row that has
/// something else is its header. Lines without a pipe are prose for the reader and ignored, so are rulers (<c>|---|</c>).
/// In a cell <c>\|</c> is a pipe and <c>&lt;br&gt;</c> a line break.
/// </summary>
internal static class MarkdownSheets
{
    public static IReadOnlyList<SheetTable> Read(string text)
    {
        var sheets = new List<(string Name, List<SheetRow> Rows)>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var cells = Cells(line.Trim());
            if (cells.Count == 0 || IsRuler(cells))
            {
                continue;
            }
            if (cells[0].Length > 0)
            {
                sheets.Add((cells[0], []));
            }
            var rest = cells.Skip(1).ToList();
            if (sheets.Count > 0 && rest.Exists(c => c.Length > 0))
            {
                sheets[^1].Rows.Add(Checked(new SheetRow(number, rest), sheets[^1].Rows.Count));
            }
        }
        return [.. sheets.Select(s => new SheetTable(s.Name, s.Rows))];
    }

    /// <summary>Text that <see cref="Read"/> reads as the same sheets.</summary>
    public static string Write(IReadOnlyList<SheetTable> sheets)
    {
        var text = new StringBuilder();
        foreach (var sheet in sheets)
        {
            text.Append(text.Length == 0 ? "" : "\n").Append("| ").Append(Escape(sheet.Name)).Append(" |\n");
            var width = sheet.Rows.Select(r => r.Cells.Count).DefaultIfEmpty(0).Max();
            foreach (var row in sheet.Rows)
            {
                text.Append("| |");
                for (var i = 0; i < width; i++)
                {
                    text.Append(' ').Append(Escape(row.Cell(i))).Append(" |");
                }
                text.Append('\n');
            }
        }
        return text.ToString();
    }

    private static SheetRow Checked(SheetRow row, int before)
    {
        if (before >= SheetLimits.Rows || row.Cells.Count > SheetLimits.Columns)
        {
            throw new SheetsException("F002", SheetLimits.Rows, SheetLimits.Columns);
        }
        return row;
    }

    // Without the pipes at both ends; none when the line is not a row of a table.
    private static List<string> Cells(string line)
    {
        var cells = new List<string>();
        if (!line.StartsWith('|'))
        {
            return cells;
        }
        var start = 1;
        for (var i = 1; i <= line.Length; i++)
        {
            var isEnd = i == line.Length;
            if ((isEnd && start < i) || (!isEnd && line[i] == '|' && line[i - 1] != '\\'))
            {
                cells.Add(Unescape(line[start..i].Trim()));
                start = i + 1;
            }
        }
        return cells;
    }

    private static bool IsRuler(List<string> cells) =>
        cells.TrueForAll(c => c.All(ch => ch is '-' or ':' or '=')) && cells.Exists(c => c.Length > 0);

    private static string Unescape(string cell) =>
        cell.Replace("\\|", "|", StringComparison.Ordinal).Replace("<br>", "\n", StringComparison.Ordinal);

    private static string Escape(string cell) =>
        cell.Replace("|", "\\|", StringComparison.Ordinal)
            .Replace("\r\n", "<br>", StringComparison.Ordinal)
            .Replace("\n", "<br>", StringComparison.Ordinal);
}

using System.Text;

namespace Thongthin.Forms.XlsForm;

/// <summary>
/// Sheets as Markdown pipe tables, as pyxform reads them. Lines without a pipe are prose for the reader and ignored, so are rulers (<c>|---|</c>).
/// In a cell <c>\|</c> is a pipe and <c>&lt;br&gt;</c> a line break.
/// </summary>
internal static class MarkdownSheets
{
    public static IReadOnlyList<SheetTable> Read(string text)
    {
        var sections = new SheetSections();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var cells = Cells(line.Trim());
            if (cells.Count > 0 && !IsRuler(cells))
            {
                sections.Add(number, cells);
            }
        }
        return sections.Sheets;
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

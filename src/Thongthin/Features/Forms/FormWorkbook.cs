using Thongthin.Forms.Schema;
using Thongthin.Forms.XlsForm;
using Thongthin.Platform.Spreadsheets;

namespace Thongthin.Features.Forms;

/// <summary>Writes a form as the workbook that its author may change and upload again.</summary>
internal static class FormWorkbook
{
    private const double Narrow = 16;
    private const double Wide = 40;

    /// <returns>at its beginning</returns>
    public static MemoryStream Write(FormDefinition definition)
    {
        var stream = new MemoryStream();
        using (var writer = new XlsxWriter(stream))
        {
            foreach (var sheet in XlsFormWriter.Sheets(definition))
            {
                writer.BeginSheet(sheet.Name, [.. sheet.Rows[0].Select(Column)], new SheetPurpose(Landscape: true));
                foreach (var row in sheet.Rows.Skip(1))
                {
                    writer.Row([.. row.Select(cell => cell.Length > 0 ? cell : null)]);
                }
            }
        }
        stream.Position = 0;
        return stream;
    }

    // Everything is a text: a name like 007 and a version like 2026-01 must stay what they are.
    private static SheetColumn Column(string header) =>
        new(header, header.Contains("::", StringComparison.Ordinal) ? Wide : Narrow, CellFormat.Text);
}

using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Thongthin.Tests.Progress;

/// <summary>A workbook's first sheet as lines, the cells of a row that have a value joined by bars.</summary>
internal static class XlsxCells
{
    public static string Read(byte[] file)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(file), isEditable: false);
        var rows = document.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Row>();
        return string.Join(
            '\n',
            rows.Select(row => string.Join('|', row.Elements<Cell>().Select(c => c.InnerText).Where(t => t.Length > 0)))
        );
    }
}

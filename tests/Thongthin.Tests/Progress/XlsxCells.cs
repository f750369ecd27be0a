using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Thongthin.Tests.Progress;

/// <summary>A workbook's sheets as lines, the cells of a row that have a value joined by bars.</summary>
internal static class XlsxCells
{
    public static string Read(byte[] file) => ReadSheets(file).ShouldHaveSingleItem();

    /// <summary>Every sheet, in the workbook's order.</summary>
    public static IReadOnlyList<string> ReadSheets(byte[] file)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(file), isEditable: false);
        var book = document.WorkbookPart!;
        return
        [
            .. book
                .Workbook.Descendants<Sheet>()
                .Select(sheet => Lines((WorksheetPart)book.GetPartById(sheet.Id!.Value!))),
        ];
    }

    private static string Lines(WorksheetPart sheet)
    {
        var rows = sheet.Worksheet.Descendants<Row>();
        return string.Join(
            '\n',
            rows.Select(row => string.Join('|', row.Elements<Cell>().Select(c => c.InnerText).Where(t => t.Length > 0)))
        );
    }
}

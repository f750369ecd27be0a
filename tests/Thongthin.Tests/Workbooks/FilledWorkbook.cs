using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace Thongthin.Tests.Workbooks;

/// <summary>A downloaded workbook as a person works in it: finds cells by what stands in them, and types.</summary>
internal sealed class FilledWorkbook : IDisposable
{
    private readonly MemoryStream _stream = new();
    private readonly SpreadsheetDocument _document;

    public FilledWorkbook(byte[] file)
    {
        _stream.Write(file);
        _document = SpreadsheetDocument.Open(_stream, isEditable: true);
        new OpenXmlValidator(FileFormatVersions.Office2016)
            .Validate(_document)
            .Select(e => $"{e.Part?.Uri} {e.Path?.XPath}: {e.Description}")
            .ShouldBeEmpty();
    }

    public IEnumerable<string> VisibleSheets =>
        _document
            .WorkbookPart!.Workbook.Sheets!.Elements<Sheet>()
            .Where(s => s.State is null)
            .Select(s => s.Name!.Value!);

    /// <summary>The row below the hidden keys whose cells have this text somewhere; from 1.</summary>
    public uint RowOf(string sheet, string text) =>
        Rows(sheet)
            .First(row => row.Elements<Cell>().Any(cell => cell.InnerText.Contains(text, StringComparison.Ordinal)))
            .RowIndex!;

    /// <summary>The letter of the column with this key.</summary>
    public string ColumnOf(string sheet, string key) =>
        Rows(sheet).First().Elements<Cell>().Single(cell => cell.InnerText == key).CellReference!.Value!.TrimEnd('1');

    public string Text(string sheet, string cell) =>
        Cells(sheet).FirstOrDefault(c => c.CellReference == cell)?.InnerText ?? "";

    public uint LastRow(string sheet) => Rows(sheet).Max(row => row.RowIndex!.Value);

    public bool IsLocked(string sheet, string cell)
    {
        var style = Cells(sheet).Single(c => c.CellReference == cell).StyleIndex!.Value;
        var formats = _document.WorkbookPart!.WorkbookStylesPart!.Stylesheet.CellFormats!;
        return ((CellFormat)formats.ElementAt((int)style)).Protection?.Locked?.Value ?? true;
    }

    /// <summary>What the cell's drop-down list offers, from the defined name.</summary>
    public string? ListOf(string sheet, string column) =>
        Part(sheet)
            .Worksheet.Descendants<DataValidation>()
            .FirstOrDefault(v =>
                v.SequenceOfReferences!.Items.Any(i => i.Value!.StartsWith(column, StringComparison.Ordinal))
            )
            ?.Formula1!.Text;

    public void Type(string sheet, string column, uint row, object value)
    {
        var data = Part(sheet).Worksheet.GetFirstChild<SheetData>()!;
        var line = data.Elements<Row>().FirstOrDefault(r => r.RowIndex! == row);
        if (line is null)
        {
            line = new Row { RowIndex = row };
            data.Append(line);
        }
        var reference = column + row.ToString(CultureInfo.InvariantCulture);
        var cell = line.Elements<Cell>().FirstOrDefault(c => c.CellReference == reference);
        if (cell is null)
        {
            cell = new Cell { CellReference = reference };
            var next = line.Elements<Cell>().FirstOrDefault(c => Order(c.CellReference!.Value!) > Order(reference));
            line.InsertBefore(cell, next);
        }
        cell.RemoveAllChildren();
        if (value is string text)
        {
            cell.DataType = CellValues.InlineString;
            cell.Append(new InlineString(new Text(text)));
        }
        else
        {
            cell.DataType = CellValues.Number;
            cell.Append(new CellValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)));
        }
    }

    public byte[] Save()
    {
        _document.Save();
        using var copy = new MemoryStream();
        using (_document.Clone(copy)) { }
        return copy.ToArray();
    }

    public void Dispose()
    {
        _document.Dispose();
        _stream.Dispose();
    }

    private static int Order(string reference) =>
        reference.TakeWhile(char.IsAsciiLetter).Aggregate(0, (sum, letter) => (sum * 26) + letter - 'A' + 1);

    private WorksheetPart Part(string sheet) =>
        (WorksheetPart)
            _document.WorkbookPart!.GetPartById(
                _document.WorkbookPart.Workbook.Sheets!.Elements<Sheet>().Single(s => s.Name == sheet).Id!
            );

    private IEnumerable<Row> Rows(string sheet) => Part(sheet).Worksheet.Descendants<Row>();

    private IEnumerable<Cell> Cells(string sheet) => Part(sheet).Worksheet.Descendants<Cell>();
}

using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Thongthin.Platform.Spreadsheets;
using CellFormat = Thongthin.Platform.Spreadsheets.CellFormat;

namespace Thongthin.Tests.Spreadsheets;

public sealed class XlsxWriterTests
{
    private static readonly SheetColumn[] Columns =
    [
        new("ลำดับ", 8),
        new("จังหวัด", 24),
        new("จำนวน อปท. (แห่ง)", 16, CellFormat.Grouped),
        new("ร้อยละ", 12, CellFormat.TwoDecimals),
        new("วันที่", 16),
        new("บันทึกแล้ว", 12),
    ];

    [Fact]
    public void Workbook_WithEveryKindOfCell_IsValidOpenXml()
    {
        using var stream = Written();
        using var document = SpreadsheetDocument.Open(stream, isEditable: false);
        new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019)
            .Validate(document)
            .Select(e => $"{e.Path?.XPath}: {e.Description}")
            .ShouldBeEmpty();
    }

    [Fact]
    public void Validator_GivenABrokenWorkbook_ReportsIt()
    {
        using var stream = Written();
        using var document = SpreadsheetDocument.Open(stream, isEditable: true);
        document.WorkbookPart!.WorksheetParts.First().Worksheet.Append(new Sheets());
        new OpenXmlValidator().Validate(document).ShouldNotBeEmpty();
    }

    [Fact]
    public void Workbook_IsReadBackAsItWasWritten()
    {
        using var stream = Written();
        var reading = TableReader.Read(stream.ToArray(), TableLimits.Default);
        reading.Fault.ShouldBeNull();
        reading
            .Rows.Select(r => (r.Line, string.Join('|', r.Cells)))
            .ShouldBe([
                (1, "ตารางสถานะการบันทึกข้อมูล"),
                (2, "ลำดับ|จังหวัด|จำนวน อปท. (แห่ง)|ร้อยละ|วันที่|บันทึกแล้ว"),
                (3, "1|กระบี่|62|4.84|2020-06-11|✓"),
                (4, "2|=1+1 & <ข้อความ>|7850|0.05"),
                (6, "|รวม|7912|3.72"),
                (7, "ข้อมูล ณ วันที่ ๑๑ มิถุนายน ๒๕๖๓"),
            ]);
    }

    [Fact]
    public void Header_IsBoldFrozenAndRepeatedInPrint()
    {
        using var stream = Written();
        using var document = SpreadsheetDocument.Open(stream, isEditable: false);
        var book = document.WorkbookPart!;
        book.Workbook.DefinedNames!.Elements<DefinedName>()
            .Select(n => (n.Name?.Value, n.Text))
            .ShouldBe([("_xlnm.Print_Titles", "'สถานะ -ทั้งประเทศ-'!$1:$2"), ("_xlnm.Print_Titles", "'ว่าง'!$1:$1")]);
        var sheets = book.Workbook.Sheets!.Elements<Sheet>().ToList();
        var first = ((WorksheetPart)book.GetPartById(sheets[0].Id!)).Worksheet;
        first.GetFirstChild<SheetViews>()!.GetFirstChild<SheetView>()!.Pane!.VerticalSplit!.Value.ShouldBe(2);
        var header = first.GetFirstChild<SheetData>()!.Elements<Row>().ElementAt(1).Elements<Cell>().First();
        var styles = book.WorkbookStylesPart!.Stylesheet;
        var look = (DocumentFormat.OpenXml.Spreadsheet.CellFormat)
            styles.CellFormats!.ElementAt((int)header.StyleIndex!.Value);
        styles.Fonts!.ElementAt((int)look.FontId!.Value).Elements<Bold>().ShouldNotBeEmpty();
    }

    [Fact]
    public void SheetNames_ThatExcelForbids_AreMadeAllowedAndDifferent()
    {
        using var stream = new MemoryStream();
        using (var writer = new XlsxWriter(stream))
        {
            writer.BeginSheet("ก/ข:ค*[ง]", [new("ก")]);
            writer.BeginSheet("ก/ข:ค*[ง]", [new("ก")]);
            writer.BeginSheet(new string('ย', 40), [new("ก")]);
        }
        using var document = SpreadsheetDocument.Open(stream, isEditable: false);
        document
            .WorkbookPart!.Workbook.Sheets!.Elements<Sheet>()
            .Select(s => s.Name!.Value)
            .ShouldBe(["ก-ข-ค--ง-", "ก-ข-ค--ง- (2)", new string('ย', 31)]);
    }

    [Fact]
    public void Row_OfAnUnknownType_IsABug()
    {
        using var stream = new MemoryStream();
        using var writer = new XlsxWriter(stream);
        writer.BeginSheet("ก", [new("ก")]);
        Should.Throw<ArgumentException>(() => writer.Row(new object()));
    }

    private static MemoryStream Written()
    {
        var stream = new MemoryStream();
        using (var writer = new XlsxWriter(stream))
        {
            writer.BeginSheet("สถานะ [ทั้งประเทศ]", Columns, ["ตารางสถานะการบันทึกข้อมูล"], landscape: true);
            writer.Row(1, "กระบี่", 62, 4.84m, new DateOnly(2020, 6, 11), true);
            writer.Row(2L, "=1+1 & <ข้อความ>\u0001", 7850, 0.05, null, false);
            writer.Row(null, "", null);
            writer.TotalRow(null, "รวม", 7912, 3.72m, null, null);
            writer.Note("ข้อมูล ณ วันที่ ๑๑ มิถุนายน ๒๕๖๓");
            writer.BeginSheet("ว่าง", [new("ก"), new("ข")]);
        }
        return stream;
    }
}

using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Thongthin.Forms.Schema;
using Thongthin.Forms.XlsForm;

namespace Thongthin.Forms.Tests.XlsForm;

/// <summary>Files of the four kinds, and files that are none.</summary>
public sealed class FileTests
{
    public static TheoryData<string> Shipped() =>
        [.. Directory.GetFiles(Repository.Path("forms"), "*.md").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Read_OfTheSameSheetsInEveryKindOfFile_GivesTheSameDefinition(string file)
    {
        var markdown = File.ReadAllText(Repository.Path("forms", file));
        var sheets = MarkdownSheets.Read(markdown);
        var expected = WithoutRows(Read(Encoding.UTF8.GetBytes(markdown), file));

        WithoutRows(Read(Workbook(sheets), "form.xlsx")).ShouldBe(expected);
        WithoutRows(Read(OldWorkbook.Write(sheets), "form.xls")).ShouldBe(expected);
        foreach (var separator in new[] { ",", ";", "\t" })
        {
            WithoutRows(Read(Encoding.UTF8.GetBytes(Csv(sheets, separator)), "form.csv")).ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData("select one list", QuestionType.SelectOne)]
    [InlineData("Select One From list", QuestionType.SelectOne)]
    [InlineData("select1 list", QuestionType.SelectOne)]
    [InlineData("select all that apply from list", QuestionType.SelectMultiple)]
    [InlineData("select  multiple list", QuestionType.SelectMultiple)]
    [InlineData("int", QuestionType.Integer)]
    [InlineData("String", QuestionType.Text)]
    [InlineData("datetime", QuestionType.DateTime)]
    public void Read_OfAnOlderSpellingOfAType_ReadsIt(string type, QuestionType expected)
    {
        var form = new FormText().Row($"{type} | a | ก | A").Choice("list | one | หนึ่ง | One").Read();
        var question = form.Definition.ShouldNotBeNull(string.Join('\n', form.Findings)).FindQuestion("a")!;
        (question.Type, question.List).ShouldBe((expected, expected.HasChoices() ? "list" : null));
    }

    [Fact]
    public void Read_OfACsvFileInAnotherEncoding_IsAFinding() =>
        Read(Encoding.Latin1.GetBytes("survey\n,type,name\n,text,\u00e9\n"), "form.csv")
            .Findings.ShouldHaveSingleItem()
            .Code.ShouldBe("F004");

    [Fact]
    public void Read_OfACsvFileWithTooManyRows_IsAFinding() =>
        Read(Encoding.UTF8.GetBytes("survey\n" + string.Concat(Enumerable.Repeat(",text,a\n", 20_002))), "form.csv")
            .Findings.ShouldHaveSingleItem()
            .Code.ShouldBe("F002");

    [Fact]
    public void Read_OfAWorkbook_GivesItsMarkdownThatReadsTheSame()
    {
        var markdown = File.ReadAllText(Repository.Path("forms", "infrastructure.md"));
        var fromWorkbook = Read(Workbook(MarkdownSheets.Read(markdown)), "form.xlsx");
        var again = XlsFormReader.Read(fromWorkbook.Source!, "form.md");
        WithoutRows(again).ShouldBe(WithoutRows(fromWorkbook));
    }

    [Fact]
    public void Read_OfAWorkbook_FindsWithTheWorkbooksRows()
    {
        var sheets = new SheetTable[]
        {
            new("survey", [Cells("type", "name", "label::th", "label::en"), Cells(), Cells("text", "1", "ก", "A")]),
        };
        var finding = Read(Workbook(sheets), "form.xlsx").Findings.First(f => f.Code == "F023");
        (finding.Sheet, finding.Row, finding.Column).ShouldBe(("survey", 3, "name"));
    }

    [Fact]
    public void Read_OfNumberCells_ReadsThemAsAPersonSeesThem()
    {
        var settings = new SheetTable(
            "settings",
            [
                Cells("form_title::th", "form_title::en", "form_id", "version", "sector", "kind", "first_fiscal_year"),
                Cells("ก", "A", "a", "2", "4", "annual", "2563"),
            ]
        );
        var survey = new SheetTable(
            "survey",
            [Cells("type", "name", "label::th", "label::en"), Cells("text", "a", "ก", "A")]
        );
        var definition = Read(Workbook([settings, survey], asNumbers: true), "form.xlsx").Definition.ShouldNotBeNull();
        (definition.Sector, definition.FirstFiscalYear, definition.Version).ShouldBe((4, 2563, "2"));
    }

    [Theory]
    [InlineData("form.xlsx", "F001")]
    [InlineData("form.pdf", "F003")]
    [InlineData("form", "F003")]
    [InlineData("form.xls", "F001")]
    [InlineData("form.ods", "F003")]
    public void Read_OfSomethingElse_IsAFinding(string name, string code) =>
        Read("not a workbook"u8.ToArray(), name).Findings.ShouldHaveSingleItem().Code.ShouldBe(code);

    [Fact]
    public void Read_OfAnEmptyFile_IsAFinding()
    {
        Read([], "form.xlsx").Findings.ShouldHaveSingleItem().Code.ShouldBe("F001");
        Read([], "form.md").Findings.ShouldContain(f => f.Code == "F005");
    }

    [Fact]
    public void Read_OfATruncatedWorkbook_IsAFinding()
    {
        var whole = Workbook(MarkdownSheets.Read(File.ReadAllText(Repository.Path("forms", "infrastructure.md"))));
        foreach (var length in (int[])[1, 4, 100, whole.Length / 2, whole.Length - 10])
        {
            Read(whole[..length], "form.xlsx").Definition.ShouldBeNull();
        }
    }

    [Fact]
    public void Read_OfAWorkbookWithDamagedBytes_NeverThrows()
    {
        var whole = Workbook(MarkdownSheets.Read(File.ReadAllText(Repository.Path("forms", "infrastructure.md"))));
        var random = new Random(20260611);
        for (var round = 0; round < 60; round++)
        {
            var damaged = (byte[])whole.Clone();
            for (var i = 0; i < 20; i++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }
            Read(damaged, "form.xlsx").ShouldNotBeNull();
        }
    }

    [Fact]
    public void Read_OfAnArchiveThatIsNoWorkbook_IsAFinding()
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("readme.txt");
        }
        Read(stream.ToArray(), "form.xlsx").Findings.ShouldContain(f => f.Code == "F001" || f.Code == "F005");
    }

    [Fact]
    public void Read_OfAnArchiveThatUnpacksToTooMuch_IsAFinding()
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("xl/sharedStrings.xml").Open();
            var zeros = new byte[1024 * 1024];
            for (var written = 0L; written <= SheetLimits.UnpackedBytes; written += zeros.Length)
            {
                entry.Write(zeros);
            }
        }
        stream.Length.ShouldBeLessThan(SheetLimits.FileBytes);
        Read(stream.ToArray(), "form.xlsx").Findings.ShouldHaveSingleItem().Code.ShouldBe("F002");
    }

    [Theory]
    [InlineData("form.xlsx")]
    [InlineData("form.xlsm")]
    public void Read_OfAWorkbookWithMacros_SaysSo_AndReadsTheRest(string name)
    {
        var sheets = MarkdownSheets.Read(new FormText().Row("text | a | ก | A").ToString());
        var stream = new MemoryStream();
        stream.Write(Workbook(sheets));
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("xl/vbaProject.bin").Open();
            entry.Write([1, 2, 3]);
        }
        var reading = Read(stream.ToArray(), name);
        reading.Findings.ShouldHaveSingleItem().Code.ShouldBe("F014");
        reading.Definition.ShouldNotBeNull();
    }

    [Fact]
    public void Read_OfThaiInAnOldEncoding_IsAFinding() =>
        Read([0x7c, 0x20, 0xa1, 0xa2, 0xa3, 0x7c], "form.md").Findings.ShouldHaveSingleItem().Code.ShouldBe("F004");

    [Fact]
    public void Read_OfMarkdownWithByteOrderMarkAndWindowsLineEnds_ReadsIt()
    {
        var text = new FormText().Row("text | a | ก | A").ToString().Replace("\n", "\r\n", StringComparison.Ordinal);
        Read([0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(text)], "form.md").Definition.ShouldNotBeNull();
    }

    [Fact]
    public void Read_OfAFileThatIsTooLarge_IsAFinding() =>
        Read(new byte[SheetLimits.FileBytes + 1], "form.md").Findings.ShouldHaveSingleItem().Code.ShouldBe("F002");

    [Fact]
    public void Read_OfTooManyRows_IsAFinding()
    {
        var text = "| survey |\n" + string.Concat(Enumerable.Repeat("| | a |\n", SheetLimits.Rows + 1));
        Read(Encoding.UTF8.GetBytes(text), "form.md").Findings.ShouldHaveSingleItem().Code.ShouldBe("F002");
    }

    [Fact]
    public void Read_OfGroupsNestedTenThousandDeep_IsAFindingAndNoCrash()
    {
        var form = new FormText();
        for (var i = 0; i < 10_000; i++)
        {
            form.Row($"begin_group | g{i} | ก | G");
        }
        form.Read().Findings.ShouldContain(f => f.Code == "F032");
    }

    private static FormReading Read(byte[] bytes, string name) => XlsFormReader.Read(new MemoryStream(bytes), name);

    private static string WithoutRows(FormReading reading)
    {
        var json = (
            reading.Definition ?? throw new InvalidOperationException(string.Join('\n', reading.Findings))
        ).ToJson();
        var nodes = new Stack<System.Text.Json.Nodes.JsonNode>(json["nodes"]!.AsArray()!);
        while (nodes.TryPop(out var node))
        {
            node.AsObject().Remove("row");
            foreach (var child in node["nodes"]?.AsArray() ?? [])
            {
                nodes.Push(child!);
            }
        }
        return json.ToJsonString();
    }

    private static SheetRow Cells(params string[] cells) => new(0, cells);

    private static string Csv(IReadOnlyList<SheetTable> sheets, string separator)
    {
        var lines = sheets.SelectMany(sheet =>
            sheet
                .Rows.Select(row => row.Cells.Prepend(""))
                .Prepend([sheet.Name, .. sheet.Rows[0].Cells.Select(_ => "")])
        );
        return string.Concat(lines.Select(cells => string.Join(separator, cells.Select(Quote)) + "\r\n"));

        static string Quote(string cell) =>
            cell.AsSpan().ContainsAny(",;\t\"\n")
                ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
                : cell;
    }

    private static byte[] Workbook(IReadOnlyList<SheetTable> sheets, bool asNumbers = false)
    {
        var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.Workbook = new Workbook(new Sheets());
            foreach (var (sheet, i) in sheets.Select((s, i) => (s, i)))
            {
                var part = workbook.AddNewPart<WorksheetPart>();
                part.Worksheet = new Worksheet(new SheetData(sheet.Rows.Select(r => Row(r, asNumbers))));
                workbook.Workbook.Sheets!.Append(
                    new Sheet
                    {
                        Id = workbook.GetIdOfPart(part),
                        SheetId = (uint)i + 1,
                        Name = sheet.Name,
                    }
                );
            }
        }
        return stream.ToArray();
    }

    private static Row Row(SheetRow row, bool asNumbers) => new(row.Cells.Select(c => Cell(c, asNumbers)));

    private static Cell Cell(string text, bool asNumbers) =>
        asNumbers && text.Length > 0 && text.All(char.IsAsciiDigit)
            ? new Cell { CellValue = new CellValue(text), DataType = CellValues.Number }
            : new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(text)) };
}

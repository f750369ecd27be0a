using System.Text;
using Thongthin.Platform.Spreadsheets;

namespace Thongthin.Tests.Spreadsheets;

public sealed class TableReaderTests
{
    private const string Sample = "รหัส,ชื่อ\r\n06530101,อบต.แสนตอ\r\n05530102,ทต.น้ำปาด\r\n";

    private static readonly Encoding Windows874 = CodePagesEncodingProvider.Instance.GetEncoding(874)!;

    public static TheoryData<string, byte[]> Encodings() =>
        new()
        {
            { "UTF-8", Encoding.UTF8.GetBytes(Sample) },
            { "UTF-8 with BOM", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Sample)] },
            { "UTF-16 LE", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Sample)] },
            { "UTF-16 BE", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Sample)] },
            { "windows-874", Windows874.GetBytes(Sample) },
        };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Csv_InAnyUsualEncoding_IsReadAlike(string encoding, byte[] content)
    {
        var reading = TableReader.Read(content, TableLimits.Default);
        reading.Fault.ShouldBeNull(encoding);
        Lines(reading).ShouldBe(["1: รหัส|ชื่อ", "2: 06530101|อบต.แสนตอ", "3: 05530102|ทต.น้ำปาด"], encoding);
    }

    [Theory]
    [InlineData("ก;ข,ค;ง\nจ;ฉ;ช\n")]
    [InlineData("ก\tข,ค\tง\nจ\tฉ\tช\n")]
    public void Csv_WithAnotherSeparator_IsReadAlike(string text) =>
        Lines(Read(text)).ShouldBe(["1: ก|ข,ค|ง", "2: จ|ฉ|ช"]);

    [Fact]
    public void Csv_WithQuotesBlankLinesAndLineBreaks_KeepsTheLineNumbers() =>
        Lines(Read("ก,ข\n\n\"สอง\nบรรทัด\",\"เขาว่า \"\"ได้\"\"\"\n,,\n ค , ง ,\n"))
            .ShouldBe(["1: ก|ข", "3: สอง\nบรรทัด|เขาว่า \"ได้\"", "6: ค|ง"]);

    [Fact]
    public void Csv_WhoseQuoteNeverCloses_NamesItsLine() =>
        Read("ก,ข\n1,\"เปิดแล้วไม่ปิด\n2,ค\n").Fault.ShouldBe(new TableFault("quote", 2));

    [Fact]
    public void Csv_CutInTheMiddleOfALetter_NamesTheLine()
    {
        var bytes = Encoding.UTF8.GetBytes("ก,ข\nค,ง");
        TableReader.Read(bytes[..^1], TableLimits.Default).Fault.ShouldBe(new TableFault("encoding", 2));
    }

    [Fact]
    public void Csv_InUtf8WithADamagedByte_IsNotTakenForWindows874()
    {
        var bytes = Encoding.UTF8.GetBytes(Sample);
        bytes[^6] = 0xFF;
        TableReader.Read(bytes, TableLimits.Default).Fault.ShouldBe(new TableFault("encoding", 3));
    }

    [Fact]
    public void Csv_WithBytesThatNoThaiEncodingHas_NamesTheLine()
    {
        byte[] bytes = [.. Windows874.GetBytes("ก,ข\nค,"), 0xFE, (byte)'\n'];
        TableReader.Read(bytes, TableLimits.Default).Fault.ShouldBe(new TableFault("encoding", 2));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \r\n\r\n")]
    [InlineData(",,,\r\n")]
    public void EmptyFile_IsCalledEmpty(string text) => Read(text).Fault.ShouldBe(new TableFault("empty"));

    [Theory]
    [InlineData("<html><table><tr><td>1</td></tr></table></html>")]
    [InlineData("{\"a\": 1}")]
    [InlineData("%PDF-1.7 …")]
    [InlineData("\u0002\u0000binary")]
    public void WhatIsNoTable_IsSaidToBeNone(string text) => Read(text).Fault.ShouldBe(new TableFault("not_a_table"));

    [Fact]
    public void ZipWithoutAWorkbook_IsNoTable()
    {
        using var stream = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Create))
        {
            zip.CreateEntry("word/document.xml");
        }
        TableReader.Read(stream.ToArray(), TableLimits.Default).Fault.ShouldBe(new TableFault("not_a_table"));
    }

    [Fact]
    public void Workbook_CutAnywhere_IsBrokenButNeverAnException()
    {
        var whole = Workbook();
        for (var length = 4; length < whole.Length; length += 97)
        {
            TableReader
                .Read(whole[..length], TableLimits.Default)
                .Fault.ShouldNotBeNull()
                .Code.ShouldBeOneOf("broken", "not_a_table");
        }
    }

    [Fact]
    public void Workbook_WithDamagedBytes_IsNeverAnException()
    {
        var whole = Workbook();
        var random = new Random(2563);
        for (var i = 0; i < 200; i++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[random.Next(4, damaged.Length)] ^= (byte)random.Next(1, 256);
            var reading = TableReader.Read(damaged, TableLimits.Default);
            (reading.Fault is null).ShouldBe(reading.Rows.Count > 0);
        }
    }

    [Fact]
    public void OldWorkbook_IsReadAndItsDaysAreIso()
    {
        var bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Spreadsheets", "units.xls"));
        Lines(TableReader.Read(bytes, TableLimits.Default))
            .ShouldBe([
                "1: รหัส|ชื่อ|จำนวน|วันที่",
                "2: 06530101|อบต.ทดสอบ|12.5|2020-06-11",
                "4: 05530102|ทต.ตัวอย่าง|7",
            ]);
        for (var length = 8; length < bytes.Length; length += 131)
        {
            // what is cut off may be padding: then all rows are there, never only some
            var cut = TableReader.Read(bytes[..length], TableLimits.Default);
            (cut.Fault is null ? cut.Rows.Count : 3).ShouldBe(3);
        }
    }

    [Fact]
    public async Task File_AboveTheLimit_IsRefusedWithTheLimit()
    {
        using var stream = new MemoryStream(new byte[2 * 1024 * 1024 + 1]);
        var reading = await TableReader.ReadAsync(stream, new TableLimits(2 * 1024 * 1024), CancellationToken.None);
        reading.Fault.ShouldBe(new TableFault("too_large", Detail: "2"));
    }

    [Fact]
    public void Rows_AboveTheLimit_AreRefusedWithTheLimit()
    {
        var limits = new TableLimits(MaxRows: 2);
        TableReader.Read(Encoding.UTF8.GetBytes("ก\nข\nค\n"), limits).Fault.ShouldBe(new("too_many_rows", Detail: "2"));
        TableReader.Read(Workbook(), limits).Fault.ShouldBe(new TableFault("too_many_rows", Detail: "2"));
    }

    private static TableReading Read(string text) =>
        TableReader.Read(Encoding.UTF8.GetBytes(text), TableLimits.Default);

    private static List<string> Lines(TableReading reading) =>
        [.. reading.Rows.Select(r => $"{r.Line}: {string.Join('|', r.Cells)}")];

    private static byte[] Workbook()
    {
        using var stream = new MemoryStream();
        using (var writer = new XlsxWriter(stream))
        {
            writer.BeginSheet("หน่วย", [new("รหัส"), new("ชื่อ")]);
            writer.Row("06530101", "อบต.แสนตอ");
            writer.Row("05530102", "ทต.น้ำปาด");
        }
        return stream.ToArray();
    }
}

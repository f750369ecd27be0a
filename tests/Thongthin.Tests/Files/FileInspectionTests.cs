using System.Text;
using Thongthin.Platform.Files;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Files;

/// <summary>What a file is, is told by what is in it; its name must agree.</summary>
public sealed class FileInspectionTests
{
    private const string MacroWorkbook = "application/vnd.ms-excel.sheet.macroEnabled.main+xml";

    /// <summary>Name, content, and the kind or the code of the refusal.</summary>
    public static TheoryData<string, string, string> Files =>
        new()
        {
            { "แผน.pdf", "pdf", "Pdf" },
            { "แผน.PDF", "pdf", "Pdf" },
            { "a.png", "png", "Png" },
            { "a.jpg", "jpeg", "Jpeg" },
            { "a.jpeg", "jpeg", "Jpeg" },
            { "a.xlsx", "workbook", "Xlsx" },
            // mislabelled, also as what is allowed
            { "a.png", "pdf", "file_mislabelled" },
            { "a.pdf", "png", "file_mislabelled" },
            { "a.xlsx", "jpeg", "file_mislabelled" },
            { "a", "pdf", "file_mislabelled" },
            { "a.pdf.exe", "pdf", "file_mislabelled" },
            { "a.pdf", "workbook", "file_mislabelled" },
            { "a.docm", "workbook", "file_type_not_allowed" },
            // programs under any name
            { "a.pdf", "MZ\u0090", "file_executable" },
            { "a.png", "\u007fELF", "file_executable" },
            { "a.xlsx", "#!/bin/sh", "file_executable" },
            // what is not stored
            { "a.pdf", "<html><script>", "file_type_not_allowed" },
            { "a.png", "<svg xmlns='http://www.w3.org/2000/svg'>", "file_type_not_allowed" },
            { "a.png", "GIF89a", "file_type_not_allowed" },
            { "a.pdf", " %PDF-1.7", "file_type_not_allowed" },
            { "a.png", "\u0089PNG", "file_type_not_allowed" },
            { "a.xls", "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", "file_old_office" },
            { "a.pdf", "", "file_empty" },
            // archives
            { "a.xlsx", "document", "file_type_not_allowed" },
            { "a.xlsx", "archive", "file_type_not_allowed" },
            { "a.xlsx", "macro workbook", "file_macros" },
            { "a.xlsx", "macro project", "file_macros" },
            { "a.xlsx", "macro sheet", "file_macros" },
            { "a.xlsx", "hidden project", "file_macros" },
            { "a.xlsx", "control", "file_macros" },
            { "a.xlsx", "bomb", "file_unreadable" },
            { "a.xlsx", "long list", "file_unreadable" },
            { "a.xlsx", "lying list", "file_unreadable" },
            { "a.xlsx", "cut archive", "file_unreadable" },
            { "a.xlsx", "wrong xml", "file_unreadable" },
            { "a.xlsx", "entities", "file_unreadable" },
        };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task File_IsWhatIsInIt(string name, string content, string expected) =>
        (await OutcomeAsync(BytesOf(content), name)).ShouldBe(expected);

    [Theory]
    [InlineData("แผน งาน.pdf", "แผน งาน.pdf")]
    [InlineData("C:\\งาน\\แผน.pdf", "แผน.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf")]
    [InlineData("fdp\u202egpj.exe", "fdpgpj.exe")]
    [InlineData("...", "file")]
    [InlineData("", "file")]
    [InlineData(".pdf", "pdf")]
    [InlineData("a<b>|\"c\".pdf", "a_b___c_.pdf")]
    public void Name_IsCleaned(string given, string expected) => FileNames.Clean(given).ShouldBe(expected);

    [Fact]
    public void Name_WhenItIsTooLong_KeepsItsExtension()
    {
        var name = FileNames.Clean(new string('ก', 300) + ".pdf");

        name.Length.ShouldBe(FileLimits.NameLength);
        name.ShouldEndWith("ก.pdf");
    }

    /// <summary>The list of an archive's parts is read, and one small part; nothing that unpacks.</summary>
    [Fact]
    public async Task Bomb_IsNotOpened()
    {
        var bomb = TestFiles.Bomb();
        await OutcomeAsync(bomb, "a.xlsx");
        var before = GC.GetAllocatedBytesForCurrentThread();

        (await OutcomeAsync(bomb, "a.xlsx")).ShouldBe("file_unreadable");

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1024 * 1024);
    }

    private static async Task<string> OutcomeAsync(byte[] bytes, string name)
    {
        try
        {
            return (await FileInspection.OfAsync(new MemoryStream(bytes), name, CancellationToken.None)).ToString();
        }
        catch (Refusal refusal)
        {
            refusal.Arguments[0].ShouldBe(name);
            return refusal.Code;
        }
    }

    private static byte[] BytesOf(string content) =>
        content switch
        {
            "pdf" => TestFiles.PdfOf(),
            "png" => TestFiles.PngPicture(),
            "jpeg" => TestFiles.JpegPicture(),
            "workbook" => TestFiles.Workbook(parts: "xl/worksheets/sheet1.xml"),
            "document" => TestFiles.Workbook(
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
            ),
            "archive" => Archive(("readme.txt", "x")),
            "macro workbook" => TestFiles.Workbook(MacroWorkbook),
            "macro project" => TestFiles.Workbook(parts: "xl/vbaProject.bin"),
            "macro sheet" => TestFiles.Workbook(
                moreTypes: "<Override PartName='/xl/sheet9.xml' ContentType='application/vnd.ms-excel.macrosheet+xml'/>",
                parts: "xl/sheet9.xml"
            ),
            "hidden project" => TestFiles.Workbook(
                moreTypes: "<Default Extension='png' ContentType='application/vnd.ms-office.vbaProject'/>",
                parts: "xl/media/picture.png"
            ),
            "control" => TestFiles.Workbook(parts: "xl/activeX/activeX1.xml"),
            "bomb" => TestFiles.Bomb(),
            "long list" => Archive([.. Enumerable.Range(0, 10_001).Select(n => ($"{n}", "x"))]),
            "lying list" => LyingList(),
            "cut archive" => TestFiles.Workbook()[..^30],
            "wrong xml" => Archive(("[Content_Types].xml", "<Types")),
            "entities" => Archive(("[Content_Types].xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a ContentType='&b;'/>")),
            _ => Encoding.Latin1.GetBytes(content),
        };

    /// <summary>The end record tells of fewer parts than the list has.</summary>
    private static byte[] LyingList()
    {
        var bytes = Archive([.. Enumerable.Range(0, 20_000).Select(n => ($"{n}", "x"))]);
        var end = bytes.AsSpan(bytes.Length - 22);
        (end[8], end[9], end[10], end[11]) = (1, 0, 1, 0);
        (end[12], end[13], end[14], end[15]) = (46, 0, 0, 0);
        return bytes;
    }

    private static byte[] Archive(params (string Name, string Text)[] parts)
    {
        using var file = new MemoryStream();
        using (
            var archive = new System.IO.Compression.ZipArchive(file, System.IO.Compression.ZipArchiveMode.Create, true)
        )
        {
            foreach (var (name, text) in parts)
            {
                using var part = archive.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return file.ToArray();
    }
}

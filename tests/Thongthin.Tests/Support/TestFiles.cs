using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Thongthin.Tests.Support;

/// <summary>Files as people send them, and as they should not. Every one is another, so that none is stored already.</summary>
internal static class TestFiles
{
    private const string Png =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    private const string Jpeg =
        "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////"
        + "wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=";

    private const string Types = """
        <?xml version="1.0" encoding="UTF-8"?>
        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
          <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
          <Override PartName="/xl/workbook.xml" ContentType="{0}"/>{1}
        </Types>
        """;

    public const string WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

    /// <summary>A document of this many bytes.</summary>
    public static byte[] PdfOf(int size = 1_000)
    {
        var bytes = new byte[size];
        new Random(TestData.Next()).NextBytes(bytes);
        "%PDF-1.7\n"u8.CopyTo(bytes);
        "\n%%EOF"u8.CopyTo(bytes.AsSpan(size - 6));
        return bytes;
    }

    public static byte[] PngPicture() => [.. Convert.FromBase64String(Png), .. Guid.CreateVersion7().ToByteArray()];

    public static byte[] JpegPicture() => [.. Convert.FromBase64String(Jpeg), .. Guid.CreateVersion7().ToByteArray()];

    /// <summary>A Windows program.</summary>
    public static byte[] Program() => [.. "MZ"u8, .. new byte[200]];

    /// <param name="workbookType">what the file says its workbook is</param>
    /// <param name="moreTypes">further declarations of content types, as XML</param>
    /// <param name="parts">further parts</param>
    public static byte[] Workbook(string workbookType = WorkbookType, string moreTypes = "", params string[] parts)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(
                archive,
                "[Content_Types].xml",
                Types
                    .Replace("{0}", workbookType, StringComparison.Ordinal)
                    .Replace("{1}", moreTypes, StringComparison.Ordinal)
            );
            Add(archive, "xl/workbook.xml", $"<workbook id='{Guid.CreateVersion7()}'/>");
            foreach (var part in parts)
            {
                Add(archive, part, "x");
            }
        }
        return file.ToArray();
    }

    /// <summary>A workbook whose list of parts says that one of them unpacks to two gigabytes.</summary>
    public static byte[] Bomb()
    {
        var bytes = Workbook(parts: "xl/worksheets/sheet1.xml");
        // the last entry of the list: signature PK12, 24 bytes on the unpacked size
        var entry = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(entry + 24), int.MaxValue);
        return bytes;
    }

    private static void Add(ZipArchive archive, string name, string text)
    {
        using var part = archive.CreateEntry(name).Open();
        part.Write(Encoding.UTF8.GetBytes(text));
    }
}

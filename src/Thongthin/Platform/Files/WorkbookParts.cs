using System.Buffers.Binary;
using System.IO.Compression;
using System.Xml;
using Thongthin.Platform.Security;

namespace Thongthin.Platform.Files;

/// <summary>
/// Tells an Excel workbook from any other ZIP archive, and one with macros from one without, by the list of its parts and
/// what the file itself says their types are. Nothing but that one small part is unpacked, and of it no more than a bound:
/// a ZIP bomb is read like any list and refused by the sizes it declares.
/// </summary>
internal static class WorkbookParts
{
    private const int EndBytes = 22;
    private const int MostCommentBytes = ushort.MaxValue;
    private const int MostParts = 10_000;
    private const int MostListBytes = 2 * 1024 * 1024;
    private const int MostTypesBytes = 512 * 1024;
    private const long MostUnpackedBytes = 512L * 1024 * 1024;
    private const string TypesPart = "[Content_Types].xml";
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

    /// <summary>Parts of types that run something: macros of any age, controls, objects of other programs.</summary>
    private static readonly string[] Active = ["macro", "vbaProject", "activeX", "oleObject"];

    /// <exception cref="Refusal">file_unreadable, file_type_not_allowed (another kind of archive), file_macros</exception>
    public static async Task CheckAsync(Stream content, string name, CancellationToken cancellationToken)
    {
        try
        {
            await RequireBoundedListAsync(content, name, cancellationToken);
            content.Position = 0;
            await using var archive = await ZipArchive.CreateAsync(
                content,
                ZipArchiveMode.Read,
                leaveOpen: true,
                entryNameEncoding: null,
                cancellationToken
            );
            RequireBoundedParts(archive, name);
            var types = await TypesAsync(archive, name, cancellationToken);
            if (types.Any(IsActive) || archive.Entries.Any(entry => IsActive(entry.FullName)))
            {
                throw new Refusal("file_macros", name);
            }
            if (!types.Contains(Workbook))
            {
                throw new Refusal("file_type_not_allowed", name);
            }
        }
        catch (Exception problem) when (problem is InvalidDataException or XmlException or EndOfStreamException)
        {
            throw new Refusal("file_unreadable", name);
        }
    }

    /// <summary>
    /// The list of parts stands at the end of the file, directly before its end record, and is small: only then does reading
    /// it cost no more than it says.
    /// </summary>
    private static async Task RequireBoundedListAsync(Stream content, string name, CancellationToken cancellationToken)
    {
        var tail = new byte[Math.Min(content.Length, EndBytes + MostCommentBytes)];
        content.Position = content.Length - tail.Length;
        await content.ReadExactlyAsync(tail, cancellationToken);
        for (var at = tail.Length - EndBytes; at >= 0; at--)
        {
            var end = tail.AsSpan(at);
            if (
                !end.StartsWith("PK\u0005\u0006"u8)
                || BinaryPrimitives.ReadUInt16LittleEndian(end[20..]) != end.Length - EndBytes
            )
            {
                continue;
            }
            var parts = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
            var listBytes = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
            var listAt = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
            if (
                parts <= MostParts
                && listBytes <= MostListBytes
                && listAt + listBytes == content.Length - tail.Length + at
            )
            {
                return;
            }
            break;
        }
        throw new Refusal("file_unreadable", name);
    }

    private static void RequireBoundedParts(ZipArchive archive, string name)
    {
        if (
            archive.Entries.Sum(entry => entry.Length) > MostUnpackedBytes
            || archive.Entries.Any(entry => entry.IsEncrypted)
        )
        {
            throw new Refusal("file_unreadable", name);
        }
    }

    /// <summary>The content types that the file declares for its parts.</summary>
    private static async Task<HashSet<string>> TypesAsync(
        ZipArchive archive,
        string name,
        CancellationToken cancellationToken
    )
    {
        var part = archive.GetEntry(TypesPart) ?? throw new Refusal("file_type_not_allowed", name);
        if (part.Length > MostTypesBytes)
        {
            throw new Refusal("file_unreadable", name);
        }
        await using var packed = await part.OpenAsync(cancellationToken);
        // what unpacks to more than it declared is cut off here
        var text = new byte[part.Length];
        var length = await packed.ReadAtLeastAsync(text, text.Length, false, cancellationToken);
        using var xml = XmlReader.Create(
            new MemoryStream(text, 0, length),
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null }
        );
        var types = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.GetAttribute("ContentType") is { } type)
            {
                types.Add(type);
            }
        }
        return types;
    }

    private static bool IsActive(string typeOrPart) =>
        Active.Any(word => typeOrPart.Contains(word, StringComparison.OrdinalIgnoreCase));
}

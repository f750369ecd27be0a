using Thongthin.Platform.Security;

namespace Thongthin.Platform.Files;

/// <summary>
/// Says what a file is by looking into it; its name must then agree. The beginning decides at the first piece, so that
/// nobody sends twenty megabytes to be refused; a workbook's parts are looked at when all of it is there.
/// </summary>
internal static class FileInspection
{
    /// <summary>Bytes from the beginning that decide.</summary>
    public const int HeadBytes = 32;

    private static readonly byte[][] Programs =
    [
        "MZ"u8.ToArray(),
        [0x7f, (byte)'E', (byte)'L', (byte)'F'],
        [0xfe, 0xed, 0xfa, 0xce],
        [0xfe, 0xed, 0xfa, 0xcf],
        [0xce, 0xfa, 0xed, 0xfe],
        [0xcf, 0xfa, 0xed, 0xfe],
        [0xca, 0xfe, 0xba, 0xbe],
        "#!"u8.ToArray(),
        "dex\n"u8.ToArray(),
        [0x4c, 0, 0, 0, 0x01, 0x14, 0x02, 0],
    ];

    private static readonly byte[] OldOffice = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

    /// <summary>What a file that begins like this is; a ZIP archive counts as a workbook until its parts are looked at.</summary>
    /// <exception cref="Refusal">file_empty, file_executable, file_old_office, file_type_not_allowed, file_mislabelled; all with the name</exception>
    public static FileKind OfHead(ReadOnlySpan<byte> head, string name)
    {
        if (head.IsEmpty)
        {
            throw new Refusal("file_empty", name);
        }
        foreach (var program in Programs)
        {
            if (head.StartsWith(program))
            {
                throw new Refusal("file_executable", name);
            }
        }
        if (head.StartsWith(OldOffice))
        {
            throw new Refusal("file_old_office", name);
        }
        var kind = KindOf(head) ?? throw new Refusal("file_type_not_allowed", name);
        var extension = FileNames.ExtensionOf(name);
        if (!kind.Extensions().Contains(extension))
        {
            // an archive that does not even claim to be a workbook is some other archive
            throw kind == FileKind.Xlsx && !FileKinds.IsExtension(extension)
                ? new Refusal("file_type_not_allowed", name)
                : new Refusal("file_mislabelled", name, kind.Name());
        }
        return kind;
    }

    public static bool IsJpeg(ReadOnlySpan<byte> head) => KindOf(head) == FileKind.Jpeg;

    private static FileKind? KindOf(ReadOnlySpan<byte> head) =>
        head.StartsWith("%PDF-"u8) ? FileKind.Pdf
        : head.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]) ? FileKind.Jpeg
        : head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a])
        && head.Length >= 16
        && head[12..16].SequenceEqual("IHDR"u8)
            ? FileKind.Png
        : head.StartsWith("PK\u0003\u0004"u8) ? FileKind.Xlsx
        : null;

    /// <summary>The whole file, which can be read at any place.</summary>
    /// <exception cref="Refusal">as <see cref="OfHead"/>; file_unreadable, file_macros</exception>
    public static async Task<FileKind> OfAsync(Stream content, string name, CancellationToken cancellationToken)
    {
        var head = new byte[HeadBytes];
        content.Position = 0;
        var length = await content.ReadAtLeastAsync(head, HeadBytes, false, cancellationToken);
        var kind = OfHead(head.AsSpan(0, length), name);
        if (kind == FileKind.Xlsx)
        {
            await WorkbookParts.CheckAsync(content, name, cancellationToken);
        }
        return kind;
    }
}

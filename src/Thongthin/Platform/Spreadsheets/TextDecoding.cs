using System.Text;

namespace Thongthin.Platform.Spreadsheets;

/// <summary>
/// Finds out how a text file is encoded: a byte order mark decides; without one, bytes that are valid UTF-8 are UTF-8,
/// and anything else is windows-874 (TIS-620), which Thai Excel still writes. A file that is mostly UTF-8 Thai but broken
/// in places is damaged, not windows-874: it would turn into readable nonsense.
/// </summary>
internal static class TextDecoding
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    public static (string Text, TableFault? Fault) Decode(byte[] content)
    {
        var bytes = content.AsSpan();
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            return DecodeUtf8(bytes[3..]);
        }
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return DecodeUtf16(bytes[2..], bigEndian: false);
        }
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return DecodeUtf16(bytes[2..], bigEndian: true);
        }
        if (IsBinary(bytes))
        {
            return ("", new TableFault("not_a_table"));
        }
        return Utf8Valid(bytes) || IsMostlyUtf8Thai(bytes) ? DecodeUtf8(bytes) : DecodeWindows874(content);
    }

    private static bool Utf8Valid(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes);

    private static (string Text, TableFault? Fault) DecodeUtf8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Checked(Utf8.GetString(bytes));
        }
        catch (DecoderFallbackException e)
        {
            return ("", new TableFault("encoding", LineAt(bytes, e.Index)));
        }
    }

    private static (string Text, TableFault? Fault) DecodeUtf16(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        if (bytes.Length % 2 == 1)
        {
            return ("", new TableFault("broken"));
        }
        try
        {
            return Checked(new UnicodeEncoding(bigEndian, false, throwOnInvalidBytes: true).GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            return ("", new TableFault("encoding"));
        }
    }

    private static (string Text, TableFault? Fault) DecodeWindows874(byte[] content)
    {
        for (var i = 0; i < content.Length; i++)
        {
            if (IsUnassignedIn874(content[i]))
            {
                return ("", new TableFault("encoding", LineAt(content, i)));
            }
        }
        return Checked(CodePagesEncodingProvider.Instance.GetEncoding(874)!.GetString(content));
    }

    private static bool IsUnassignedIn874(byte b) =>
        b
            is (>= 0x81 and <= 0x84)
                or (>= 0x86 and <= 0x90)
                or (>= 0x98 and <= 0x9F)
                or (>= 0xDB and <= 0xDE)
                or >= 0xFC;

    /// <summary>A web page saved under a spreadsheet's name is a frequent export of old systems.</summary>
    private static (string Text, TableFault? Fault) Checked(string text)
    {
        var start = text.AsSpan().TrimStart();
        return start.Length == 0 ? ("", new TableFault("empty"))
            : start[0] is '<' or '{' || start.StartsWith("%PDF", StringComparison.Ordinal)
                ? ("", new TableFault("not_a_table"))
            : text.Contains('\0', StringComparison.Ordinal) ? ("", new TableFault("not_a_table"))
            : (text, null);
    }

    private static bool IsBinary(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("%PDF"u8)
        || bytes.ContainsAnyInRange((byte)0, (byte)8)
        || bytes.ContainsAnyInRange((byte)0x0E, (byte)0x19);

    /// <summary>Thai letters in UTF-8 are E0 B8 xx and E0 B9 xx; more than half of the bytes above ASCII are part of one.</summary>
    private static bool IsMostlyUtf8Thai(ReadOnlySpan<byte> bytes)
    {
        var high = 0;
        var thai = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] >= 0x80)
            {
                high++;
                if (
                    i + 2 < bytes.Length
                    && bytes[i] == 0xE0
                    && bytes[i + 1] is 0xB8 or 0xB9
                    && bytes[i + 2] is >= 0x80 and <= 0xBF
                )
                {
                    high += 2;
                    thai += 3;
                    i += 2;
                }
            }
        }
        return thai * 2 > high;
    }

    private static int LineAt(ReadOnlySpan<byte> bytes, int index) =>
        bytes[..Math.Clamp(index, 0, bytes.Length)].Count((byte)'\n') + 1;
}

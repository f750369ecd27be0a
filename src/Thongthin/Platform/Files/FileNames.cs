using System.Globalization;
using System.Text;

namespace Thongthin.Platform.Files;

/// <summary>Names of files as people gave them, made fit to be shown and to be saved under on any system.</summary>
internal static class FileNames
{
    private const string NotInNames = "\"*:<>?|";

    /// <summary>
    /// Without folders, control and invisible direction characters and what no system allows in a name; at most
    /// <see cref="FileLimits.NameLength"/> characters, the extension kept. Never empty.
    /// </summary>
    public static string Clean(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var text = new StringBuilder(last.Length);
        foreach (var rune in last.EnumerateRunes())
        {
            var isShown =
                Rune.GetUnicodeCategory(rune)
                    is not (
                        UnicodeCategory.Control
                        or UnicodeCategory.Format
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator
                        or UnicodeCategory.OtherNotAssigned
                        or UnicodeCategory.PrivateUse
                    )
                && rune != Rune.ReplacementChar;
            if (isShown)
            {
                text.Append(
                    rune.IsAscii && NotInNames.Contains((char)rune.Value, StringComparison.Ordinal)
                        ? "_"
                        : rune.ToString()
                );
            }
        }
        var clean = text.ToString().Trim().TrimStart('.').Trim();
        return Shorten(clean.Length == 0 ? "file" : clean);
    }

    /// <summary>In small letters with its dot; empty when there is none.</summary>
    public static string ExtensionOf(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot < 0 ? "" : name[dot..].ToLowerInvariant();
    }

    private static string Shorten(string name)
    {
        if (name.Length <= FileLimits.NameLength)
        {
            return name;
        }
        var extension = ExtensionOf(name) is { Length: <= 10 } short_ ? short_ : "";
        var length = FileLimits.NameLength - extension.Length;
        // not between the halves of one character
        return name[..(char.IsHighSurrogate(name[length - 1]) ? length - 1 : length)] + extension;
    }
}

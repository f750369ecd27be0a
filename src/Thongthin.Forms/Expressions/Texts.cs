namespace Thongthin.Forms.Expressions;

/// <summary>Texts as XPath counts and cuts them, the same in C# and in the browser.</summary>
internal static class Texts
{
    private static readonly char[] Spaces = [' ', '\t', '\r', '\n'];

    /// <summary>Without the spaces, tabs and line ends around it.</summary>
    public static string TrimSpaces(string text) => text.Trim(Spaces);

    public static string[] Words(string text) => text.Split(Spaces, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>From one place, counted from 0, up to another; negative ones count from the end.</summary>
    public static string Slice(string text, double start, double end)
    {
        var signs = CodePoints(text);
        var (from, to) = (Place(start, signs.Count), Place(end, signs.Count));
        return from < to ? string.Concat(signs.Skip(from).Take(to - from)) : "";
    }

    /// <summary>XPath's: from a position, counted from 1, so many signs.</summary>
    public static string Substring(string text, double position, double length)
    {
        var first = NumberText.Round(position, 0);
        var last = first + NumberText.Round(length, 0);
        return string.Concat(CodePoints(text).Where((_, i) => i + 1 >= first && i + 1 < last));
    }

    /// <summary>Empty when the other text is not in it.</summary>
    public static string Before(string text, string other) =>
        text.IndexOf(other, StringComparison.Ordinal) is >= 0 and var at ? text[..at] : "";

    /// <inheritdoc cref="Before"/>
    public static string After(string text, string other) =>
        text.IndexOf(other, StringComparison.Ordinal) is >= 0 and var at ? text[(at + other.Length)..] : "";

    /// <summary>Every sign of <paramref name="from"/> becomes the one at its place in <paramref name="to"/>, or nothing.</summary>
    public static string Translate(string text, string from, string to)
    {
        var (old, replacing) = (CodePoints(from), CodePoints(to));
        return string.Concat(
            CodePoints(text)
                .Select(sign =>
                    old.IndexOf(sign) is >= 0 and var at ? (at < replacing.Count ? replacing[at] : "") : sign
                )
        );
    }

    /// <summary>A word by its place, counted from 0; empty when there is none.</summary>
    public static string WordAt(string text, double place)
    {
        var words = Words(text);
        return place > -1 && Math.Truncate(place) < words.Length ? words[(int)place] : "";
    }

    private static int Place(double number, int count)
    {
        var whole = double.IsNaN(number) ? 0 : Math.Truncate(number);
        return (int)Math.Clamp(whole < 0 ? whole + count : whole, 0, count);
    }

    private static List<string> CodePoints(string text)
    {
        var signs = new List<string>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            signs.Add(text.Substring(i, isPair ? 2 : 1));
            i += isPair ? 1 : 0;
        }
        return signs;
    }

    /// <summary>Number of Unicode code points.</summary>
    public static int Length(string text)
    {
        var pairs = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i]))
            {
                pairs++;
                i++;
            }
        }
        return text.Length - pairs;
    }
}

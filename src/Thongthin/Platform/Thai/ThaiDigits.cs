namespace Thongthin.Platform.Thai;

/// <summary>Which digits a text is written with. Official prints use Thai ones, screens have a switch.</summary>
internal enum Digits
{
    Arabic,
    Thai,
}

/// <summary>Turns the digits of whole texts; every other character stays as it is.</summary>
internal static class ThaiDigits
{
    /// <summary>0–9 become ๐–๙.</summary>
    public static string ToThai(string text) => Shift(text, '0', '๐');

    /// <summary>๐–๙ become 0–9, so that what was typed can be parsed.</summary>
    public static string ToArabic(string text) => Shift(text, '๐', '0');

    /// <summary>The text with Arabic digits, written with those that are asked for.</summary>
    public static string In(this Digits digits, string text) => digits == Digits.Thai ? ToThai(text) : text;

    private static string Shift(string text, char fromZero, char toZero)
    {
        if (!text.AsSpan().ContainsAnyInRange(fromZero, (char)(fromZero + 9)))
        {
            return text;
        }
        return string.Create(
            text.Length,
            (text, fromZero, toZero),
            static (target, from) =>
            {
                for (var i = 0; i < target.Length; i++)
                {
                    var digit = from.text[i] - from.fromZero;
                    target[i] = digit is >= 0 and <= 9 ? (char)(from.toZero + digit) : from.text[i];
                }
            }
        );
    }
}

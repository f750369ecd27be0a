using System.Buffers;
using System.Globalization;

namespace Thongthin.Forms.Expressions;

/// <summary>Numbers and texts as XPath 1.0 turns one into the other, the same in C# and in the browser.</summary>
internal static class NumberText
{
    private static readonly SearchValues<char> DigitsAndPoint = SearchValues.Create("0123456789.");

    /// <summary>To 12 digits, where engines compute the last ones differently; whole numbers stay as they are.</summary>
    public static double Approximate(double value) =>
        !double.IsFinite(value) || (value == Math.Truncate(value) && Math.Abs(value) <= 9_007_199_254_740_991)
            ? value
            : double.Parse(
                value.ToString("E11", CultureInfo.InvariantCulture),
                NumberStyles.Float,
                CultureInfo.InvariantCulture
            );

    /// <summary>The shortest digits that read back as the same number, never with an exponent; <c>NaN</c>, <c>Infinity</c>.</summary>
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN"
                : value > 0 ? "Infinity"
                : "-Infinity";
        }
        if (value == 0)
        {
            return "0";
        }
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var e = shortest.IndexOf('E', StringComparison.Ordinal);
        return e < 0
            ? shortest
            : WithoutExponent(shortest[..e], int.Parse(shortest[(e + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>The same with commas between thousands, for reading.</summary>
    public static string Grouped(double value)
    {
        var text = Format(value);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text : text[..point];
        for (var at = whole.Length - 3; at > (whole.StartsWith('-') ? 1 : 0); at -= 3)
        {
            whole = whole.Insert(at, ",");
        }
        return point < 0 ? whole : whole + text[point..];
    }

    /// <summary>Digits with an optional minus before and one optional point, spaces around ignored; anything else is NaN.</summary>
    public static double Parse(string text)
    {
        var body = text.AsSpan().Trim(" \t\r\n");
        var digits = body.StartsWith("-") ? body[1..] : body;
        return
            digits.ContainsAnyInRange('0', '9')
            && !digits.ContainsAnyExcept(DigitsAndPoint)
            && double.TryParse(
                body,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var value
            )
            ? value
            : double.NaN;
    }

    /// <summary>
    /// Rounds the number as it is written in digits, halves upwards (towards positive infinity, as XPath does): 1.005 to
    /// two places is 1.01. Negative places round to tens, hundreds …
    /// </summary>
    public static double Round(double value, double places)
    {
        if (double.IsNaN(places))
        {
            return double.NaN;
        }
        if (!double.IsFinite(value))
        {
            return value;
        }
        var shift = (int)Math.Clamp(Math.Truncate(places), -400, 400);
        return Shift(RoundToWhole(Shift(value, shift)), -shift);
    }

    /// <summary>To a whole number, halves upwards.</summary>
    public static double RoundToWhole(double value)
    {
        var floor = Math.Floor(value);
        return value - floor >= 0.5 ? floor + 1 : floor;
    }

    // Moves the decimal point in the digits, so that no binary error comes in before the rounding.
    private static double Shift(double value, int places)
    {
        if (places == 0 || !double.IsFinite(value))
        {
            return value;
        }
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var e = shortest.IndexOf('E', StringComparison.Ordinal);
        var exponent = e < 0 ? 0 : int.Parse(shortest[(e + 1)..], CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? shortest : shortest[..e];
        return double.Parse(
            string.Create(CultureInfo.InvariantCulture, $"{mantissa}E{exponent + places}"),
            NumberStyles.Float,
            CultureInfo.InvariantCulture
        );
    }

    private static string WithoutExponent(string mantissa, int exponent)
    {
        var sign = mantissa.StartsWith('-') ? "-" : "";
        var digits = mantissa.TrimStart('-').Replace(".", "", StringComparison.Ordinal);
        var point = mantissa.TrimStart('-').IndexOf('.', StringComparison.Ordinal) is var p and >= 0
            ? p
            : digits.Length;
        var position = point + exponent;
        if (position <= 0)
        {
            return $"{sign}0.{new string('0', -position)}{digits}";
        }
        return position >= digits.Length
            ? sign + digits.PadRight(position, '0')
            : $"{sign}{digits[..position]}.{digits[position..]}";
    }
}

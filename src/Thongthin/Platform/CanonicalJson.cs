using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Thongthin.Platform;

/// <summary>
/// JSON in the one form that RFC 8785 (JCS) allows, so that the same content is always the same bytes and a hash of it
/// verifies anywhere: members sorted by the UTF-16 code units of their names, no white space, numbers as ECMAScript writes a
/// double, only the escapes that must be, UTF-8.
/// </summary>
internal static class CanonicalJson
{
    private const long LargestWhole = 9_007_199_254_740_992;

    /// <exception cref="ArgumentException">
    /// Something has no canonical form: a number that is no finite double or a whole number that a double cannot hold exactly,
    /// half of a surrogate pair.
    /// </exception>
    public static byte[] Write(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(text.ToString());
    }

    private static void Write(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject members:
                WriteObject(text, members);
                break;
            case JsonArray items:
                WriteArray(text, items);
                break;
            default:
                WriteValue(text, node.AsValue());
                break;
        }
    }

    private static void WriteObject(StringBuilder text, JsonObject members)
    {
        var comma = "";
        text.Append('{');
        foreach (var (name, value) in members.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            text.Append(comma);
            WriteString(text, name);
            text.Append(':');
            Write(text, value);
            comma = ",";
        }
        text.Append('}');
    }

    private static void WriteArray(StringBuilder text, JsonArray items)
    {
        var comma = "";
        text.Append('[');
        foreach (var item in items)
        {
            text.Append(comma);
            Write(text, item);
            comma = ",";
        }
        text.Append(']');
    }

    private static void WriteValue(StringBuilder text, JsonValue value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.True:
                text.Append("true");
                break;
            case JsonValueKind.False:
                text.Append("false");
                break;
            case JsonValueKind.String:
                WriteString(text, value.GetValue<string>());
                break;
            default:
                text.Append(Number(value));
                break;
        }
    }

    private static string Number(JsonValue value)
    {
        var written = value.ToJsonString();
        var isWhole = written.AsSpan().IndexOfAny('.', 'e', 'E') < 0;
        if (isWhole && BigInteger.Abs(BigInteger.Parse(written, CultureInfo.InvariantCulture)) > LargestWhole)
        {
            throw new ArgumentException($"{written} has no exact double.", nameof(value));
        }
        return Number(double.Parse(written, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    /// <summary>As ECMAScript's Number::toString does: the shortest digits that read back as the same double.</summary>
    internal static string Number(double number)
    {
        if (!double.IsFinite(number))
        {
            throw new ArgumentException("Only finite numbers are JSON.", nameof(number));
        }
        if (number == 0)
        {
            return "0";
        }
        var shortest = number.ToString("R", CultureInfo.InvariantCulture);
        return (number < 0 ? "-" : "") + Place(Digits(shortest), ExponentOf(shortest));
    }

    private static string Digits(string shortest)
    {
        var mantissa = shortest.Split('E')[0];
        return mantissa
            .Replace("-", "", StringComparison.Ordinal)
            .Replace(".", "", StringComparison.Ordinal)
            .TrimStart('0')
            .TrimEnd('0');
    }

    /// <summary>The power of ten of the first digit that is not 0.</summary>
    private static int ExponentOf(string shortest)
    {
        var parts = shortest.TrimStart('-').Split('E');
        var written =
            parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        var places = parts[0].Split('.');
        var whole = places[0].TrimStart('0');
        return whole.Length > 0
            ? written + whole.Length - 1
            : written - (places[1].Length - places[1].TrimStart('0').Length) - 1;
    }

    private static string Place(string digits, int exponent)
    {
        var point = exponent + 1;
        if (digits.Length <= point && point <= 21)
        {
            return digits + new string('0', point - digits.Length);
        }
        if (point is > 0 and <= 21)
        {
            return digits[..point] + "." + digits[point..];
        }
        if (point is > -6 and <= 0)
        {
            return "0." + new string('0', -point) + digits;
        }
        var e = exponent.ToString("+0;-0", CultureInfo.InvariantCulture);
        return digits.Length == 1 ? $"{digits}e{e}" : $"{digits[0]}.{digits[1..]}e{e}";
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }
        text.Append('"');
    }
}

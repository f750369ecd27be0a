using System.Globalization;

namespace Thongthin.Forms.Answers;

/// <summary>
/// Reads a day as people write it: <c>2020-06-11</c>, <c>2563-06-11</c>, <c>11/6/2563</c>, <c>๑๑ มิถุนายน ๒๕๖๓</c>,
/// <c>11 มิ.ย. 2563</c>, <c>11 June 2020</c>. Years over 2400 are Buddhist; the stored years are 1800 to 2300.
/// </summary>
internal static class TypedDate
{
    public const int FirstYear = 1800;
    public const int LastYear = 2300;

    private static readonly string[][] MonthNames =
    [
        ["มกราคม", "มค", "january", "jan"],
        ["กุมภาพันธ์", "กพ", "february", "feb"],
        ["มีนาคม", "มีค", "march", "mar"],
        ["เมษายน", "เมย", "april", "apr"],
        ["พฤษภาคม", "พค", "may"],
        ["มิถุนายน", "มิย", "june", "jun"],
        ["กรกฎาคม", "กค", "july", "jul"],
        ["สิงหาคม", "สค", "august", "aug"],
        ["กันยายน", "กย", "september", "sep", "sept"],
        ["ตุลาคม", "ตค", "october", "oct"],
        ["พฤศจิกายน", "พย", "november", "nov"],
        ["ธันวาคม", "ธค", "december", "dec"],
    ];

    private static readonly Dictionary<string, int> Months = MonthNames
        .SelectMany((names, i) => names.Select(name => (Name: name, Month: i + 1)))
        .ToDictionary(m => m.Name, m => m.Month, StringComparer.Ordinal);

    /// <summary>null when it is not a day, or one that does not exist.</summary>
    public static DateOnly? Parse(string typed)
    {
        var text = TypedAnswer.ArabicDigits(typed).ToLowerInvariant();
        foreach (var noise in (string[])["พ.ศ.", "พศ.", "ค.ศ.", "วันที่", ","])
        {
            text = text.Replace(noise, " ", StringComparison.Ordinal);
        }
        var parts = text.Split((char[])[' ', '/', '-', '\u00a0', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 1)
        {
            parts = parts[0].Split('.', StringSplitOptions.RemoveEmptyEntries);
        }
        if (parts.Length != 3)
        {
            return null;
        }
        var isYearFirst = parts[0].Length == 4;
        return Make(Number(parts[isYearFirst ? 0 : 2], 4), Month(parts[1]), Number(parts[isYearFirst ? 2 : 0], 2));
    }

    private static DateOnly? Make(int? year, int? month, int? day)
    {
        if (year is not { } y || month is not (>= 1 and <= 12) || day is not { } d)
        {
            return null;
        }
        var gregorian = y > 2400 ? y - 543 : y;
        return gregorian is >= FirstYear and <= LastYear && d >= 1 && d <= DateTime.DaysInMonth(gregorian, month.Value)
            ? new DateOnly(gregorian, month.Value, d)
            : null;
    }

    private static int? Month(string text) =>
        Months.TryGetValue(text.Replace(".", "", StringComparison.Ordinal), out var month) ? month : Number(text, 2);

    private static int? Number(string text, int longest) =>
        text.Length <= longest
        && text.All(char.IsAsciiDigit)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        && (longest < 4 || text.Length == 4)
            ? value
            : null;
}

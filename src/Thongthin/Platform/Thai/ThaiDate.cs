using System.Globalization;
using System.Text.RegularExpressions;

namespace Thongthin.Platform.Thai;

/// <summary>
/// Dates as people type and read them. .NET's own Thai culture reads every year as Buddhist, 2026 as 1483 CE; here the
/// year itself decides: from 2400 on it is Buddhist. Months are named in Thai or English, in full or abbreviated. All
/// of storage is Gregorian; the Buddhist year exists only in this folder.
/// </summary>
internal static partial class ThaiDate
{
    /// <summary>Years from this one on are read as Buddhist.</summary>
    public const int FirstBuddhistYear = 2400;

    /// <summary>Buddhist year = Gregorian year + 543.</summary>
    public const int YearOffset = 543;

    private static readonly string[] Months =
    [
        "มกราคม",
        "กุมภาพันธ์",
        "มีนาคม",
        "เมษายน",
        "พฤษภาคม",
        "มิถุนายน",
        "กรกฎาคม",
        "สิงหาคม",
        "กันยายน",
        "ตุลาคม",
        "พฤศจิกายน",
        "ธันวาคม",
    ];

    private static readonly string[] ShortMonths =
    [
        "ม.ค.",
        "ก.พ.",
        "มี.ค.",
        "เม.ย.",
        "พ.ค.",
        "มิ.ย.",
        "ก.ค.",
        "ส.ค.",
        "ก.ย.",
        "ต.ค.",
        "พ.ย.",
        "ธ.ค.",
    ];

    /// <summary>From Sunday, like <see cref="DayOfWeek"/>.</summary>
    private static readonly string[] Weekdays =
    [
        "วันอาทิตย์",
        "วันจันทร์",
        "วันอังคาร",
        "วันพุธ",
        "วันพฤหัสบดี",
        "วันศุกร์",
        "วันเสาร์",
    ];

    private static readonly Dictionary<string, int> MonthNumbers = MonthNames();

    /// <summary>The twelve names in full, January first.</summary>
    public static IReadOnlyList<string> MonthsInFull => Months;

    /// <summary>๑๑ มิถุนายน ๒๕๖๓</summary>
    public static string Long(DateOnly date, Digits digits = Digits.Thai) =>
        digits.In(Invariant($"{date.Day} {Months[date.Month - 1]} {date.Year + YearOffset}"));

    /// <summary>วันจันทร์ที่ ๓๑ สิงหาคม ๒๕๖๓</summary>
    public static string LongWithWeekday(DateOnly date, Digits digits = Digits.Thai) =>
        $"{Weekdays[(int)date.DayOfWeek]}ที่ {Long(date, digits)}";

    /// <summary>๑๑ มิ.ย. ๖๓</summary>
    public static string Short(DateOnly date, Digits digits = Digits.Thai) =>
        digits.In(Invariant($"{date.Day} {ShortMonths[date.Month - 1]} {(date.Year + YearOffset) % 100:00}"));

    /// <summary>11 June 2020</summary>
    public static string English(DateOnly date) => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Monday 31 August 2020</summary>
    public static string EnglishWithWeekday(DateOnly date) =>
        date.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>11/06/2563, what the Buddhist date fields of pages show and accept.</summary>
    public static string Typed(DateOnly date) =>
        Invariant($"{date.Day:00}/{date.Month:00}/{date.Year + YearOffset:0000}");

    /// <summary>
    /// Reads 2020-06-11, 2563-06-11, 11/6/2563, 11-6-2020, "๑๑ มิถุนายน ๒๕๖๓", "วันพฤหัสบดีที่ 11 มิ.ย. พ.ศ. 2563",
    /// "11 June 2020". The day stands before the month. A year of two digits after a Thai month's name is Buddhist of
    /// the 2500s ("11 มิ.ย. 63"); elsewhere two digits are not a year.
    /// </summary>
    /// <returns>false when the text is no date or the day does not exist (31 June, 29 February 2562).</returns>
    public static bool TryParse(string? text, out DateOnly date)
    {
        date = default;
        if (string.IsNullOrWhiteSpace(text) || text.Length > 80)
        {
            return false;
        }
        var plain = ThaiDigits.ToArabic(text).Trim();
        var match = Iso().Match(plain);
        if (!match.Success)
        {
            match = DayFirst().Match(plain);
        }
        if (match.Success)
        {
            return TryMake(Number(match, "y"), Number(match, "m"), Number(match, "d"), out date);
        }
        match = Named().Match(plain);
        if (!match.Success || !MonthNumbers.TryGetValue(MonthKey(match.Groups["m"].Value), out var month))
        {
            return false;
        }
        var year = Number(match, "y");
        if (match.Groups["y"].Length == 2)
        {
            if (char.IsAsciiLetter(match.Groups["m"].Value[0]))
            {
                return false;
            }
            year += 2500;
        }
        return TryMake(year, month, Number(match, "d"), out date);
    }

    private static bool TryMake(int year, int month, int day, out DateOnly date)
    {
        date = default;
        year = year >= FirstBuddhistYear ? year - YearOffset : year;
        if (year is < 1000 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }
        date = new DateOnly(year, month, day);
        return true;
    }

    private static int Number(Match match, string group) =>
        int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string MonthKey(string name) =>
        name.Replace(".", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    private static Dictionary<string, int> MonthNames()
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var month = 1; month <= 12; month++)
        {
            var first = new DateOnly(2000, month, 1);
            names[MonthKey(Months[month - 1])] = month;
            names[MonthKey(ShortMonths[month - 1])] = month;
            names[MonthKey(first.ToString("MMMM", CultureInfo.InvariantCulture))] = month;
            names[MonthKey(first.ToString("MMM", CultureInfo.InvariantCulture))] = month;
        }
        return names;
    }

    [GeneratedRegex(
        "^(?<y>[0-9]{4})-(?<m>[0-9]{1,2})-(?<d>[0-9]{1,2})$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Iso();

    [GeneratedRegex(
        "^(?<d>[0-9]{1,2}) ?[/.-] ?(?<m>[0-9]{1,2}) ?[/.-] ?(?<y>[0-9]{4})$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex DayFirst();

    [GeneratedRegex(
        @"^(วัน[\u0E01-\u0E4E]+\s*ที่\s*|วันที่\s*|[A-Za-z]+day,?\s+)?(?<d>[0-9]{1,2})\s*(?<m>[A-Za-z]+\.?|[\u0E01-\u0E4E.]+)\s*"
            + @"(พ\.?\s?ศ\.?\s*|ค\.?\s?ศ\.?\s*|,\s*)?(?<y>[0-9]{4}|[0-9]{2})$",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Named();
}

using System.Collections.Frozen;
using System.Globalization;

namespace Thongthin.Data;

/// <summary>A day on which government offices are closed.</summary>
/// <param name="IsCertain">false: computed or expected, the Cabinet's announcement is still to be compared</param>
internal sealed record PublicHoliday(DateOnly Day, string NameTh, string NameEn, bool IsCertain);

/// <summary>The days on which government offices are closed: weekends, and the holidays of <c>data/public-holidays.csv</c>.</summary>
internal static class PublicHolidays
{
    private static readonly FrozenDictionary<DateOnly, PublicHoliday> ByDay = Facts
        .Read("public-holidays.csv")
        .Select(row => new PublicHoliday(
            DateOnly.ParseExact(row["date"], "yyyy-MM-dd", CultureInfo.InvariantCulture),
            row["name_th"],
            row["name_en"],
            row["certain"] == "true"
        ))
        .ToFrozenDictionary(holiday => holiday.Day);

    /// <summary>The holiday of a day; null where there is none, or where the year is not in the file.</summary>
    public static PublicHoliday? Find(DateOnly day) => ByDay.GetValueOrDefault(day);

    public static bool IsWorkingDay(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && Find(day) is null;

    /// <summary>The first working day after a day.</summary>
    public static DateOnly NextWorkingDay(DateOnly day)
    {
        do
        {
            day = day.AddDays(1);
        } while (!IsWorkingDay(day));
        return day;
    }
}

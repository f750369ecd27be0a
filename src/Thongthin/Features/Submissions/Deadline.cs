using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions;

/// <summary>
/// How long is left, in words: the day in full with its weekday, and the count of days. A passed deadline says until
/// when recording is still possible, or that it is over.
/// </summary>
/// <param name="Day">to the end of it recording is on time</param>
/// <param name="LastDay">to the end of it recording is possible</param>
internal readonly record struct Deadline(DateOnly Day, DateOnly LastDay)
{
    /// <summary>A week or less: the page says so louder.</summary>
    private const int Soon = 7;

    public string Look(DateOnly today) =>
        today > LastDay ? "deadline-over"
        : today > Day ? "deadline-late"
        : Day.DayNumber - today.DayNumber <= Soon ? "deadline-soon"
        : "deadline";

    public string Text(Texts texts, DateOnly today)
    {
        var day = texts.DateWithWeekday(Day);
        var left = Day.DayNumber - today.DayNumber;
        return (today > LastDay, left) switch
        {
            (true, _) => texts["deadline.closed", day, texts.Date(LastDay)],
            (_, < 0) => texts["deadline.late", day, -left, texts.Date(LastDay)],
            (_, 0) => texts["deadline.today", day],
            _ => texts["deadline.days_left", day, texts["deadline.days", left]],
        };
    }
}

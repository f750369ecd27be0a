using Thongthin.Data;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Rounds;

/// <summary>A deadline on a weekend or a public holiday is warned of, not forbidden.</summary>
/// <param name="Holiday">null: a weekend that is no holiday</param>
internal sealed record DeadlineWarning(DateOnly Deadline, PublicHoliday? Holiday, DateOnly NextWorkingDay)
{
    /// <summary>Null for a working day.</summary>
    public static DeadlineWarning? Of(DateOnly deadline) =>
        PublicHolidays.IsWorkingDay(deadline)
            ? null
            : new(deadline, PublicHolidays.Find(deadline), PublicHolidays.NextWorkingDay(deadline));

    public string Text(Texts texts)
    {
        var (day, next) = (texts.DateWithWeekday(Deadline), texts.DateWithWeekday(NextWorkingDay));
        return Holiday is null
            ? texts["round.weekend", day, next]
            : texts[
                Holiday.IsCertain ? "round.holiday" : "round.holiday_expected",
                day,
                texts.Pick(Holiday.NameTh, Holiday.NameEn),
                next
            ];
    }
}

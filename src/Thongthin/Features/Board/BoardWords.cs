using Thongthin.Features.Accounts;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Board;

/// <summary>The words of the board: units as lists call them, days left in the heads.</summary>
internal static class BoardWords
{
    /// <summary>อุตรดิตถ์, อำเภอเมืองอุตรดิตถ์, ทต.วังกะพี้</summary>
    public static string Unit(Texts t, BoardRow row) =>
        row.Kind switch
        {
            "province" => t.Pick(row.NameTh, row.NameEn),
            "district" => t.Pick("อำเภอ" + row.NameTh, row.NameEn.Length > 0 ? row.NameEn + " District" : ""),
            _ => t.Pick(
                UnitLabel.Thai(row.Kind, row.NameTh, row.AbbreviationTh),
                UnitLabel.English(row.Kind, row.NameEn)
            ),
        };

    public static string DaysLeft(Texts t, BoardRound round, DateOnly today) =>
        (round.Deadline.DayNumber - today.DayNumber) switch
        {
            > 0 and var days => t["board.days_left", days],
            0 => t["board.due_today"],
            var days => t["board.days_past", -days],
        };

    /// <summary>Loud in the last week and after.</summary>
    public static string Look(BoardRound round, DateOnly today) =>
        new Submissions.Deadline(round.Deadline, round.ClosesOn).Look(today);
}

using System.Globalization;
using System.Text.RegularExpressions;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Rounds;

/// <summary>
/// A round as a proposal for the year after: the same topics, audience and contact, every day and every year in its name one year
/// later. Pure.
/// </summary>
internal static partial class NextYear
{
    public static RoundDraft Of(RoundDraft draft)
    {
        var round = draft.Round;
        string Later(string text) => WithYearLater(text, round.FiscalYear);
        var slug = Later(round.Slug);
        return draft with
        {
            Round = new Round
            {
                RoundId = Guid.Empty,
                Slug = slug == round.Slug ? $"{slug}-{Text(round.FiscalYear + 1)}" : slug,
                FiscalYear = round.FiscalYear + 1,
                TitleTh = Later(round.TitleTh),
                TitleEn = Later(round.TitleEn),
                OpensOn = round.OpensOn.AddYears(1),
                Deadline = round.Deadline.AddYears(1),
                ClosesOn = round.ClosesOn.AddYears(1),
                DoneMeans = round.DoneMeans,
                ReturnDays = round.ReturnDays,
                Contact = round.Contact,
                UnitGroupId = round.UnitGroupId,
                CreatedAt = round.CreatedAt,
            },
        };
    }

    /// <summary>
    /// The fiscal year, in either script and era, becomes the next one. Other numbers stay: a title may name a law or a plan.
    /// </summary>
    private static string WithYearLater(string text, int fiscalYear) =>
        Number()
            .Replace(
                text,
                match =>
                {
                    var arabic = ThaiDigits.ToArabic(match.Value);
                    int[] years = [fiscalYear, fiscalYear - BuddhistEra];
                    var later = years.Where(year => Text(year) == arabic).Select(year => Text(year + 1));
                    return later.FirstOrDefault() is not { } next ? match.Value
                        : arabic == match.Value ? next
                        : ThaiDigits.ToThai(next);
                }
            );

    private const int BuddhistEra = 543;

    private static string Text(int year) => year.ToString(CultureInfo.InvariantCulture);

    /// <summary>Digits of any script.</summary>
    [GeneratedRegex(@"\d+", RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}

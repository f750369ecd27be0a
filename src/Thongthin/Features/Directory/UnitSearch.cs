using System.Text.RegularExpressions;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Directory;

/// <summary>
/// What people type to find a unit, as terms for <c>search_unit</c>: digits Arabic, letters small, "อบต. แสนตอ",
/// "อบต แสนตอ" and "องค์การบริหารส่วนตำบลแสนตอ" all as "อบต.แสนตอ", "อ.น้ำปาด" and "จังหวัดอุตรดิตถ์" without the word for
/// the place, "Saen To SAO" without the word for the kind, a code of seven digits with the 0 that it lost.
/// </summary>
internal static partial class UnitSearch
{
    private const int MaxTerms = 6;

    /// <returns>empty when nothing is asked for</returns>
    public static string[] Terms(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [];
        }
        var plain = ThaiDigits.ToArabic(text).ToLowerInvariant();
        plain = EnglishKind().Replace(plain, "");
        plain = FullKind().Replace(plain, Abbreviate);
        plain = ShortKind().Replace(plain, "$1$2.");
        plain = Place().Replace(plain, "$1");
        var terms = plain.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return
        [
            .. terms.Take(MaxTerms).Select(term => term.Length == 7 && term.All(char.IsAsciiDigit) ? "0" + term : term),
        ];
    }

    private static string Abbreviate(Match match)
    {
        var kind = UnitKinds.OfLaos.First(k => k.NameTh() == match.Groups["kind"].Value);
        return match.Groups["before"].Value + kind.Prefix();
    }

    /// <summary>The words that follow an English name on pages: "saen to sao", "nam pat district office".</summary>
    [GeneratedRegex(
        @"(?<=\S)\s+(pao|sao|((city|town|subdistrict)\s+)?municipality|(provincial|district)\s+office)\s*$",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex EnglishKind();

    [GeneratedRegex(
        @"(?<before>^|\s)(?<kind>องค์การบริหารส่วนจังหวัด|เทศบาลนคร|เทศบาลเมือง|เทศบาลตำบล|องค์การบริหารส่วนตำบล)\s*(?=\S)",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex FullKind();

    [GeneratedRegex(@"(^|\s)(อบจ|ทน|ทม|ทต|อบต)(?:\.\s*|\s+)(?=\S)")]
    private static partial Regex ShortKind();

    [GeneratedRegex(@"(^|\s)(?:สถจ\.|สถ\.อำเภอ|สถ\.อ\.|อำเภอ|จังหวัด|อ\.|จ\.)\s*(?=\S)")]
    private static partial Regex Place();
}

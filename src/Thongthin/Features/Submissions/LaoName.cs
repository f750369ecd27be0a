using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions;

/// <summary>What an LAO of a roster is called: อบต.แสนตอ in lists, องค์การบริหารส่วนตำบลแสนตอ where it speaks officially.</summary>
internal static class LaoName
{
    public static string Short(Texts texts, SubmissionDetail detail) =>
        texts.Pick(detail.LaoAbbreviationTh.Length > 0 ? detail.LaoAbbreviationTh : detail.LaoNameTh, detail.LaoNameEn);

    public static string Official(Texts texts, SubmissionDetail detail) =>
        texts.Pick(Prefix(detail.LaoKind) + detail.LaoNameTh, detail.LaoNameEn);

    private static string Prefix(string kind) =>
        kind switch
        {
            "pao" => "องค์การบริหารส่วนจังหวัด",
            "city_municipality" => "เทศบาลนคร",
            "town_municipality" => "เทศบาลเมือง",
            "subdistrict_municipality" => "เทศบาลตำบล",
            "sao" => "องค์การบริหารส่วนตำบล",
            _ => "",
        };
}

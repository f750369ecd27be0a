using Thongthin.Features.Accounts;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions;

/// <summary>
/// What an LAO of a roster is called: อบต.แสนตอ in lists, องค์การบริหารส่วนตำบลแสนตอ where it speaks officially. In English
/// its name and kind: an อบจ. and a ทม. often share the name.
/// </summary>
internal static class LaoName
{
    public static string Short(Texts texts, SubmissionDetail detail) =>
        Short(
            texts,
            detail.LaoKind,
            detail.LaoAbbreviationTh.Length > 0 ? detail.LaoAbbreviationTh : detail.LaoNameTh,
            detail.LaoNameEn
        );

    public static string Short(Texts texts, string kind, string abbreviationTh, string nameEn) =>
        texts.Pick(abbreviationTh, UnitLabel.English(kind, nameEn));

    public static string Official(Texts texts, SubmissionDetail detail) =>
        Official(texts, detail.LaoKind, detail.LaoNameTh, detail.LaoNameEn);

    public static string Official(Texts texts, string kind, string nameTh, string nameEn) =>
        texts.Pick(Prefix(kind) + nameTh, UnitLabel.English(kind, nameEn));

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

using Thongthin.Data;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Extensions;

/// <summary>Extensions in words.</summary>
internal static class ExtensionWords
{
    /// <summary>For whom: "อำเภอน้ำปาด", "ทั้งหมดที่ยังไม่แล้วเสร็จ" …</summary>
    public static string Target(Texts texts, ExtensionRow row) =>
        texts["extension.target." + SnakeCase.Of(row.Target), texts.Pick(row.TargetTh ?? "", row.TargetEn)];

    public static string Lao(Texts texts, RequestRow row) =>
        LaoName.Short(texts, row.Kind, row.AbbreviationTh, row.NameEn);

    public static string Lao(Texts texts, ExtendedLaoRow row) =>
        LaoName.Short(texts, row.Kind, row.AbbreviationTh, row.NameEn);
}

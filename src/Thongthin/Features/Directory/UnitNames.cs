using Thongthin.Data;
using Thongthin.Features.Accounts;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Directory;

/// <summary>Units on pages, in the reader's language.</summary>
internal static class UnitNames
{
    /// <summary>อบต.แสนตอ, สถ.อำเภอน้ำปาด, สถจ.อุตรดิตถ์; in English the name, followed by what kind of office it is.</summary>
    public static string Unit(this Texts texts, UnitKind kind, string nameTh, string? nameEn, string? abbreviation) =>
        texts.Pick(
            UnitLabel.Thai(SnakeCase.Of(kind), nameTh, abbreviation ?? ""),
            UnitLabel.English(SnakeCase.Of(kind), nameEn ?? "")
        );

    public static string Kind(this Texts texts, UnitKind kind) => texts["kind." + SnakeCase.Of(kind)];

    /// <summary>From a day on, or between two days (the last one included).</summary>
    public static string Period(this Texts texts, DateOnly from, DateOnly? to) =>
        to is { } end
            ? texts["directory.period", texts.Date(from), texts.Date(end.AddDays(-1))]
            : texts["directory.period_open", texts.Date(from)];
}

using Thongthin.Platform.Security;

namespace Thongthin.Features.Accounts;

/// <summary>How a unit is called in headers and lists: อบต.แสนตอ, สถ.อำเภอน้ำปาด, สถจ.อุตรดิตถ์, the Department's own name.</summary>
internal static class UnitLabel
{
    public static string Thai(string kind, string name, string abbreviation) =>
        kind switch
        {
            "department" => name,
            "province" => "สถจ." + name,
            "district" => "สถ.อำเภอ" + name,
            _ => abbreviation.Length > 0 ? abbreviation : name,
        };

    /// <summary>Empty when the unit has no English name.</summary>
    public static string English(string kind, string nameEnglish) =>
        (kind, nameEnglish) switch
        {
            (_, "") => "",
            ("province", _) => $"{nameEnglish} provincial office",
            ("district", _) => $"{nameEnglish} district office",
            ("pao", _) => $"{nameEnglish} PAO",
            ("city_municipality", _) => $"{nameEnglish} City Municipality",
            ("town_municipality", _) => $"{nameEnglish} Town Municipality",
            ("subdistrict_municipality", _) => $"{nameEnglish} Subdistrict Municipality",
            ("sao", _) => $"{nameEnglish} SAO",
            _ => nameEnglish,
        };

    public static UnitLevel LevelOf(string kind) =>
        kind switch
        {
            "department" => UnitLevel.Department,
            "province" => UnitLevel.Province,
            "district" => UnitLevel.District,
            _ => UnitLevel.Lao,
        };

    /// <summary>The roles that a unit of a level can have (domain: recorders and certifiers record for an LAO, officers review for an office).</summary>
    public static IReadOnlyList<Role> RolesAt(UnitLevel level) =>
        level == UnitLevel.Lao
            ? [Role.Recorder, Role.Certifier, Role.Administrator, Role.Viewer]
            : [Role.Officer, Role.Administrator, Role.Viewer];
}

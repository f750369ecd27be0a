namespace Thongthin.Features.Directory;

/// <summary>What a unit is. The first three are offices, the others local authorities (LAOs), in the order of printed tables.</summary>
internal enum UnitKind
{
    Department,
    Province,
    District,
    Pao,
    CityMunicipality,
    TownMunicipality,
    SubdistrictMunicipality,
    Sao,

    /// <summary>เมืองพัทยา: the province supervises it, and it is not in the default audience of a round.</summary>
    Special,
}

/// <summary>What follows from a unit's kind.</summary>
internal static class UnitKinds
{
    public static IReadOnlyList<UnitKind> OfLaos { get; } =
    [
        UnitKind.Pao,
        UnitKind.CityMunicipality,
        UnitKind.TownMunicipality,
        UnitKind.SubdistrictMunicipality,
        UnitKind.Sao,
        UnitKind.Special,
    ];

    public static bool IsLao(this UnitKind kind) => kind > UnitKind.District;

    /// <summary>The office that supervises by default: the district for ทต. and อบต., the province for all other LAOs.</summary>
    public static bool IsSupervisedByDistrict(this UnitKind kind) =>
        kind is UnitKind.SubdistrictMunicipality or UnitKind.Sao;

    /// <summary>อบต. and so on; empty for offices and for เมืองพัทยา, whose name is complete.</summary>
    public static string Prefix(this UnitKind kind) =>
        kind switch
        {
            UnitKind.Pao => "อบจ.",
            UnitKind.CityMunicipality => "ทน.",
            UnitKind.TownMunicipality => "ทม.",
            UnitKind.SubdistrictMunicipality => "ทต.",
            UnitKind.Sao => "อบต.",
            _ => "",
        };

    /// <summary>The kind's name in full, as it stands before the unit's own name.</summary>
    public static string NameTh(this UnitKind kind) =>
        kind switch
        {
            UnitKind.Province => "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด",
            UnitKind.District => "สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอ",
            UnitKind.Pao => "องค์การบริหารส่วนจังหวัด",
            UnitKind.CityMunicipality => "เทศบาลนคร",
            UnitKind.TownMunicipality => "เทศบาลเมือง",
            UnitKind.SubdistrictMunicipality => "เทศบาลตำบล",
            UnitKind.Sao => "องค์การบริหารส่วนตำบล",
            _ => "",
        };

    /// <summary>The first two digits of an LAO's code; null where the coding has no kind of its own.</summary>
    public static string? CodeDigits(this UnitKind kind) =>
        kind switch
        {
            UnitKind.Pao => "02",
            UnitKind.CityMunicipality => "03",
            UnitKind.TownMunicipality => "04",
            UnitKind.SubdistrictMunicipality => "05",
            UnitKind.Sao => "06",
            _ => null,
        };

    /// <summary>อบต.แสนตอ; empty for offices (a province's letter abbreviation is a fact of its own).</summary>
    public static string Abbreviation(this UnitKind kind, string nameTh) => kind.IsLao() ? kind.Prefix() + nameTh : "";
}

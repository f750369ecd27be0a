namespace Thongthin.Features.Directory;

/// <summary>How a list of units is ordered; a minus in the address turns it round.</summary>
internal enum UnitSort
{
    /// <summary>Nearest to what was searched for first; without a search as in printed tables.</summary>
    Match,
    Name,
    Kind,
    Code,
    District,
    Province,
}

/// <summary>Which units are looked for; null: any.</summary>
internal sealed record UnitFilter(
    string? Search = null,
    UnitKind? Kind = null,
    int? ProvinceId = null,
    UnitSort Sort = UnitSort.Match,
    bool Descending = false
);

/// <summary>A unit in a list, as it is on the day of the list.</summary>
/// <param name="Rank">how near to what was searched for</param>
internal sealed record UnitRow(
    int UnitId,
    UnitKind Kind,
    string NameTh,
    string NameEn,
    string AbbreviationTh,
    string? Code,
    int? DistrictId,
    string? DistrictTh,
    string? DistrictEn,
    int DistrictOrder,
    int? ProvinceId,
    string? ProvinceTh,
    string? ProvinceEn,
    int ProvinceOrder,
    int KindOrder,
    int? SupervisingUnitId,
    UnitKind? SupervisingKind,
    string? SupervisingTh,
    string? SupervisingEn,
    int ReportOrder,
    float Rank
);

/// <summary>One version of a unit in its history.</summary>
internal sealed record UnitVersionRow(
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    UnitKind Kind,
    string NameTh,
    string NameEn,
    string AbbreviationTh,
    string? Code,
    int? DistrictId,
    string? DistrictTh,
    string? DistrictEn,
    int? ProvinceId,
    string? ProvinceTh,
    string? ProvinceEn,
    int ReportOrder
)
{
    public bool Covers(DateOnly day) => ValidFrom <= day && (ValidTo is null || day < ValidTo);
}

/// <summary>One supervision in an LAO's history.</summary>
internal sealed record SupervisionRow(
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    int SupervisingUnitId,
    UnitKind Kind,
    string NameTh,
    string NameEn
);

/// <summary>An event of a unit, one row for every other unit of it (none: the other columns are null).</summary>
/// <param name="Part">what the unit itself was in it</param>
internal sealed record UnitEventRow(
    Guid UnitEventId,
    UnitEventKind Kind,
    DateOnly EffectiveOn,
    string Reason,
    string? Reference,
    DateTimeOffset EnteredAt,
    UnitEventPart Part,
    int? OtherId,
    UnitEventPart? OtherPart,
    UnitKind? OtherKind,
    string? OtherTh,
    string? OtherEn,
    string? OtherAbbreviation
);

/// <summary>Where a unit is and how large.</summary>
/// <param name="Latitude">with the longitude or not at all</param>
/// <param name="AsOf">the day of the registry that says so</param>
internal sealed record UnitPlaceRow(decimal? AreaKm2, decimal? Latitude, decimal? Longitude, DateOnly AsOf);

/// <summary>Units below an office, by kind.</summary>
internal sealed record UnitCountRow(UnitKind Kind, int Units);

/// <summary>A group with how many members it has today (among those that the actor may see).</summary>
internal sealed record GroupRow(
    Guid UnitGroupId,
    string Code,
    string NameTh,
    string NameEn,
    string Telephone,
    string Fax,
    string Email,
    string CoOrdinator,
    bool Active,
    int Members
);

/// <summary>A person of a unit and the group that the membership points at.</summary>
internal sealed record GroupMemberRow(
    Guid MembershipId,
    string DisplayName,
    string Position,
    string Role,
    Guid? UnitGroupId
);

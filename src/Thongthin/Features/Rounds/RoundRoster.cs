namespace Thongthin.Features.Rounds;

/// <summary>
/// An LAO that is expected in a round, as it was called and placed when the round opened. Tables group by this row, so
/// that last year's totals never move.
/// </summary>
internal sealed class RoundRoster
{
    public required Guid RoundId { get; init; }

    public required int LaoId { get; init; }

    /// <summary>pao, city_municipality, town_municipality, subdistrict_municipality, sao or special.</summary>
    public required string Kind { get; init; }

    public string? Code { get; init; }

    public required string NameTh { get; init; }

    public required string NameEn { get; init; }

    public required string AbbreviationTh { get; init; }

    public required int ReportOrder { get; init; }

    public required int DistrictId { get; init; }

    public required string DistrictTh { get; init; }

    public required string DistrictEn { get; init; }

    public required int DistrictOrder { get; init; }

    public required int ProvinceId { get; init; }

    public required string ProvinceTh { get; init; }

    public required string ProvinceEn { get; init; }

    public required int ProvinceOrder { get; init; }

    public required int SupervisingUnitId { get; init; }
}

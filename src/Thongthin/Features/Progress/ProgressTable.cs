using System.Text.Json.Serialization;
using Thongthin.Features.Rounds;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Progress;

/// <summary>Which of the three tables of domain.md section 6.</summary>
internal enum ProgressLevel
{
    National,
    Province,
    District,
}

/// <summary>What a table says about its round.</summary>
internal sealed record TableRound(string Slug, int FiscalYear, string TitleTh, string TitleEn, DoneMeans DoneMeans);

/// <summary>A province or district as the round's roster called it.</summary>
internal sealed record Place(int UnitId, string NameTh, string NameEn);

/// <summary>
/// What the table looks at; null = everything. Topics are named, so that a table kept for years explains itself.
/// </summary>
/// <param name="Done">national: provinces in which all are done, or not all; else: LAOs that are done, or not</param>
internal sealed record TableFilter(
    string? TopicTh = null,
    string? TopicEn = null,
    int? Sector = null,
    string? Kind = null,
    bool? Done = null
)
{
    [JsonIgnore]
    public bool IsEmpty => this == new TableFilter();
}

/// <summary>A row of the national table.</summary>
/// <param name="No">the place in report order, from 1; it stays with the row when the screen sorts otherwise</param>
/// <param name="LaoCount">how many are asked; the exempt have left the denominator</param>
internal sealed record ProvinceRow(
    int No,
    int ProvinceId,
    string ProvinceTh,
    string ProvinceEn,
    int LaoCount,
    int Recorded
)
{
    [JsonIgnore]
    public int NotRecorded => LaoCount - Recorded;

    [JsonIgnore]
    public decimal Percent => Platform.Thai.Percent.Of(Recorded, LaoCount);
}

/// <summary>A row of the provincial and the district table.</summary>
/// <param name="LaoTh">abbreviation and name: ทต.วังกะพี้</param>
/// <param name="SupervisedByDistrict">false: it lies in the district, and another office follows it up</param>
internal sealed record LaoRow(
    int No,
    int LaoId,
    int DistrictId,
    string DistrictTh,
    string DistrictEn,
    string Kind,
    string LaoTh,
    string LaoEn,
    bool Recorded,
    bool SupervisedByDistrict
);

/// <summary>
/// One progress table whole: everything that page, print, CSV, XLSX and a snapshot show of it. Rows stand in report
/// order; totals are sums of these rows and of nothing else.
/// </summary>
internal sealed record ProgressTable
{
    public required ProgressLevel Level { get; init; }

    public required TableRound Round { get; init; }

    /// <summary>The province of a provincial or district table.</summary>
    public Place? Province { get; init; }

    public Place? District { get; init; }

    /// <summary>The data are those at the end of this Bangkok day; of a live table the day it was drawn.</summary>
    public required DateOnly AsOf { get; init; }

    public required TableFilter Filter { get; init; }

    /// <summary>LAOs that the table leaves out because they are exempt.</summary>
    public required int Exempt { get; init; }

    /// <summary>Of the national table; empty in the others.</summary>
    public IReadOnlyList<ProvinceRow> Provinces { get; init; } = [];

    /// <summary>Of the provincial and district table; empty in the national one.</summary>
    public IReadOnlyList<LaoRow> Laos { get; init; } = [];

    [JsonIgnore]
    public int LaoCount => Level == ProgressLevel.National ? Provinces.Sum(r => r.LaoCount) : Laos.Count;

    [JsonIgnore]
    public int Recorded =>
        Level == ProgressLevel.National ? Provinces.Sum(r => r.Recorded) : Laos.Count(r => r.Recorded);

    [JsonIgnore]
    public int NotRecorded => LaoCount - Recorded;

    [JsonIgnore]
    public decimal Percent => Platform.Thai.Percent.Of(Recorded, LaoCount);

    /// <summary>The LAOs that are done; of a national table only where it was drawn to be kept.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> DoneLaos
    {
        get => Level == ProgressLevel.National ? field : [.. Laos.Where(r => r.Recorded).Select(r => r.LaoId)];
        init;
    } = [];

    /// <summary>The unit whose table it is; null for the country.</summary>
    [JsonIgnore]
    public int? UnitId => (District ?? Province)?.UnitId;
}

using System.Globalization;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Progress;

/// <summary>
/// Addresses that a table links to. Each keeps what the table looks at (topic, sector, kind, day), so that a list holds
/// exactly what its number counted.
/// </summary>
internal sealed class TableLinks(string slug, IReadOnlyList<KeyValuePair<string, string?>> kept)
{
    public string National => Path("");

    public string Map => Path("/map");

    public string Chart => Path("/chart");

    public string FollowUp(bool mine) =>
        Path("/units", new("state", ProgressPage.StateText(false)), new("within", mine ? "mine" : null));

    public string Province(int unitId) => Path(string.Create(CultureInfo.InvariantCulture, $"/provinces/{unitId}"));

    public string District(int unitId) => Path(string.Create(CultureInfo.InvariantCulture, $"/districts/{unitId}"));

    /// <summary>One LAO's forms in the round.</summary>
    public string Lao(int laoId) => string.Create(CultureInfo.InvariantCulture, $"/progress/{slug}/units/{laoId}");

    /// <summary>The LAOs of a place, all of them or those that are done or not.</summary>
    public string Units(Place? province, Place? district, bool? done) =>
        Units(province?.UnitId, district?.UnitId, done);

    public string Units(int? provinceId, int? districtId, bool? done) =>
        Path(
            "/units",
            new("province", districtId is null ? provinceId?.ToString(CultureInfo.InvariantCulture) : null),
            new("district", districtId?.ToString(CultureInfo.InvariantCulture)),
            new("state", done is { } d ? ProgressPage.StateText(d) : null)
        );

    private string Path(string end, params ReadOnlySpan<KeyValuePair<string, string?>> more) =>
        $"/progress/{slug}{end}{QueryString.Create([.. kept.Where(p => p.Value is not null), .. more.ToArray().Where(p => p.Value is not null)])}";
}

/// <summary>A table as a page shows it.</summary>
/// <param name="Links">null where numbers lead nowhere: a snapshot's content is all there is</param>
/// <param name="Sort">order on the screen, as in the address; null or <c>no</c> is report order</param>
internal sealed record TableView(ProgressTable Table, TableLinks? Links = null, string? Sort = null)
{
    public IReadOnlyDictionary<int, SubmissionState>? States { get; init; }

    /// <summary>The rows in the order asked for; texts by Thai collation.</summary>
    public IReadOnlyList<ProvinceRow> Provinces =>
        Sort?.TrimStart('-') switch
        {
            "province" => Ordered(Table.Provinces, r => r.ProvinceTh, ThaiCollation.Comparer),
            "lao_count" => Ordered(Table.Provinces, r => r.LaoCount),
            "recorded" => Ordered(Table.Provinces, r => r.Recorded),
            "not_recorded" => Ordered(Table.Provinces, r => r.NotRecorded),
            "percent" => Ordered(Table.Provinces, r => r.Percent),
            _ => Ordered(Table.Provinces, r => r.No),
        };

    public IReadOnlyList<LaoRow> Laos =>
        Sort?.TrimStart('-') switch
        {
            "district" => Ordered(Table.Laos, r => r.DistrictTh, ThaiCollation.Comparer),
            "lao" => Ordered(Table.Laos, r => r.LaoTh, ThaiCollation.Comparer),
            "recorded" => Ordered(Table.Laos, r => r.Recorded),
            _ => Ordered(Table.Laos, r => r.No),
        };

    private T[] Ordered<T, TKey>(IReadOnlyList<T> rows, Func<T, TKey> key, IComparer<TKey>? comparer = null) =>
        [.. Sort?[0] == '-' ? rows.OrderByDescending(key, comparer) : rows.OrderBy(key, comparer)];
}

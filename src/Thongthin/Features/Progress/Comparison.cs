using Microsoft.EntityFrameworkCore;
using Thongthin.Data;

namespace Thongthin.Features.Progress;

/// <summary>One of the two tables that are compared.</summary>
/// <param name="Number">12/2563; null: the table as it is now</param>
/// <param name="DoneLaos">null: a table that was kept before it named them</param>
internal sealed record ComparedTable(ProgressTable Table, string? Number, IReadOnlyList<int>? DoneLaos);

/// <summary>A province (of the national table) or a district, before and after.</summary>
internal sealed record ComparedRow(
    int No,
    int UnitId,
    string NameTh,
    string NameEn,
    int LaoCountBefore,
    int LaoCountAfter,
    int RecordedBefore,
    int RecordedAfter
)
{
    public int Difference => RecordedAfter - RecordedBefore;
}

/// <summary>
/// What moved between two tables of the same round, place and filter: by province or district, and which LAOs became done
/// or are no longer. Everything is taken from the two tables alone.
/// </summary>
internal sealed record Comparison(ComparedTable Before, ComparedTable After, IReadOnlyList<ComparedRow> Rows)
{
    /// <summary>Whether both tables name who was done.</summary>
    public bool NamesLaos => Before.DoneLaos is not null && After.DoneLaos is not null;

    /// <summary>Done in the later table and not in the earlier one.</summary>
    public int[] Became => NamesLaos ? [.. After.DoneLaos!.Except(Before.DoneLaos!)] : [];

    /// <summary>Done in the earlier table and not in the later one.</summary>
    public int[] Undone => NamesLaos ? [.. Before.DoneLaos!.Except(After.DoneLaos!)] : [];

    public int Difference => After.Table.Recorded - Before.Table.Recorded;

    public static Comparison Of(ComparedTable before, ComparedTable after)
    {
        var (earlier, later) = (Places(before.Table), Places(after.Table));
        var was = earlier.ToDictionary(p => p.UnitId);
        var merged = later.Concat(earlier.ExceptBy(later.Select(p => p.UnitId), p => p.UnitId));
        var now = later.ToDictionary(p => p.UnitId);
        return new Comparison(
            before,
            after,
            [
                .. merged.Select(
                    (p, index) =>
                        new ComparedRow(
                            index + 1,
                            p.UnitId,
                            p.NameTh,
                            p.NameEn,
                            was.GetValueOrDefault(p.UnitId)?.LaoCount ?? 0,
                            now.GetValueOrDefault(p.UnitId)?.LaoCount ?? 0,
                            was.GetValueOrDefault(p.UnitId)?.Recorded ?? 0,
                            now.GetValueOrDefault(p.UnitId)?.Recorded ?? 0
                        )
                ),
            ]
        );
    }

    private static List<PlaceCount> Places(ProgressTable table) =>
        table.Level == ProgressLevel.National
            ?
            [
                .. table.Provinces.Select(p => new PlaceCount(
                    p.ProvinceId,
                    p.ProvinceTh,
                    p.ProvinceEn,
                    p.LaoCount,
                    p.Recorded
                )),
            ]
            :
            [
                .. table
                    .Laos.GroupBy(r => r.DistrictId)
                    .Select(g => new PlaceCount(
                        g.Key,
                        g.First().DistrictTh,
                        g.First().DistrictEn,
                        g.Count(),
                        g.Count(r => r.Recorded)
                    )),
            ];

    private sealed record PlaceCount(int UnitId, string NameTh, string NameEn, int LaoCount, int Recorded);
}

/// <summary>An LAO that is done in one of the two tables and not in the other.</summary>
/// <param name="IsDone">it became done; false: it is no longer</param>
internal sealed record MovedLao(
    int LaoId,
    string Kind,
    string LaoTh,
    string LaoEn,
    string DistrictTh,
    string DistrictEn,
    string ProvinceTh,
    string ProvinceEn,
    bool IsDone
);

/// <summary>Draws the other side of a comparison where it is the present, and names the LAOs that moved.</summary>
internal sealed class ComparisonQueries(AppDb db, ProgressQueries queries)
{
    public const int PageSize = 100;

    /// <summary>The table of a snapshot's round, place and filter as it is now; null when they are there no more.</summary>
    public async Task<ProgressTable?> NowAsync(ProgressTable kept, DateOnly today, CancellationToken cancellationToken)
    {
        if (await queries.FindRoundAsync(kept.Round.Slug, cancellationToken) is not { } round)
        {
            return null;
        }
        var topics = await queries.TopicsAsync(round.RoundId, cancellationToken);
        string[] forms =
        [
            .. topics
                .Where(f => kept.Filter.TopicTh is not { } topic || f.TitleTh == topic)
                .Where(f => kept.Filter.Sector is not { } sector || f.Sector == sector)
                .Select(f => f.FormId),
        ];
        var scope = new ProgressScope(round, forms.Length == topics.Count ? null : forms, null, today, kept.Filter);
        return forms.Length == 0 ? null
            : kept.District is { } district
                ? await queries.DistrictAsync(scope, kept.Province!, district, cancellationToken)
            : kept.Province is { } province ? await queries.ProvinceAsync(scope, province, cancellationToken)
            : await queries.NationalAsync(scope, cancellationToken, naming: true);
    }

    /// <summary>Those that became done first, each group in report order.</summary>
    /// <param name="take">null = all to the end, for files</param>
    public async Task<IReadOnlyList<MovedLao>> MovedAsync(
        Guid roundId,
        Comparison comparison,
        int skip,
        int? take,
        CancellationToken cancellationToken
    )
    {
        var (became, undone) = (comparison.Became, comparison.Undone);
        if (became.Length + undone.Length == 0)
        {
            return [];
        }
        return await db
            .Database.SqlQuery<MovedLao>(
                $"""
                select o.lao_id, o.kind, o.abbreviation_th as lao_th, o.name_en as lao_en, o.district_th, o.district_en,
                    o.province_th, o.province_en, m.is_done
                from (
                    select unnest({became}::int[]) as lao_id, true as is_done
                    union all
                    select unnest({undone}::int[]), false) m
                join round_roster o on o.round_id = {roundId} and o.lao_id = m.lao_id
                order by m.is_done desc, o.province_order, o.province_th collate thai, o.district_order,
                    o.district_th collate thai, o.report_order, o.abbreviation_th collate thai, o.lao_id
                offset {skip} limit {take}
                """
            )
            .ToListAsync(cancellationToken);
    }
}

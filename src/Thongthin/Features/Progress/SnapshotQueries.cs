using Microsoft.EntityFrameworkCore;
using Thongthin.Data;

namespace Thongthin.Features.Progress;

/// <summary>A snapshot in the list.</summary>
/// <param name="Total">how many match, on all pages</param>
internal sealed record SnapshotRow(
    int Year,
    int Number,
    ProgressLevel Level,
    string TitleTh,
    string TitleEn,
    string? UnitTh,
    string? UnitEn,
    DateOnly AsOf,
    DateTimeOffset TakenAt,
    string TakenByName,
    bool IsDaily,
    int Total
);

/// <summary>Another table of the same round, place and filter, to compare with.</summary>
internal sealed record ComparableRow(int Year, int Number, DateOnly AsOf, DateTimeOffset TakenAt, bool IsDaily);

/// <summary>How the list is ordered; a key of the address's <c>sort</c>.</summary>
internal enum SnapshotSort
{
    Number,
    AsOf,
    Title,
    Unit,
}

/// <summary>Snapshots that the actor may read: the daily ones, those of its scope, and those its unit took.</summary>
internal sealed class SnapshotQueries(AppDb db)
{
    public const int PageSize = 50;

    /// <summary>So many are offered to compare with: a year of days, the newest.</summary>
    private const int MostComparable = 400;

    public Task<ProgressSnapshot?> FindAsync(int year, int number, CancellationToken cancellationToken) =>
        db.Set<ProgressSnapshot>().FirstOrDefaultAsync(s => s.Year == year && s.Number == number, cancellationToken);

    public async Task<IReadOnlyList<ComparableRow>> ComparableAsync(
        ProgressSnapshot snapshot,
        CancellationToken cancellationToken
    )
    {
        var level = SnakeCase.Of(snapshot.Level);
        return await db
            .Database.SqlQuery<ComparableRow>(
                $"""
                select s.year, s.number, s.as_of, s.taken_at, s.is_daily
                from progress_snapshot s
                where s.round_id = {snapshot.RoundId} and s.level = {level} and s.unit_id is not distinct from {snapshot.UnitId}
                    and s.filter = {snapshot.Filter}::jsonb and s.progress_snapshot_id <> {snapshot.ProgressSnapshotId}
                order by s.year desc, s.number desc
                limit {MostComparable}
                """
            )
            .ToListAsync(cancellationToken);
    }

    /// <param name="search">part of the round's title, the unit's name or "number/year"</param>
    /// <param name="isDaily">kept by the program, or by hand; null = both</param>
    /// <param name="page">from 1</param>
    public async Task<IReadOnlyList<SnapshotRow>> ListAsync(
        string? search,
        bool? isDaily,
        SnapshotSort sort,
        bool descending,
        int page,
        CancellationToken cancellationToken
    )
    {
        var like = search is null ? null : $"%{ProgressRounds.EscapeLike(search)}%";
        var (key, direction, skip) = (SnakeCase.Of(sort), descending ? -1 : 1, (page - 1) * PageSize);
        return await db
            .Database.SqlQuery<SnapshotRow>(
                $"""
                select s.year, s.number, s.level, s.title_th, s.title_en, s.unit_th, s.unit_en, s.as_of, s.taken_at,
                    s.taken_by_name, s.is_daily, count(*) over ()::int as total
                from (
                    select k.year, k.number, k.level, k.as_of, k.taken_at, k.taken_by_name, k.is_daily,
                        r.title_th, r.title_en,
                        case when k.unit_id is not null then coalesce(k.content -> 'district', k.content -> 'province') ->> 'name_th' end as unit_th,
                        case when k.unit_id is not null then coalesce(k.content -> 'district', k.content -> 'province') ->> 'name_en' end as unit_en
                    from progress_snapshot k join round r using (round_id)
                    where {isDaily}::boolean is null or k.is_daily = {isDaily}) s
                where {like}::text is null or s.title_th ilike {like} or s.title_en ilike {like} or s.unit_th ilike {like}
                    or s.unit_en ilike {like} or s.number || '/' || s.year like {like}
                order by
                    case {key}
                        when 'as_of' then s.as_of - date '2000-01-01'
                        when 'title' then rank() over (order by s.title_th collate thai)
                        when 'unit' then rank() over (order by s.unit_th collate thai nulls first)
                        else s.year * 1000000::bigint + s.number
                    end * {direction}, s.year desc, s.number desc
                offset {skip} limit {PageSize}
                """
            )
            .ToListAsync(cancellationToken);
    }
}

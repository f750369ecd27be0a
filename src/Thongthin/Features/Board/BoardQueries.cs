using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Board;

/// <summary>The place whose board is drawn: the Department, an office or an LAO.</summary>
internal sealed record BoardPlace(
    int UnitId,
    string Kind,
    string NameTh,
    string NameEn,
    string AbbreviationTh,
    int? ProvinceId
);

/// <summary>
/// Reads the board. The Department's is summed from the counts that are kept by district and kind; below that a province
/// has so few submissions in a round that they are counted as they are, under the row policies. No statement comes twice,
/// whatever the number of topics and units.
/// </summary>
internal sealed class BoardQueries(AppDb db)
{
    public async Task<IReadOnlyList<BoardRound>> RoundsAsync(CancellationToken cancellationToken) =>
        await db
            .Database.SqlQuery<BoardRound>(
                $"""
                select round_id, slug, fiscal_year, title_th, title_en, opens_on, deadline, closes_on, done_means
                from round
                where opened_at is not null and cancelled_at is null
                order by fiscal_year desc, deadline, slug
                """
            )
            .ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<BoardColumn>> ColumnsAsync(
        IReadOnlyList<BoardRound> rounds,
        CancellationToken cancellationToken
    )
    {
        var byId = rounds.ToDictionary(r => r.RoundId);
        Guid[] ids = [.. byId.Keys];
        var rows = await db
            .Database.SqlQuery<ColumnRow>(
                $"""
                select r.round_id, f.form_id, f.sector, f.title_th, f.title_en
                from round_form r join form f using (form_id)
                where r.round_id = any ({ids})
                order by f.sector, f.report_order, f.title_th collate thai, f.form_id
                """
            )
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(r => new BoardColumn(byId[r.RoundId], r.FormId, r.Sector, r.TitleTh, r.TitleEn))
                .OrderBy(c => c.Round.Deadline)
                .ThenBy(c => c.Round.Slug, StringComparer.Ordinal),
        ];
    }

    /// <summary>A unit in the actor's scope as it is called today; null: there is none.</summary>
    public Task<BoardPlace?> PlaceAsync(int unitId, CancellationToken cancellationToken) =>
        db
            .Database.SqlQuery<BoardPlace>(
                $"""
                select v.unit_id, v.kind, v.name_th, v.name_en, v.abbreviation_th, v.province_id
                from unit_version v
                where v.unit_id = {unitId} and v.valid_to is null
                    and ((select actor_everywhere()) or v.unit_id = any ((select actor_scope())::int[]))
                """
            )
            .FirstOrDefaultAsync(cancellationToken);

    /// <param name="kind">of LAOs; null = all</param>
    public async Task<Board> DrawAsync(
        BoardPlace place,
        IReadOnlyList<BoardColumn> columns,
        string? kind,
        CancellationToken cancellationToken
    )
    {
        Guid[] rounds = [.. columns.Select(c => c.Round.RoundId).Distinct()];
        string[] forms = [.. columns.Select(c => c.FormId).Distinct()];
        var cells = await (
            place.Kind == "department" ? Country(rounds, forms, kind) : Below(place, rounds, forms, kind)
        ).ToListAsync(cancellationToken);
        var extended = await ExtendedAsync(place, rounds, forms, kind, cancellationToken);
        int[] units = [.. cells.Select(c => c.UnitId).Distinct()];
        return new Board(
            columns,
            await RowsAsync(units, cancellationToken),
            cells.ToDictionary(
                c => (c.UnitId, c.RoundId, c.FormId),
                c => new BoardCell(
                    c.NotStarted,
                    c.InProgress,
                    c.Returned,
                    c.Recorded,
                    c.Certified,
                    c.Exempt,
                    extended.GetValueOrDefault((c.UnitId, c.RoundId, c.FormId))
                )
            )
        );
    }

    private IQueryable<CellRow> Country(Guid[] rounds, string[] forms, string? kind) =>
        db.Database.SqlQuery<CellRow>(
            $"""
            select c.province_id as unit_id, c.round_id, c.form_id, sum(c.not_started)::int as not_started,
                sum(c.in_progress)::int as in_progress, sum(c.returned)::int as returned, sum(c.recorded)::int as recorded,
                sum(c.certified)::int as certified, sum(c.exempt)::int as exempt
            from progress_count c
            where c.round_id = any ({rounds}) and c.form_id = any ({forms}) and ({kind}::text is null or c.kind = {kind})
            group by c.province_id, c.round_id, c.form_id
            """
        );

    /// <summary>Outstanding submissions whose extended deadline has not passed, by the board's rows; nothing where nothing was extended.</summary>
    private async Task<Dictionary<(int, Guid, string), int>> ExtendedAsync(
        BoardPlace place,
        Guid[] rounds,
        string[] forms,
        string? kind,
        CancellationToken cancellationToken
    )
    {
        var (unit, level, today) = (place.UnitId, place.Kind, BangkokTime.Day(db.Actor.At));
        var rows = await db
            .Database.SqlQuery<ExtendedRow>(
                $"""
                select x.unit_id, x.round_id, x.form_id, count(*)::int as laos
                from (
                    select s.round_id, s.form_id, case
                        when {level} = 'department' then o.province_id
                        when {level} = 'province' and o.supervising_unit_id <> {unit} then o.supervising_unit_id
                        else s.lao_id end as unit_id
                    from submission s join round_roster o using (round_id, lao_id)
                    where s.round_id = any ({rounds}) and s.extended_until >= {today} and s.form_id = any ({forms})
                      and s.state in ('not_started', 'in_progress', 'returned')
                      and ({kind}::text is null or o.kind = {kind})) x
                group by x.unit_id, x.round_id, x.form_id
                """
            )
            .ToListAsync(cancellationToken);
        return rows.ToDictionary(row => (row.UnitId, row.RoundId, row.FormId), row => row.Laos);
    }

    /// <summary>A province's districts and the LAOs that it supervises itself; a district's LAOs; an LAO itself.</summary>
    private IQueryable<CellRow> Below(BoardPlace place, Guid[] rounds, string[] forms, string? kind)
    {
        var (unit, level) = (place.UnitId, place.Kind);
        return db.Database.SqlQuery<CellRow>(
            $"""
            select x.unit_id, x.round_id, x.form_id, (count(*) filter (where x.state = 'not_started'))::int as not_started,
                (count(*) filter (where x.state = 'in_progress'))::int as in_progress,
                (count(*) filter (where x.state = 'returned'))::int as returned,
                (count(*) filter (where x.state = 'recorded'))::int as recorded,
                (count(*) filter (where x.state = 'certified'))::int as certified,
                (count(*) filter (where x.state = 'exempt'))::int as exempt
            from (
                select case when o.supervising_unit_id = {unit} then o.lao_id else o.supervising_unit_id end as unit_id,
                    s.round_id, s.form_id, s.state
                from round_roster o join submission s using (round_id, lao_id)
                where {level} = 'province' and o.round_id = any ({rounds}) and o.province_id = {unit}
                    and ({kind}::text is null or o.kind = {kind})
                union all
                select o.lao_id, s.round_id, s.form_id, s.state
                from round_roster o join submission s using (round_id, lao_id)
                where {level} = 'district' and o.round_id = any ({rounds}) and o.supervising_unit_id = {unit}
                    and ({kind}::text is null or o.kind = {kind})
                union all
                select s.lao_id, s.round_id, s.form_id, s.state
                from submission s
                where {level} not in ('province', 'district') and s.lao_id = {unit} and s.round_id = any ({rounds})) x
            where x.form_id = any ({forms})
            group by x.unit_id, x.round_id, x.form_id
            """
        );
    }

    /// <summary>As they are called today: the LAOs under an office itself first, then its districts, in report order.</summary>
    private async Task<IReadOnlyList<BoardRow>> RowsAsync(int[] units, CancellationToken cancellationToken) =>
        await db
            .Database.SqlQuery<BoardRow>(
                $"""
                select v.unit_id, v.kind, v.name_th, v.name_en, v.abbreviation_th
                from (
                    select distinct on (v.unit_id) v.* from unit_version v
                    where v.unit_id = any ({units}) order by v.unit_id, v.valid_from desc) v
                order by v.kind in ('district'), v.report_order, v.name_th collate thai, v.unit_id
                """
            )
            .ToListAsync(cancellationToken);

    private sealed record ExtendedRow(int UnitId, Guid RoundId, string FormId, int Laos);

    private sealed record ColumnRow(Guid RoundId, string FormId, int Sector, string TitleTh, string TitleEn);

    private sealed record CellRow(
        int UnitId,
        Guid RoundId,
        string FormId,
        int NotStarted,
        int InProgress,
        int Returned,
        int Recorded,
        int Certified,
        int Exempt
    );
}

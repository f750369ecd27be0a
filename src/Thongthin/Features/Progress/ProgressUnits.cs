using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Submissions;

namespace Thongthin.Features.Progress;

/// <summary>Which LAOs of a table are listed; null = all.</summary>
/// <param name="State">of the six; finds LAOs in the actor's scope only</param>
internal sealed record UnitFilter(
    int? ProvinceId = null,
    int? DistrictId = null,
    string? Search = null,
    SubmissionState? State = null
);

/// <summary>How the list is ordered; a key of the address's <c>sort</c>.</summary>
internal enum UnitSort
{
    /// <summary>As the printed tables.</summary>
    Report,
    Name,
    Kind,
    District,
    Province,
    Recorded,
}

/// <summary>An LAO in the list of those that a number counted.</summary>
/// <param name="State">null outside the actor's scope, and of a past day</param>
/// <param name="Total">how many match, on all pages</param>
internal sealed record UnitRow(
    int LaoId,
    string? Code,
    string LaoTh,
    string LaoEn,
    string Kind,
    int DistrictId,
    string DistrictTh,
    string DistrictEn,
    int ProvinceId,
    string ProvinceTh,
    string ProvinceEn,
    bool Recorded,
    bool IsExempt,
    SubmissionState? State,
    int Total
);

/// <summary>One form of an LAO in a round.</summary>
/// <param name="State">null outside the actor's scope</param>
internal sealed record UnitTopic(
    string FormId,
    int Sector,
    string TitleTh,
    string TitleEn,
    bool Recorded,
    bool IsExempt,
    SubmissionState? State,
    bool? IsNil,
    DateTimeOffset? StateChangedAt
);

/// <summary>The LAOs behind the numbers.</summary>
internal sealed class ProgressUnits(AppDb db)
{
    public const int PageSize = 50;

    /// <param name="skip">rows before the page</param>
    /// <param name="take">null = all to the end, for exports</param>
    public async Task<IReadOnlyList<UnitRow>> ListAsync(
        ProgressScope scope,
        UnitFilter filter,
        UnitSort sort,
        bool descending,
        int skip,
        int? take,
        CancellationToken cancellationToken
    )
    {
        var (round, kind, done) = (scope.Round.RoundId, scope.Filter.Kind, scope.Filter.Done);
        var like = filter.Search is null ? null : $"%{ProgressRounds.EscapeLike(filter.Search)}%";
        var state = filter.State is { } wanted ? SnakeCase.Of(wanted) : null;
        var live = scope.AsOf is null;
        var (key, direction) = (SnakeCase.Of(sort), descending ? -1 : 1);
        return await db
            .Database.SqlQuery<UnitRow>(
                $"""
                select o.lao_id, o.code, o.abbreviation_th as lao_th, o.name_en as lao_en, o.kind, o.district_id,
                    o.district_th, o.district_en, o.province_id, o.province_th, o.province_en,
                    p.is_done as recorded, p.is_exempt, s.state, count(*) over ()::int as total
                from round_roster o
                join unit_progress({round}, {scope.Forms}::text[], {scope.AsOf}::date) p on p.lao_id = o.lao_id
                left join unit_state({round}, {scope.Forms}::text[]) s on s.lao_id = o.lao_id and {live}
                where o.round_id = {round}
                    and ({filter.ProvinceId}::int is null or o.province_id = {filter.ProvinceId})
                    and ({filter.DistrictId}::int is null or o.district_id = {filter.DistrictId})
                    and ({kind}::text is null or o.kind = {kind})
                    and ({done}::boolean is null or (p.is_done = {done} and not p.is_exempt))
                    and ({state}::text is null or s.state = {state})
                    and ({like}::text is null or o.abbreviation_th ilike {like} or o.name_en ilike {like} or o.code like {like})
                order by
                    case {key}
                        when 'name' then rank() over (order by o.name_th collate thai)
                        when 'district' then rank() over (order by o.district_th collate thai)
                        when 'province' then rank() over (order by o.province_th collate thai)
                        when 'kind' then array_position(array['pao', 'city_municipality', 'town_municipality',
                            'subdistrict_municipality', 'sao', 'special'], o.kind)
                        when 'recorded' then p.is_done::int
                    end * {direction},
                    o.province_order * case when {key} = 'report' then {direction} else 1 end, o.province_th collate thai,
                    o.district_order, o.district_th collate thai, o.report_order, o.abbreviation_th collate thai, o.lao_id
                offset {skip} limit {take}
                """
            )
            .ToListAsync(cancellationToken);
    }

    /// <summary>One LAO of the roster; null when the round does not ask it.</summary>
    public Task<UnitRow?> FindAsync(ProgressRound round, int laoId, CancellationToken cancellationToken) =>
        db
            .Database.SqlQuery<UnitRow>(
                $"""
                select o.lao_id, o.code, o.abbreviation_th as lao_th, o.name_en as lao_en, o.kind, o.district_id,
                    o.district_th, o.district_en, o.province_id, o.province_th, o.province_en,
                    u.is_done as recorded, u.is_exempt, s.state, 1 as total
                from round_roster o
                join round_unit u using (round_id, lao_id)
                left join round_unit_state s using (round_id, lao_id)
                where o.round_id = {round.RoundId} and o.lao_id = {laoId}
                """
            )
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>Its forms in the round: done or not for everybody, the state in scope.</summary>
    public async Task<IReadOnlyList<UnitTopic>> TopicsAsync(
        ProgressRound round,
        int laoId,
        CancellationToken cancellationToken
    ) =>
        await db
            .Database.SqlQuery<UnitTopic>(
                $"""
                select f.form_id, f.sector, f.title_th, f.title_en, coalesce(d.done, 0) > 0 as recorded,
                    coalesce(d.exempt, 0) > 0 as is_exempt, s.state, s.is_nil, s.state_changed_at
                from round_form r
                join form f using (form_id)
                left join (
                    select k.form_id, sum(k.done_delta) as done, sum(k.exempt_delta) as exempt
                    from progress_day k
                    where k.round_id = {round.RoundId} and k.lao_id = {laoId} and k.form_id is not null
                    group by k.form_id) d using (form_id)
                left join submission s on s.lao_id = {laoId} and s.round_id = {round.RoundId} and s.form_id = r.form_id
                where r.round_id = {round.RoundId}
                order by f.sector, f.report_order, f.title_th collate thai
                """
            )
            .ToListAsync(cancellationToken);
}

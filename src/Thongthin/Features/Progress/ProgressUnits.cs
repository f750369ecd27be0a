using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Submissions;

namespace Thongthin.Features.Progress;

/// <summary>Which LAOs of a table are listed; null = all.</summary>
/// <param name="SupervisorId">the office that follows them up, by the roster</param>
/// <param name="State">of the six; finds LAOs in the actor's scope only</param>
/// <param name="Late">not recorded although the deadline has passed; in the actor's scope only</param>
/// <param name="Mine">in the actor's scope</param>
internal sealed record UnitFilter(
    int? ProvinceId = null,
    int? DistrictId = null,
    int? SupervisorId = null,
    string? Search = null,
    SubmissionState? State = null,
    bool Late = false,
    bool Mine = false
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
    State,

    /// <summary>The one in which nothing has moved for longest first.</summary>
    Changed,
}

/// <summary>An LAO in the list of those that a number counted.</summary>
/// <param name="State">null outside the actor's scope, and of a past day</param>
/// <param name="ChangedAt">when one of its forms changed its state last; as <paramref name="State"/></param>
/// <param name="ExtendedUntil">the latest day that its deadline was extended to; as <paramref name="State"/></param>
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
    int SupervisorId,
    string? SupervisorKind,
    string? SupervisorTh,
    string? SupervisorEn,
    bool Recorded,
    bool IsExempt,
    SubmissionState? State,
    DateTimeOffset? ChangedAt,
    DateOnly? ExtendedUntil,
    int Total
)
{
    /// <summary>Nothing was recorded, or it was returned: what a deadline that has passed makes late.</summary>
    public bool IsOutstanding =>
        State is SubmissionState.NotStarted or SubmissionState.InProgress or SubmissionState.Returned;

    /// <summary>In force for this LAO.</summary>
    public DateOnly Deadline(ProgressRound round) =>
        ExtendedUntil > round.Deadline ? ExtendedUntil.Value : round.Deadline;

    /// <summary>Days since the deadline, when it is outstanding; null: not late.</summary>
    public int? DaysLate(ProgressRound round, DateOnly today) =>
        IsOutstanding && today > Deadline(round) ? today.DayNumber - Deadline(round).DayNumber : null;
}

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
        // late is what the deadline of the round makes of it; before that day nobody is
        var (late, isPast) = (filter.Late, scope.Today > scope.Round.Deadline);
        // Ids and keys alone are sorted, and a text only where it is the key: Thai collation and wide rows would cost more
        // than all the rest. What a page shows is joined to its rows.
        var key = SnakeCase.Of(sort);
        var (direction, up, down) = (descending ? -1 : 1, descending ? "" : key, descending ? key : "");
        return await db
            .Database.SqlQuery<UnitRow>(
                $"""
                select o.lao_id, o.code, o.abbreviation_th as lao_th, o.name_en as lao_en, o.kind, o.district_id,
                    o.district_th, o.district_en, o.province_id, o.province_th, o.province_en,
                    o.supervising_unit_id as supervisor_id, v.kind as supervisor_kind, v.name_th as supervisor_th,
                    v.name_en as supervisor_en, x.is_done as recorded, x.is_exempt, x.state, x.changed_at, x.extended_until, x.total
                from (
                    select y.*, row_number() over () as place
                    from (
                        select o.lao_id, p.is_done, p.is_exempt, s.state, s.changed_at, e.extended_until,
                            count(*) over ()::int as total
                        from round_roster o
                        join unit_progress({round}, {scope.Forms}::text[], {scope.AsOf}::date) p on p.lao_id = o.lao_id
                        left join unit_state({round}, {scope.Forms}::text[]) s on s.lao_id = o.lao_id and {live}
                        left join (
                            select x.lao_id, max(x.extended_until) as extended_until from submission x
                            where x.round_id = {round} and x.extended_until is not null
                            group by x.lao_id) e on e.lao_id = o.lao_id and {live}
                        where o.round_id = {round}
                            and ({filter.ProvinceId}::int is null or o.province_id = {filter.ProvinceId})
                            and ({filter.DistrictId}::int is null or o.district_id = {filter.DistrictId})
                            and ({filter.SupervisorId}::int is null or o.supervising_unit_id = {filter.SupervisorId})
                            and (not {filter.Mine} or actor_everywhere() or o.lao_id = any ((select actor_scope())::int[]))
                            and ({kind}::text is null or o.kind = {kind})
                            and ({done}::boolean is null or (p.is_done = {done} and not p.is_exempt))
                            and ({state}::text is null or s.state = {state})
                            and (not {late} or ({isPast} and s.state in ('not_started', 'in_progress', 'returned')
                                and coalesce(e.extended_until < {scope.Today}, true)))
                            and ({like}::text is null or o.abbreviation_th ilike {like} or o.name_en ilike {like} or o.code like {like})
                        order by
                            case {up} when 'name' then o.name_th when 'district' then o.district_th
                                when 'province' then o.province_th end collate thai,
                            case {down} when 'name' then o.name_th when 'district' then o.district_th
                                when 'province' then o.province_th end collate thai desc,
                            case {key}
                                when 'kind' then array_position(array['pao', 'city_municipality', 'town_municipality',
                                    'subdistrict_municipality', 'sao', 'special'], o.kind)
                                when 'recorded' then p.is_done::int
                                when 'state' then state_rank(s.state)
                                when 'changed' then coalesce(extract(epoch from s.changed_at), 0)
                            end * {direction},
                            o.province_order * case when {key} = 'report' then {direction} else 1 end,
                            o.province_th collate thai, o.district_order, o.district_th collate thai, o.report_order,
                            o.abbreviation_th collate thai, o.lao_id
                        offset {skip} limit {take}) y) x
                join round_roster o on o.round_id = {round} and o.lao_id = x.lao_id
                left join unit_version v on v.unit_id = o.supervising_unit_id and v.valid_to is null
                order by x.place
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
                    o.supervising_unit_id as supervisor_id, v.kind as supervisor_kind, v.name_th as supervisor_th,
                    v.name_en as supervisor_en, u.is_done as recorded, u.is_exempt, s.state, s.changed_at,
                    (select max(x.extended_until) from submission x
                        where x.round_id = o.round_id and x.lao_id = o.lao_id) as extended_until, 1 as total
                from round_roster o
                join round_unit u using (round_id, lao_id)
                left join round_unit_state s using (round_id, lao_id)
                left join unit_version v on v.unit_id = o.supervising_unit_id and v.valid_to is null
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

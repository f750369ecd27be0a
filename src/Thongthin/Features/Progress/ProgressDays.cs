using Microsoft.EntityFrameworkCore;
using Thongthin.Data;

namespace Thongthin.Features.Progress;

/// <summary>A round's line: its days and how many LAOs were asked.</summary>
/// <param name="Asked">of its roster, the exempt included</param>
internal sealed record DaysOfRound(ProgressRound Round, int Asked, IReadOnlyList<DayCount> Days);

/// <summary>By how many the done and the exempt LAOs grew on a day.</summary>
internal sealed record DayCount(DateOnly Day, int Done, int Exempt);

/// <summary>How many LAOs became done on each day, from what is kept by LAO and day; two rounds cost one statement.</summary>
internal sealed class ProgressDays(AppDb db)
{
    /// <summary>
    /// The round of the fiscal year before that asked most of the same topics: the one to compare with. Null when there is none.
    /// </summary>
    public Task<ProgressRound?> YearBeforeAsync(ProgressScope scope, CancellationToken cancellationToken) =>
        db
            .Database.SqlQuery<ProgressRound>(
                $"""
                select r.round_id, r.slug, r.fiscal_year, r.title_th, r.title_en, r.opens_on, r.deadline, r.closes_on, r.done_means
                from round r
                join round_form f using (round_id)
                where r.fiscal_year = {scope.Round.FiscalYear
                    - 1} and r.opened_at is not null and r.cancelled_at is null
                    and f.form_id in (select x.form_id from round_form x where x.round_id = {scope.Round.RoundId})
                    and ({scope.Forms}::text[] is null or f.form_id = any ({scope.Forms}::text[]))
                group by r.round_id
                order by count(*) desc, r.deadline desc, r.slug
                limit 1
                """
            )
            .FirstOrDefaultAsync(cancellationToken);

    /// <param name="rounds">the round of the scope and, where there is one, the one before</param>
    public async Task<IReadOnlyList<DaysOfRound>> ListAsync(
        ProgressScope scope,
        IReadOnlyList<ProgressRound> rounds,
        int? provinceId,
        int? districtId,
        CancellationToken cancellationToken
    )
    {
        var (kind, ids) = (scope.Filter.Kind, rounds.Select(r => r.RoundId).ToArray());
        var rows = await db
            .Database.SqlQuery<DayRow>(
                $"""
                with roster as (
                    select o.round_id, o.lao_id from round_roster o
                    where o.round_id = any ({ids}) and ({kind}::text is null or o.kind = {kind})
                        and ({provinceId}::int is null or o.province_id = {provinceId})
                        and ({districtId}::int is null or o.district_id = {districtId})
                ), asked as (
                    select f.round_id, count(*) as forms from round_form f
                    where f.round_id = any ({ids}) and f.form_id = any ({scope.Forms}::text[]) group by f.round_id
                ), moves as (
                    select k.round_id, k.lao_id, k.day, k.done_delta as done, k.exempt_delta as exempt
                    from progress_day k
                    where k.round_id = any ({ids}) and k.form_id is null and {scope.Forms}::text[] is null
                    union all
                    select round_id, lao_id, day, is_done - lag(is_done, 1, 0) over w, is_exempt - lag(is_exempt, 1, 0) over w
                    from (
                        select t.round_id, t.lao_id, t.day,
                            (t.done > 0 and t.done + t.exempt = a.forms)::int as is_done, (t.exempt = a.forms)::int as is_exempt
                        from (
                            select k.round_id, k.lao_id, k.day,
                                sum(sum(k.done_delta)) over (partition by k.round_id, k.lao_id order by k.day) as done,
                                sum(sum(k.exempt_delta)) over (partition by k.round_id, k.lao_id order by k.day) as exempt
                            from progress_day k
                            where k.round_id = any ({ids}) and k.form_id = any ({scope.Forms}::text[])
                            group by k.round_id, k.lao_id, k.day) t
                        join asked a using (round_id)) s
                    window w as (partition by round_id, lao_id order by day)
                )
                select round_id, null::date as day, count(*)::int as done, 0 as exempt from roster group by round_id
                union all
                select m.round_id, m.day, sum(m.done)::int, sum(m.exempt)::int
                from moves m join roster using (round_id, lao_id)
                group by m.round_id, m.day
                """
            )
            .ToListAsync(cancellationToken);
        return
        [
            .. rounds.Select(round =>
            {
                var own = rows.Where(r => r.RoundId == round.RoundId).ToList();
                return new DaysOfRound(
                    round,
                    own.Where(r => r.Day is null).Sum(r => r.Done),
                    [
                        .. own.Where(r => r.Day is not null)
                            .Select(r => new DayCount(r.Day!.Value, r.Done, r.Exempt))
                            .OrderBy(d => d.Day),
                    ]
                );
            }),
        ];
    }

    /// <param name="Day">null: the row counts the roster</param>
    private sealed record DayRow(Guid RoundId, DateOnly? Day, int Done, int Exempt);
}

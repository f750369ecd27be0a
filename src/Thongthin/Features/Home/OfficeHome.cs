using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Rounds;
using Thongthin.Features.Submissions;

namespace Thongthin.Features.Home;

/// <summary>One round as an office sees it: its own LAOs by state; for the Department the whole country.</summary>
internal sealed record OfficeRoundRow(
    string Slug,
    int FiscalYear,
    string TitleTh,
    string TitleEn,
    DateOnly Deadline,
    DateOnly ClosesOn,
    DoneMeans DoneMeans,
    int Asked,
    int Done,
    int Exempt,
    int NotStarted,
    int InProgress,
    int Returned,
    int Extended
)
{
    /// <summary>Exempt LAOs leave the denominator.</summary>
    public int Counted => Asked - Exempt;

    public int NotDone => Counted - Done;

    /// <summary>Nothing recorded, or returned, after the deadline.</summary>
    public int Late(DateOnly today) => today > Deadline ? NotStarted + InProgress + Returned - Extended : 0;
}

/// <summary>A submission that came in lately, or that was returned and waits for the LAO.</summary>
internal sealed record OfficeSubmissionRow(
    int LaoId,
    string FormId,
    int FiscalYear,
    string Kind,
    string LaoTh,
    string LaoEn,
    string TitleTh,
    string TitleEn,
    SubmissionState State,
    bool IsNil,
    DateTimeOffset StateChangedAt,
    bool IsReviewed
)
{
    public SubmissionPath Path => new(LaoId, FormId, FiscalYear);
}

/// <summary>What an office sees on its home page. Who is in scope is what the database says: today's supervision.</summary>
internal sealed class OfficeHomeQueries(AppDb db)
{
    private const int Latest = 8;

    /// <summary>Rounds that are open, and those that closed within the last year; the nearest deadline first.</summary>
    public async Task<IReadOnlyList<OfficeRoundRow>> RoundsAsync(DateOnly today, CancellationToken cancellationToken) =>
        await db
            .Database.SqlQuery<OfficeRoundRow>(
                $"""
                select r.slug, r.fiscal_year, r.title_th, r.title_en, r.deadline, r.closes_on, r.done_means,
                    u.asked, u.done, u.exempt, u.not_started, u.in_progress, u.returned, u.extended
                from round r
                cross join lateral (
                    select count(*)::int as asked, (count(*) filter (where u.is_done))::int as done,
                        (count(*) filter (where u.is_exempt))::int as exempt,
                        (count(*) filter (where v.state = 'not_started'))::int as not_started,
                        (count(*) filter (where v.state = 'in_progress'))::int as in_progress,
                        (count(*) filter (where v.state = 'returned'))::int as returned,
                        (count(*) filter (where e.lao_id is not null
                            and v.state in ('not_started', 'in_progress', 'returned')))::int as extended
                    from round_unit u
                    join round_unit_state v using (round_id, lao_id)
                    left join (
                        select distinct x.lao_id from submission x
                        where x.round_id = r.round_id and x.extended_until >= {today}) e on e.lao_id = u.lao_id
                    where u.round_id = r.round_id) u
                where r.opened_at is not null and r.cancelled_at is null and r.opens_on <= {today}
                    and r.closes_on > {today.AddYears(-1)} and u.asked > 0
                order by r.closes_on < {today}, r.deadline, r.slug
                """
            )
            .ToListAsync(cancellationToken);

    /// <summary>The latest that were recorded and not looked at yet, of rounds that closed within the last year or are open.</summary>
    public Task<List<OfficeSubmissionRow>> CameInAsync(DateOnly today, CancellationToken cancellationToken) =>
        LatestAsync("recorded", today, cancellationToken);

    /// <summary>The latest that were returned and wait for the LAO.</summary>
    public Task<List<OfficeSubmissionRow>> ReturnedAsync(DateOnly today, CancellationToken cancellationToken) =>
        LatestAsync("returned", today, cancellationToken);

    private Task<List<OfficeSubmissionRow>> LatestAsync(
        string state,
        DateOnly today,
        CancellationToken cancellationToken
    ) =>
        db
            .Database.SqlQuery<OfficeSubmissionRow>(
                $"""
                select s.lao_id, s.form_id, s.fiscal_year, o.kind, o.abbreviation_th as lao_th, o.name_en as lao_en, f.title_th,
                    f.title_en, s.state, s.is_nil, s.state_changed_at, s.reviewed_at is not null as is_reviewed
                from (
                    select x.* from submission x
                    join round r using (round_id)
                    where x.state = {state} and r.cancelled_at is null
                        and (x.state = 'returned'
                            or (r.closes_on > {today.AddYears(-1)}
                                and (x.reviewed_at is null or x.reviewed_at < x.state_changed_at)))
                    order by x.state_changed_at desc
                    limit {Latest}) s
                join round_roster o using (round_id, lao_id)
                join form f using (form_id)
                order by s.state_changed_at desc
                """
            )
            .ToListAsync(cancellationToken);
}

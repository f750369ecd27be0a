using Microsoft.EntityFrameworkCore;
using Thongthin.Data;

namespace Thongthin.Features.Submissions;

internal sealed partial class SubmissionQueries
{
    private const string ToCertifySql =
        """
            select s.lao_id, s.submission_id, r.slug as round_slug, r.title_th as round_title_th, r.title_en as round_title_en,
                s.form_id, f.title_th, f.title_en, f.sector, s.fiscal_year, s.is_nil, s.recorded_at,
                coalesce((select e.user_name from submission_event e
                    where e.lao_id = s.lao_id and e.submission_id = s.submission_id and e.to_state = 'recorded'
                    order by e.number desc limit 1), '') as recorded_by,
            """
        + SeenColumn
        + """
             as seen,
                not u.allows_self_certification and
            """
        + RecordedBySql
        + """
             as recorded_by_self
            from submission s
            join round r using (round_id)
            join form f using (form_id)
            join unit u on u.unit_id = s.lao_id
            where s.lao_id = {1} and s.state = 'recorded' and r.cancelled_at is null
            order by r.deadline, r.slug, f.sector, f.report_order, f.form_id
            """;

    /// <summary>Did person {0} record any of submission s: typed into a sheet, or submitted, or declared it nil?</summary>
    internal const string RecordedBySql = """
        (exists (select from submission_event e
            where e.lao_id = s.lao_id and e.submission_id = s.submission_id and e.user_id = {0}
              and e.action in ('save', 'submit', 'nil'))
        or exists (select from answer_sheet a
            where a.lao_id = s.lao_id and a.submission_id = s.submission_id and a.draft_by = {0})
        or exists (select from answer_sheet a
            join answer_version v on v.lao_id = a.lao_id and v.answer_sheet_id = a.answer_sheet_id
            where a.lao_id = s.lao_id and a.submission_id = s.submission_id and v.author_id = {0}))
        """;

    /// <summary>What came in and who is not done, in the actor's scope; by province, district and LAO in report order.</summary>
    public async Task<ReviewPage> ListReviewAsync(ReviewFilter filter, CancellationToken cancellationToken)
    {
        var search = string.IsNullOrWhiteSpace(filter.Search) ? null : filter.Search.Trim();
        var state = filter.State is { } s ? SnakeCase.Of(s) : null;
        var skip = Math.Max(0, filter.Page - 1) * PageSize;
        var rows = await db
            .Database.SqlQuery<StoredReview>(
                $"""
                select s.lao_id, s.submission_id, r.slug as round_slug, s.form_id, s.fiscal_year, f.title_th, f.title_en,
                    o.name_th as lao_name_th, o.name_en as lao_name_en, o.abbreviation_th, o.kind,
                    o.district_th, o.district_en, o.province_th, o.province_en,
                    s.state, s.is_nil, state_is_done(s.state, r.done_means) as is_done, s.state_changed_at, s.recorded_at,
                    s.reviewed_at, r.opens_on, greatest(r.deadline, s.extended_until) as deadline,
                    greatest(r.closes_on, s.extended_until) as closes_on, s.open_until, count(*) over ()::int as total
                from submission s
                join round r using (round_id)
                join form f using (form_id)
                join round_roster o using (round_id, lao_id)
                where r.opened_at is not null
                  and ({filter.RoundId}::uuid is null or s.round_id = {filter.RoundId}::uuid)
                  and ({filter.FormId}::text is null or s.form_id = {filter.FormId}::text)
                  and ({state}::text is null or s.state = {state}::text)
                  and ({filter.Done}::boolean is null
                    or (s.state <> 'exempt' and state_is_done(s.state, r.done_means) = {filter.Done}::boolean))
                  and ({filter.Reviewed}::boolean is null
                    or (s.state in ('recorded', 'certified')
                      and coalesce(s.reviewed_at >= s.recorded_at, false) = {filter.Reviewed}::boolean))
                  and ({filter.ProvinceId}::int is null or o.province_id = {filter.ProvinceId}::int)
                  and ({filter.DistrictId}::int is null or o.district_id = {filter.DistrictId}::int)
                  and ({search}::text is null or position(lower({search}::text) in
                    lower(concat_ws(' ', o.abbreviation_th, o.name_th, o.name_en, o.code))) > 0)
                order by r.deadline desc, r.slug, o.province_order, o.province_id, o.district_order, o.district_id,
                    o.report_order, o.code, f.sector, f.report_order, f.form_id
                limit {PageSize} offset {skip}
                """
            )
            .ToListAsync(cancellationToken);
        return new ReviewPage([.. rows.Select(ToRow)], rows is [var first, ..] ? first.Total : 0);
    }

    /// <summary>Recorded submissions of the LAO, with what each was when it was read.</summary>
    public async Task<IReadOnlyList<ToCertifyRow>> ListToCertifyAsync(int laoId, CancellationToken cancellationToken)
    {
        var rows = await db
            .Database.SqlQueryRaw<StoredToCertify>(ToCertifySql, Actor.UserId ?? Guid.Empty, laoId)
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(r => new ToCertifyRow(
                new(r.LaoId, r.SubmissionId),
                r.RoundSlug,
                r.RoundTitleTh,
                r.RoundTitleEn,
                r.FormId,
                r.TitleTh,
                r.TitleEn,
                r.Sector,
                r.FiscalYear,
                r.IsNil,
                r.RecordedAt,
                r.RecordedBy,
                r.Seen,
                r.RecordedBySelf
            )),
        ];
    }

    private ReviewRow ToRow(StoredReview r) =>
        new(
            new(r.LaoId, r.SubmissionId),
            r.RoundSlug,
            r.FormId,
            r.FiscalYear,
            r.TitleTh,
            r.TitleEn,
            r.LaoNameTh,
            r.LaoNameEn,
            r.AbbreviationTh,
            r.Kind,
            r.DistrictTh,
            r.DistrictEn,
            r.ProvinceTh,
            r.ProvinceEn,
            r.State,
            r.IsNil,
            new EditingWindow(true, false, r.OpensOn, r.Deadline, r.ClosesOn, r.OpenUntil).IsLate(
                r.RecordedAt,
                IsRecorded(r.State),
                Actor.At
            ),
            r.IsDone,
            r.StateChangedAt,
            r.RecordedAt,
            r.ReviewedAt
        );

    private sealed record StoredReview(
        int LaoId,
        Guid SubmissionId,
        string RoundSlug,
        string FormId,
        int FiscalYear,
        string TitleTh,
        string TitleEn,
        string LaoNameTh,
        string LaoNameEn,
        string AbbreviationTh,
        string Kind,
        string DistrictTh,
        string DistrictEn,
        string ProvinceTh,
        string ProvinceEn,
        SubmissionState State,
        bool IsNil,
        bool IsDone,
        DateTimeOffset? StateChangedAt,
        DateTimeOffset? RecordedAt,
        DateTimeOffset? ReviewedAt,
        DateOnly OpensOn,
        DateOnly Deadline,
        DateOnly ClosesOn,
        DateOnly? OpenUntil,
        int Total
    );

    private sealed record StoredToCertify(
        int LaoId,
        Guid SubmissionId,
        string RoundSlug,
        string RoundTitleTh,
        string RoundTitleEn,
        string FormId,
        string TitleTh,
        string TitleEn,
        int Sector,
        int FiscalYear,
        bool IsNil,
        DateTimeOffset RecordedAt,
        string RecordedBy,
        string Seen,
        bool RecordedBySelf
    );
}

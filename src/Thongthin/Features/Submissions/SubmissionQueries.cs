using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Rounds;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Submissions;

/// <summary>
/// Reads. The database shows only what is in the actor's scope, so nothing here filters by it; what is not visible is
/// null or absent.
/// </summary>
internal sealed partial class SubmissionQueries(AppDb db)
{
    public const int PageSize = 50;

    /// <summary>The latest return or send-back that is not answered yet; alias n, of submission s.</summary>
    private const string ReturnNoteJoin = """
        left join lateral (
            select e.action, e.at, e.user_name, e.unit_name, e.reason, e.detail
            from submission_event e
            where e.lao_id = s.lao_id and e.submission_id = s.submission_id
              and (s.state = 'returned' and e.action = 'return'
                or s.state = 'in_progress' and e.action = 'send_back' and not exists (
                    select from submission_event l
                    where l.lao_id = e.lao_id and l.submission_id = e.submission_id
                      and l.number > e.number and l.from_state <> l.to_state))
            order by e.number desc limit 1) n on true
        """;

    /// <summary>What is on the screen when submission s is read: its history's length and every sheet's revision and status.</summary>
    internal const string SeenColumn = """
        encode(sha256(convert_to(concat_ws(',', s.event_count, (
            select string_agg(concat_ws(':', a.answer_sheet_id, a.revision, a.status), ',' order by a.answer_sheet_id)
            from answer_sheet a where a.lao_id = s.lao_id and a.submission_id = s.submission_id)), 'UTF8')), 'hex')
        """;

    private const string HomeSql =
        """
            select s.lao_id, s.submission_id, s.form_id, s.state, s.is_nil, s.open_until, s.recorded_at, s.certified_at,
                r.round_id, r.slug, r.fiscal_year, r.title_th as round_title_th, r.title_en as round_title_en, r.opens_on,
                greatest(r.deadline, s.extended_until) as deadline, greatest(r.closes_on, s.extended_until) as closes_on,
                r.deadline as round_deadline, r.done_means, r.contact, f.title_th, f.title_en, f.sector, f.shape,
                n.action as note_action, n.at as note_at, n.user_name as note_user_name, n.unit_name as note_unit_name,
                n.reason as note_reason, n.detail as note_detail
            from submission s
            join round r using (round_id)
            join form f using (form_id)
            """
        + ReturnNoteJoin
        + """

            where s.lao_id = {0} and r.opened_at is not null and r.cancelled_at is null
              and exists (
                select from submission x
                where x.lao_id = s.lao_id and x.round_id = s.round_id
                  and (r.closes_on >= {1} or x.open_until >= {1} or x.extended_until >= {1} or x.state = 'returned'
                    or (x.state = 'recorded' and r.done_means = 'certified')))
            order by r.deadline, r.slug, f.sector, f.report_order, f.form_id
            """;

    private const string DetailSql =
        """
            select s.lao_id, s.submission_id, s.form_id, s.form_version, s.fiscal_year, s.state, s.is_nil, s.event_count,
                s.state_changed_at, s.recorded_at, s.certified_at, s.open_until, s.reviewed_at,
                r.round_id, r.slug, r.title_th as round_title_th, r.title_en as round_title_en, r.opens_on,
                greatest(r.deadline, s.extended_until) as deadline, greatest(r.closes_on, s.extended_until) as closes_on,
                r.deadline as round_deadline, r.done_means, r.opened_at, r.cancelled_at,
                f.title_th, f.title_en, f.sector, f.shape,
                o.name_th as lao_name_th, o.name_en as lao_name_en, o.abbreviation_th, o.kind, o.district_th, o.district_en,
                o.province_th, o.province_en,
                exists (select from submission_event e
                    where e.lao_id = s.lao_id and e.submission_id = s.submission_id and e.action = 'amend') as is_amended,
                (select c.certificate_id from certificate c
                    where c.lao_id = s.lao_id and c.submission_id = s.submission_id and c.voided_at is null) as certificate_id,
            """
        + SeenColumn
        + """
             as seen,
                n.action as note_action, n.at as note_at, n.user_name as note_user_name, n.unit_name as note_unit_name,
                n.reason as note_reason, n.detail as note_detail
            from submission s
            join round r using (round_id)
            join form f using (form_id)
            join round_roster o using (round_id, lao_id)

            """
        + ReturnNoteJoin
        + " where s.lao_id = {0} and s.submission_id = {1}";

    private Actor Actor => db.Actor;

    private DateOnly Today => BangkokTime.Day(db.Actor.At);

    /// <summary>Rounds that are open, about to open, or where something of this LAO is still editable or waiting; by deadline.</summary>
    public async Task<IReadOnlyList<HomeRound>> ListHomeAsync(int laoId, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQueryRaw<HomeRow>(HomeSql, laoId, Today).ToListAsync(cancellationToken);
        return [.. rows.GroupBy(r => r.RoundId).Select(g => Round([.. g]))];
    }

    /// <summary>Null when it is missing or out of scope.</summary>
    public async Task<SubmissionDetail?> FindAsync(SubmissionKey key, CancellationToken cancellationToken)
    {
        var rows = await db
            .Database.SqlQueryRaw<DetailRow>(DetailSql, key.LaoId, key.SubmissionId)
            .ToListAsync(cancellationToken);
        return rows is [var row] ? Detail(row) : null;
    }

    private HomeRound Round(List<HomeRow> rows)
    {
        var r = rows[0];
        var topics = rows.ConvertAll(Topic);
        // what was done in time was not extended: the later day is the one that still matters
        var (deadline, closesOn) = (rows.Max(row => row.Deadline), rows.Max(row => row.ClosesOn));
        return new HomeRound(
            r.RoundId,
            r.Slug,
            r.FiscalYear,
            r.RoundTitleTh,
            r.RoundTitleEn,
            r.OpensOn,
            deadline,
            closesOn,
            r.RoundDeadline,
            deadline.DayNumber - Today.DayNumber,
            r.OpensOn <= Today && Today <= closesOn,
            r.DoneMeans,
            r.Contact,
            topics
        );
    }

    private HomeTopic Topic(HomeRow r)
    {
        var window = new EditingWindow(true, false, r.OpensOn, r.Deadline, r.ClosesOn, r.OpenUntil);
        return new HomeTopic(
            new(r.LaoId, r.SubmissionId),
            r.FormId,
            r.TitleTh,
            r.TitleEn,
            r.Sector,
            r.Shape,
            r.State,
            r.IsNil,
            window.IsLate(r.RecordedAt, IsRecorded(r.State), Actor.At),
            SubmissionMoves.IsEditable(r.State) && window.IsOpen(Today),
            r.OpenUntil,
            r.RecordedAt,
            r.CertifiedAt,
            Next(r.State, r.DoneMeans, window),
            Note(r.NoteAction, r.NoteAt, r.NoteUserName, r.NoteUnitName, r.NoteReason, r.NoteDetail)
        );
    }

    private NextStep Next(SubmissionState state, DoneMeans doneMeans, EditingWindow window)
    {
        var isCertifier = Actor.Role == Role.Certifier;
        if (state == SubmissionState.Recorded)
        {
            return isCertifier ? NextStep.Certify
                : doneMeans == DoneMeans.Certified ? NextStep.WaitForCertifier
                : NextStep.None;
        }
        if (!SubmissionMoves.IsEditable(state) || isCertifier)
        {
            return NextStep.None;
        }
        if (!window.IsOpen(Today))
        {
            return Today < window.OpensOn ? NextStep.WaitForOpening : NextStep.Closed;
        }
        return state switch
        {
            SubmissionState.NotStarted => NextStep.Start,
            SubmissionState.Returned => NextStep.Correct,
            _ => NextStep.Continue,
        };
    }

    private SubmissionDetail Detail(DetailRow r)
    {
        var window = new EditingWindow(
            r.OpenedAt is not null,
            r.CancelledAt is not null,
            r.OpensOn,
            r.Deadline,
            r.ClosesOn,
            r.OpenUntil
        );
        return new SubmissionDetail(
            new(r.LaoId, r.SubmissionId),
            r.RoundId,
            r.Slug,
            r.RoundTitleTh,
            r.RoundTitleEn,
            r.FiscalYear,
            r.OpensOn,
            r.Deadline,
            r.ClosesOn,
            r.RoundDeadline,
            r.DoneMeans,
            r.FormId,
            r.FormVersion,
            r.TitleTh,
            r.TitleEn,
            r.Sector,
            r.Shape,
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
            window.IsLate(r.RecordedAt, IsRecorded(r.State), Actor.At),
            r.IsAmended,
            r.EventCount,
            r.StateChangedAt,
            r.RecordedAt,
            r.CertifiedAt,
            r.OpenUntil,
            r.ReviewedAt,
            r.CertificateId,
            Note(r.NoteAction, r.NoteAt, r.NoteUserName, r.NoteUnitName, r.NoteReason, r.NoteDetail),
            SubmissionMoves.IsEditable(r.State) && window.IsOpen(Today),
            SubmissionAccess.May(Actor, r.State, window, Today),
            r.Seen
        );
    }

    private static bool IsRecorded(SubmissionState state) =>
        state is SubmissionState.Recorded or SubmissionState.Certified;

    private static ReturnNote? Note(
        SubmissionAction? action,
        DateTimeOffset? at,
        string? userName,
        string? unitName,
        string? reason,
        string? detail
    ) =>
        action is null
            ? null
            : new ReturnNote(
                action.Value,
                at!.Value,
                userName!,
                unitName!,
                reason!,
                EventDetail.Read(detail!).Fields ?? []
            );

    private sealed record HomeRow(
        int LaoId,
        Guid SubmissionId,
        string FormId,
        SubmissionState State,
        bool IsNil,
        DateOnly? OpenUntil,
        DateTimeOffset? RecordedAt,
        DateTimeOffset? CertifiedAt,
        Guid RoundId,
        string Slug,
        int FiscalYear,
        string RoundTitleTh,
        string RoundTitleEn,
        DateOnly OpensOn,
        DateOnly Deadline,
        DateOnly ClosesOn,
        DateOnly RoundDeadline,
        DoneMeans DoneMeans,
        string Contact,
        string TitleTh,
        string TitleEn,
        int Sector,
        FormShape Shape,
        SubmissionAction? NoteAction,
        DateTimeOffset? NoteAt,
        string? NoteUserName,
        string? NoteUnitName,
        string? NoteReason,
        string? NoteDetail
    );

    private sealed record DetailRow(
        int LaoId,
        Guid SubmissionId,
        string FormId,
        int FormVersion,
        int FiscalYear,
        SubmissionState State,
        bool IsNil,
        int EventCount,
        DateTimeOffset? StateChangedAt,
        DateTimeOffset? RecordedAt,
        DateTimeOffset? CertifiedAt,
        DateOnly? OpenUntil,
        DateTimeOffset? ReviewedAt,
        Guid RoundId,
        string Slug,
        string RoundTitleTh,
        string RoundTitleEn,
        DateOnly OpensOn,
        DateOnly Deadline,
        DateOnly ClosesOn,
        DateOnly RoundDeadline,
        DoneMeans DoneMeans,
        DateTimeOffset? OpenedAt,
        DateTimeOffset? CancelledAt,
        string TitleTh,
        string TitleEn,
        int Sector,
        FormShape Shape,
        string LaoNameTh,
        string LaoNameEn,
        string AbbreviationTh,
        string Kind,
        string DistrictTh,
        string DistrictEn,
        string ProvinceTh,
        string ProvinceEn,
        bool IsAmended,
        Guid? CertificateId,
        string Seen,
        SubmissionAction? NoteAction,
        DateTimeOffset? NoteAt,
        string? NoteUserName,
        string? NoteUnitName,
        string? NoteReason,
        string? NoteDetail
    );
}

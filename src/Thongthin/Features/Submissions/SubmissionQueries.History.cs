using System.Text;
using Microsoft.EntityFrameworkCore;
using Thongthin.Features.Accounts;

namespace Thongthin.Features.Submissions;

internal sealed partial class SubmissionQueries
{
    /// <summary>The whole history, newest first.</summary>
    public async Task<IReadOnlyList<EventRow>> ListEventsAsync(SubmissionKey key, CancellationToken cancellationToken)
    {
        var events = await db
            .Database.SqlQuery<StoredEvent>(
                $"""
                select e.number, e.at, e.action, e.from_state, e.to_state, e.user_name, e.role, e.unit_name, e.reason, e.detail,
                    coalesce(u.kind, '') as unit_kind, coalesce(u.name_en, '') as unit_name_en
                from submission_event e
                left join unit_version u on u.unit_id = e.unit_id and u.valid_from <= (e.at at time zone 'Asia/Bangkok')::date
                    and (u.valid_to is null or u.valid_to > (e.at at time zone 'Asia/Bangkok')::date)
                where e.lao_id = {key.LaoId} and e.submission_id = {key.SubmissionId}
                order by e.number desc
                """
            )
            .ToListAsync(cancellationToken);
        return
        [
            .. events.Select(e => new EventRow(
                e.Number,
                e.At,
                e.Action,
                e.FromState,
                e.ToState,
                e.UserName,
                e.Role,
                e.UnitName,
                UnitLabel.English(e.UnitKind, e.UnitNameEn),
                e.Reason,
                EventDetail.Read(e.Detail).Fields ?? []
            )),
        ];
    }

    /// <summary>An event with what its unit was called on that day.</summary>
    private sealed record StoredEvent(
        int Number,
        DateTimeOffset At,
        SubmissionAction Action,
        SubmissionState FromState,
        SubmissionState ToState,
        string UserName,
        string Role,
        string UnitName,
        string Reason,
        string Detail,
        string UnitKind,
        string UnitNameEn
    );

    /// <summary>Versions of one sheet, newest first, each with its changes against the one before.</summary>
    public async Task<IReadOnlyList<VersionRow>> ListVersionsAsync(
        SubmissionKey key,
        Guid sheetId,
        CancellationToken cancellationToken
    )
    {
        var versions = await db
            .Database.SqlQuery<StoredVersion>(
                $"""
                select v.number, v.revision, v.status, v.answers, v.opened_at, v.closed_at, v.author_name,
                    (select u.name_th from unit_version u where u.unit_id = v.officer_unit_id order by u.valid_from desc limit 1)
                        as officer_unit_name
                from (
                    select lao_id, answer_sheet_id, number, revision, status, answers, opened_at, closed_at, author_name,
                        officer_unit_id
                    from answer_version
                    union all
                    select a.lao_id, a.answer_sheet_id,
                        1 + coalesce((select max(n.number) from answer_version n
                            where n.lao_id = a.lao_id and n.answer_sheet_id = a.answer_sheet_id), 0),
                        a.revision, a.status, a.answers, a.draft_opened_at, null, coalesce(a.draft_by_name, ''), a.officer_unit_id
                    from answer_sheet a where a.draft_opened_at is not null) v
                join answer_sheet a on a.lao_id = v.lao_id and a.answer_sheet_id = v.answer_sheet_id
                where v.lao_id = {key.LaoId} and v.answer_sheet_id = {sheetId} and a.submission_id = {key.SubmissionId}
                order by v.number
                """
            )
            .ToListAsync(cancellationToken);
        var rows = new List<VersionRow>(versions.Count);
        // a carried record starts from last year's answers, not from nothing
        var sheet = versions.Count == 0 ? null : await FindSheetAsync(key, sheetId, cancellationToken);
        var before = sheet is { RecordId: not null, PreviousAnswers: { } carried } ? carried : "{}";
        foreach (var v in versions)
        {
            rows.Add(
                new VersionRow(
                    v.Number,
                    v.Revision,
                    v.Status,
                    v.OpenedAt,
                    v.ClosedAt,
                    v.AuthorName,
                    v.OfficerUnitName,
                    AnswerDifference.Between(before, v.Answers)
                )
            );
            before = v.Answers;
        }
        rows.Reverse();
        return rows;
    }

    /// <summary>Null when it is missing or out of scope.</summary>
    public async Task<CertificateDetail?> FindCertificateAsync(
        int laoId,
        Guid certificateId,
        CancellationToken cancellationToken
    ) =>
        await db.Set<Certificate>()
            .FirstOrDefaultAsync(c => c.LaoId == laoId && c.CertificateId == certificateId, cancellationToken)
            is { } certificate
            ? Detail(certificate)
            : null;

    /// <summary>All certificates of one submission, newest first.</summary>
    public async Task<IReadOnlyList<CertificateDetail>> ListCertificatesAsync(
        SubmissionKey key,
        CancellationToken cancellationToken
    ) =>
        [
            .. (
                await db.Set<Certificate>()
                    .Where(c => c.LaoId == key.LaoId && c.SubmissionId == key.SubmissionId)
                    .OrderByDescending(c => c.CertifiedAt)
                    .ToListAsync(cancellationToken)
            ).Select(Detail),
        ];

    /// <summary>All certificates of an LAO's fiscal year, whatever the topic.</summary>
    public async Task<IReadOnlyList<CertificateDetail>> ListCertificatesAsync(
        int laoId,
        int fiscalYear,
        CancellationToken cancellationToken
    ) =>
        [
            .. (
                await (
                    from c in db.Set<Certificate>()
                    join s in db.Set<Submission>()
                        on new { c.LaoId, c.SubmissionId } equals new { s.LaoId, s.SubmissionId }
                    where c.LaoId == laoId && s.FiscalYear == fiscalYear
                    orderby c.CertifiedAt
                    select c
                ).ToListAsync(cancellationToken)
            ).Select(Detail),
        ];

    /// <summary>The newest certificate of each of these submissions that has one, by submission.</summary>
    public async Task<IReadOnlyDictionary<Guid, CertificateDetail>> LatestCertificatesAsync(
        int laoId,
        IReadOnlyCollection<Guid> submissions,
        CancellationToken cancellationToken
    ) =>
        (
            await db.Set<Certificate>()
                .FromSql(
                    $"""
                    select distinct on (submission_id) * from certificate
                    where lao_id = {laoId} and submission_id = any({submissions.ToArray()})
                    order by submission_id, certified_at desc, certificate_id desc
                    """
                )
                .AsNoTracking()
                .ToListAsync(cancellationToken)
        ).ToDictionary(certificate => certificate.SubmissionId, Detail);

    private static CertificateDetail Detail(Certificate c) =>
        new(
            c.CertificateId,
            new(c.LaoId, c.SubmissionId),
            Encoding.UTF8.GetString(c.Content),
            Convert.ToHexStringLower(c.Sha256),
            c.CertifiedAt,
            c.CertifierName,
            c.CertifierPosition,
            c.VoidedAt,
            c.VoidReason,
            c.Signature is { } signature ? Convert.ToBase64String(signature) : null,
            c.SigningKeyId,
            c.CheckCode
        );

    private sealed record StoredVersion(
        int Number,
        int Revision,
        SheetStatus Status,
        string Answers,
        DateTimeOffset OpenedAt,
        DateTimeOffset? ClosedAt,
        string AuthorName,
        string? OfficerUnitName
    );
}

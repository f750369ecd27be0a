using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Evidence;

/// <summary>What one topic of an LAO's fiscal year shows of being complete and current.</summary>
/// <param name="Sheets">records and sheets in force</param>
/// <param name="OldestChange">when the answer that has stood longest was last changed; null: no answer</param>
/// <param name="NewestChange">when any answer was last changed</param>
/// <param name="CertifiedAt">of the certificate that stands; null: none does</param>
internal sealed record EvidenceRow(
    string FormId,
    int Sector,
    string TitleTh,
    string TitleEn,
    SubmissionState State,
    bool IsNil,
    bool IsAmended,
    DateTimeOffset? RecordedAt,
    DateOnly Deadline,
    DateOnly RoundDeadline,
    int Sheets,
    int Answered,
    int Required,
    int Warnings,
    DateTimeOffset? OldestChange,
    DateTimeOffset? NewestChange,
    Guid? CertificateId,
    DateTimeOffset? CertifiedAt,
    string? CertifierPosition,
    string? CheckCode
)
{
    public bool IsDone => State is SubmissionState.Recorded or SubmissionState.Certified;

    /// <summary>Null before it is recorded.</summary>
    public bool? IsLate => RecordedAt is { } at && IsDone ? at >= BangkokTime.EndOfDay(Deadline) : null;
}

/// <summary>Reads what the annual assessment of an LAO asks for; nothing outside the scope is there.</summary>
internal sealed class EvidenceQueries(AppDb db)
{
    /// <summary>Every topic asked in that fiscal year, by sector; one statement whatever their number.</summary>
    public async Task<IReadOnlyList<EvidenceRow>> ListAsync(
        int laoId,
        int fiscalYear,
        CancellationToken cancellationToken
    ) =>
        await db
            .Database.SqlQuery<EvidenceRow>(
                $"""
                select s.form_id, f.sector, f.title_th, f.title_en, s.state, s.is_nil,
                    exists (select from submission_event e
                        where e.lao_id = s.lao_id and e.submission_id = s.submission_id and e.action = 'amend') as is_amended,
                    s.recorded_at, greatest(r.deadline, s.extended_until) as deadline, r.deadline as round_deadline, t.sheets, t.answered, t.required, t.warnings, t.oldest_change, t.newest_change,
                    c.certificate_id, c.certified_at, c.certifier_position, c.check_code
                from submission s
                join round r using (round_id)
                join form f using (form_id)
                left join certificate c
                    on c.lao_id = s.lao_id and c.submission_id = s.submission_id and c.voided_at is null
                cross join lateral (
                    select count(*)::int as sheets, coalesce(sum(a.answered), 0)::int as answered,
                        coalesce(sum(a.required), 0)::int as required, coalesce(sum(a.warnings), 0)::int as warnings,
                        min(coalesce(x.oldest, a.saved_at)) as oldest_change,
                        max(coalesce(x.newest, a.saved_at)) as newest_change
                    from answer_sheet a
                    left join lateral (
                        select min(y.at) as oldest, max(y.at) as newest
                        from jsonb_each_text(a.field_revision) k
                        cross join lateral (
                            select coalesce(
                                (select min(v.closed_at) from answer_version v
                                    where v.lao_id = a.lao_id and v.answer_sheet_id = a.answer_sheet_id
                                      and v.revision >= k.value::int),
                                a.saved_at) as at) y) x on true
                    where a.lao_id = s.lao_id and a.submission_id = s.submission_id and a.status <> 'removed') t
                where s.lao_id = {laoId} and s.fiscal_year = {fiscalYear} and r.opened_at is not null and r.cancelled_at is null
                order by f.sector, f.report_order, f.form_id
                """
            )
            .ToListAsync(cancellationToken);
}

using Microsoft.EntityFrameworkCore;

namespace Thongthin.Features.Submissions;

internal sealed partial class SubmissionQueries
{
    /// <summary>Sheets of submission ({0}, {1}); the office that helped is named as of today.</summary>
    private const string SheetSql = """
        select a.answer_sheet_id as sheet_id, a.record_id, c.record_number, a.label, a.status, a.answers, a.revision,
            a.blocking_issues, a.warnings, a.answered, a.required, a.saved_at, a.draft_by_name as saved_by,
            (select u.name_th from unit_version u
                where u.unit_id = coalesce(a.officer_unit_id, (
                    select v.officer_unit_id from answer_version v
                    where v.lao_id = a.lao_id and v.answer_sheet_id = a.answer_sheet_id and v.officer_unit_id is not null
                    order by v.number desc limit 1))
                order by u.valid_from desc limit 1) as officer_unit_name,
            p.answers as previous_answers, p.fiscal_year as previous_fiscal_year
        from answer_sheet a
        join submission s using (lao_id, submission_id)
        left join record c using (lao_id, record_id)
        left join lateral (
            select b.answers, t.fiscal_year
            from submission t
            join answer_sheet b on b.lao_id = t.lao_id and b.submission_id = t.submission_id
            where t.lao_id = s.lao_id and t.form_id = s.form_id and t.fiscal_year < s.fiscal_year
              and b.record_id is not distinct from a.record_id
            order by t.fiscal_year desc limit 1) p on true
        where a.lao_id = {0} and a.submission_id = {1}
        """;

    private const string ListedSheetSql = """
        select a.answer_sheet_id as sheet_id, a.record_id, c.record_number, a.label, a.status, a.blocking_issues,
            a.warnings, a.answered, a.required, a.revision, a.saved_at, a.draft_by_name as saved_by,
            (select u.name_th from unit_version u
                where u.unit_id = coalesce(a.officer_unit_id, (
                    select v.officer_unit_id from answer_version v
                    where v.lao_id = a.lao_id and v.answer_sheet_id = a.answer_sheet_id and v.officer_unit_id is not null
                    order by v.number desc limit 1))
                order by u.valid_from desc limit 1) as officer_unit_name,
            coalesce(c.first_fiscal_year < s.fiscal_year, false) as is_carried, a.remove_reason
        from answer_sheet a
        join submission s using (lao_id, submission_id)
        left join record c using (lao_id, record_id)
        where a.lao_id = {0} and a.submission_id = {1}
        order by c.record_number nulls first
        """;

    /// <summary>
    /// Records of earlier fiscal years, in force in the latest of them, without a sheet in submission ({0}, {1}).
    /// </summary>
    internal const string UncarriedSql = """
        select x.record_id, x.record_number, x.label, x.fiscal_year, x.sheet_id
        from (
            select distinct on (c.record_id) c.record_id, c.record_number, b.label, t.fiscal_year,
                b.answer_sheet_id as sheet_id, b.status
            from submission s
            join record c on c.lao_id = s.lao_id and c.form_id = s.form_id
            join answer_sheet b on b.lao_id = c.lao_id and b.record_id = c.record_id
            join submission t on t.lao_id = b.lao_id and t.submission_id = b.submission_id and t.fiscal_year < s.fiscal_year
            where s.lao_id = {0} and s.submission_id = {1}
              and not exists (
                select from answer_sheet a
                where a.lao_id = s.lao_id and a.submission_id = s.submission_id and a.record_id = c.record_id)
            order by c.record_id, t.fiscal_year desc) x
        where x.status <> 'removed'
        order by x.record_number
        """;

    /// <summary>Sheets in force, removed ones, and records of earlier years that wait to be confirmed or removed.</summary>
    public async Task<RegisterDetail> ReadRegisterAsync(SubmissionKey key, CancellationToken cancellationToken)
    {
        var sheets = await db
            .Database.SqlQueryRaw<SheetRow>(ListedSheetSql, key.LaoId, key.SubmissionId)
            .ToListAsync(cancellationToken);
        var uncarried = await ListUncarriedAsync(key, cancellationToken);
        return new RegisterDetail(
            [.. sheets.Where(s => s.Status != SheetStatus.Removed)],
            [.. sheets.Where(s => s.Status == SheetStatus.Removed)],
            uncarried
        );
    }

    /// <summary>One sheet of the submission; null when it has none by that id.</summary>
    public async Task<SheetDetail?> FindSheetAsync(
        SubmissionKey key,
        Guid sheetId,
        CancellationToken cancellationToken
    ) =>
        (
            await db
                .Database.SqlQueryRaw<StoredSheet>(
                    SheetSql + " and a.answer_sheet_id = {2}",
                    key.LaoId,
                    key.SubmissionId,
                    sheetId
                )
                .ToListAsync(cancellationToken)
        )
            is [var row]
            ? row.ToDetail(key)
            : null;

    /// <summary>The annual form's sheet; null before the first save. Previous answers come with <see cref="FindPreviousAsync"/> then.</summary>
    public async Task<SheetDetail?> FindAnnualSheetAsync(SubmissionKey key, CancellationToken cancellationToken) =>
        (
            await db
                .Database.SqlQueryRaw<StoredSheet>(SheetSql + " and a.record_id is null", key.LaoId, key.SubmissionId)
                .ToListAsync(cancellationToken)
        )
            is [var row]
            ? row.ToDetail(key)
            : null;

    /// <summary>The annual form's answers (JSON) in the latest earlier fiscal year; null when there are none.</summary>
    public Task<PreviousSheet?> FindPreviousAsync(SubmissionKey key, CancellationToken cancellationToken) =>
        PreviousSheet.FindAsync(db, key, cancellationToken);

    /// <summary>Every sheet in force with its answers: what the certifier reads and certifies, by record number.</summary>
    public async Task<IReadOnlyList<SheetDetail>> ListSheetsAsync(
        SubmissionKey key,
        CancellationToken cancellationToken
    ) =>
        [
            .. (
                await db
                    .Database.SqlQueryRaw<StoredSheet>(
                        SheetSql + " and a.status <> 'removed' order by c.record_number nulls first",
                        key.LaoId,
                        key.SubmissionId
                    )
                    .ToListAsync(cancellationToken)
            ).Select(row => row.ToDetail(key)),
        ];

    private async Task<IReadOnlyList<UncarriedRecord>> ListUncarriedAsync(
        SubmissionKey key,
        CancellationToken cancellationToken
    ) =>
        await db
            .Database.SqlQueryRaw<UncarriedRecord>(UncarriedSql, key.LaoId, key.SubmissionId)
            .ToListAsync(cancellationToken);

    private sealed record StoredSheet(
        Guid SheetId,
        Guid? RecordId,
        string? RecordNumber,
        string Label,
        SheetStatus Status,
        string Answers,
        int Revision,
        int BlockingIssues,
        int Warnings,
        int Answered,
        int Required,
        DateTimeOffset SavedAt,
        string? SavedBy,
        string? OfficerUnitName,
        string? PreviousAnswers,
        int? PreviousFiscalYear
    )
    {
        public SheetDetail ToDetail(SubmissionKey key) =>
            new(
                SheetId,
                key,
                RecordId,
                RecordNumber,
                Label,
                Status,
                Answers,
                Revision,
                BlockingIssues,
                Warnings,
                Answered,
                Required,
                SavedAt,
                SavedBy,
                OfficerUnitName,
                PreviousAnswers,
                PreviousFiscalYear
            );
    }
}

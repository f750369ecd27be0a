using Microsoft.EntityFrameworkCore;

namespace Thongthin.Features.Submissions;

internal sealed partial class SubmissionQueries
{
    /// <summary>The submission at an address: LAO, form, fiscal year. Null when it is missing or out of scope.</summary>
    public async Task<SubmissionDetail?> FindAsync(
        int laoId,
        string formId,
        int fiscalYear,
        CancellationToken cancellationToken
    ) =>
        await FindKeyAsync(laoId, formId, fiscalYear, cancellationToken) is { } key
            ? await FindAsync(key, cancellationToken)
            : null;

    /// <summary>Which submission stands at an address, and nothing else of it. Null when it is missing or out of scope.</summary>
    public async Task<SubmissionKey?> FindKeyAsync(
        int laoId,
        string formId,
        int fiscalYear,
        CancellationToken cancellationToken
    )
    {
        var ids = await db
            .Database.SqlQuery<Guid>(
                $"""
                select submission_id as "Value" from submission
                where lao_id = {laoId} and form_id = {formId} and fiscal_year = {fiscalYear}
                """
            )
            .ToListAsync(cancellationToken);
        return ids is [var id] ? new SubmissionKey(laoId, id) : null;
    }

    /// <summary>The sheet of a record in this submission; null when it has none.</summary>
    public async Task<SheetDetail?> FindRecordSheetAsync(
        SubmissionKey key,
        Guid recordId,
        CancellationToken cancellationToken
    ) =>
        (
            await db
                .Database.SqlQueryRaw<StoredSheet>(
                    SheetSql + " and a.record_id = {2}",
                    key.LaoId,
                    key.SubmissionId,
                    recordId
                )
                .ToListAsync(cancellationToken)
        )
            is [var row]
            ? row.ToDetail(key)
            : null;
}

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
    )
    {
        var id = await db.Set<Submission>()
            .Where(s => s.LaoId == laoId && s.FormId == formId && s.FiscalYear == fiscalYear)
            .Select(s => (Guid?)s.SubmissionId)
            .FirstOrDefaultAsync(cancellationToken);
        return id is { } found ? await FindAsync(new SubmissionKey(laoId, found), cancellationToken) : null;
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

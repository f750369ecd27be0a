using Microsoft.EntityFrameworkCore;
using Thongthin.Data;

namespace Thongthin.Features.Submissions;

/// <summary>Answers of an annual form (JSON) in an earlier fiscal year.</summary>
internal sealed record PreviousSheet(string Answers, int FiscalYear)
{
    /// <summary>Those of the latest earlier year; null when there are none.</summary>
    public static async Task<PreviousSheet?> FindAsync(
        AppDb db,
        SubmissionKey key,
        CancellationToken cancellationToken
    ) =>
        (
            await db
                .Database.SqlQuery<PreviousSheet>(
                    $"""
                    select b.answers, t.fiscal_year
                    from submission s
                    join submission t on t.lao_id = s.lao_id and t.form_id = s.form_id and t.fiscal_year < s.fiscal_year
                    join answer_sheet b on b.lao_id = t.lao_id and b.submission_id = t.submission_id and b.record_id is null
                    where s.lao_id = {key.LaoId} and s.submission_id = {key.SubmissionId}
                    order by t.fiscal_year desc limit 1
                    """
                )
                .ToListAsync(cancellationToken)
        )
            is [var row]
            ? row
            : null;
}

using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions.Facts;

/// <summary>
/// Makes all facts again from what was recorded last: the sheets as they stood then, also of a submission that is open for
/// correction now. It may run beside people who work.
/// </summary>
internal sealed class RebuildFacts(AppDb db, FormLibrary forms)
{
    /// <summary>Whether all facts were ever made to the end: one that was killed on the way does not count.</summary>
    public async Task<bool> WasDoneAsync(CancellationToken cancellationToken) =>
        (
            await db
                .Database.SqlQuery<bool>(
                    $"""
                    select exists (
                        select from audit_event where action = 'facts_rebuilt' and subject = 'form') as "Value"
                    """
                )
                .ToListAsync(cancellationToken)
        )[0];

    /// <param name="formId">null: every form</param>
    /// <param name="progress">called after each batch with the number of submissions so far</param>
    /// <exception cref="Refusal">not_allowed: for the job alone.</exception>
    public async Task<RebuiltFacts> ExecuteAsync(
        Actor actor,
        string? formId,
        Action<int> progress,
        CancellationToken cancellationToken
    )
    {
        if (actor.Kind != ActorKind.Job)
        {
            throw new Refusal("not_allowed");
        }
        var rebuilt = await FactBatches.RebuildAsync(db, forms, actor, formId, null, progress, cancellationToken);
        await AuditLog.WriteAsync(
            db,
            actor,
            "facts_rebuilt",
            formId is null ? "form" : $"form/{formId}",
            null,
            new { rebuilt.Submissions, rebuilt.Facts },
            cancellationToken
        );
        return rebuilt;
    }
}

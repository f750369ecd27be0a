using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>The Department's administrator takes a submission out of the count, with a reason; from any state but certified.</summary>
internal sealed class ExemptSubmission(AppDb db)
{
    /// <exception cref="Refusal">submission_not_found, reason_required, move_not_allowed, wrong_state.</exception>
    public async Task ExecuteAsync(Actor actor, SubmissionKey key, string reason, CancellationToken cancellationToken)
    {
        reason = Reasons.Require(reason);
        await using var submission = await LockedSubmission.OpenAsync(db, actor, key, cancellationToken);
        await submission.MoveAsync(SubmissionAction.Exempt, reason, null, cancellationToken);
        await submission.AuditAsync("submission_exempted", null, cancellationToken);
        await submission.CommitAsync(cancellationToken);
    }
}

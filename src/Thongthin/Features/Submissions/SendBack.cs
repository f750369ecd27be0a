using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>The certifier sends a recorded submission back to the recorder, with a reason: recorded → in progress.</summary>
internal sealed class SendBack(AppDb db)
{
    /// <exception cref="Refusal">submission_not_found, reason_required, move_not_allowed, wrong_state, round_closed.</exception>
    public async Task ExecuteAsync(Actor actor, SubmissionKey key, string reason, CancellationToken cancellationToken)
    {
        reason = Reasons.Require(reason);
        await using var submission = await LockedSubmission.OpenAsync(db, actor, key, cancellationToken);
        submission.RequireMove(SubmissionAction.SendBack);
        submission.RequireOpen();
        await submission.MoveAsync(SubmissionAction.SendBack, reason, null, cancellationToken);
        await submission.AuditAsync("submission_sent_back", null, cancellationToken);
        await submission.CommitAsync(cancellationToken);
    }
}

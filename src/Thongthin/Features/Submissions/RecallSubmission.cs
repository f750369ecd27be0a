using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>The recorder takes back what was submitted and not certified: recorded → in progress.</summary>
internal sealed class RecallSubmission(AppDb db)
{
    /// <exception cref="Refusal">submission_not_found, move_not_allowed, wrong_state, round_closed.</exception>
    public async Task ExecuteAsync(Actor actor, SubmissionKey key, CancellationToken cancellationToken)
    {
        await using var submission = await LockedSubmission.OpenAsync(db, actor, key, cancellationToken);
        submission.RequireMove(SubmissionAction.Recall);
        submission.RequireOpen();
        await submission.MoveAsync(SubmissionAction.Recall, "", null, cancellationToken);
        await submission.AuditAsync("submission_recalled", null, cancellationToken);
        await submission.CommitAsync(cancellationToken);
    }
}

using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>
/// Opens a certified submission for change: certified → in progress. The certificate becomes void and is kept. The
/// recorder may while the round is open; after closing only an officer, which keeps it open for the round's number of days.
/// </summary>
internal sealed class AmendSubmission(AppDb db)
{
    /// <exception cref="Refusal">submission_not_found, reason_required, move_not_allowed, wrong_state, round_closed, round_cancelled.</exception>
    public async Task ExecuteAsync(Actor actor, SubmissionKey key, string reason, CancellationToken cancellationToken)
    {
        reason = Reasons.Require(reason);
        await using var submission = await LockedSubmission.OpenAsync(db, actor, key, cancellationToken);
        submission.RequireMove(SubmissionAction.Amend);
        submission.RequireNotCancelled();
        var allowedByOfficer = actor.Role == Role.Officer;
        if (!allowedByOfficer)
        {
            submission.RequireOpen();
        }
        await submission.MoveAsync(SubmissionAction.Amend, reason, null, cancellationToken);
        await submission.VoidCertificateAsync(reason, cancellationToken);
        if (allowedByOfficer)
        {
            await submission.KeepOpenAsync(cancellationToken);
        }
        await submission.AuditAsync("submission_amended", null, cancellationToken);
        await submission.CommitAsync(cancellationToken);
    }
}

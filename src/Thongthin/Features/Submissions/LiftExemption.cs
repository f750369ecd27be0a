using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>The Department's administrator ends an exemption: back to the state that the exemption found.</summary>
internal sealed class LiftExemption(AppDb db)
{
    /// <exception cref="Refusal">submission_not_found, move_not_allowed, wrong_state.</exception>
    public async Task ExecuteAsync(Actor actor, SubmissionKey key, string reason, CancellationToken cancellationToken)
    {
        await using var submission = await LockedSubmission.OpenAsync(db, actor, key, cancellationToken);
        submission.RequireMove(SubmissionAction.Lift);
        var before = await db.Set<SubmissionEvent>()
            .Where(e => e.LaoId == key.LaoId && e.SubmissionId == key.SubmissionId)
            .Where(e => e.ToState == SubmissionState.Exempt && e.FromState != SubmissionState.Exempt)
            .OrderByDescending(e => e.Number)
            .Select(e => e.FromState)
            .FirstAsync(cancellationToken);
        await submission.AddEventAsync(SubmissionAction.Lift, before, reason.Trim(), null, cancellationToken);
        await submission.AuditAsync("exemption_lifted", null, cancellationToken);
        await submission.CommitAsync(cancellationToken);
    }
}

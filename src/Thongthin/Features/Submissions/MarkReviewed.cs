using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>An officer of an office above says that the submission was looked at. The state stays.</summary>
internal sealed class MarkReviewed(AppDb db)
{
    /// <param name="note">optional, shown in the history</param>
    /// <exception cref="Refusal">submission_not_found, move_not_allowed, wrong_state.</exception>
    public async Task ExecuteAsync(Actor actor, SubmissionKey key, string note, CancellationToken cancellationToken)
    {
        await using var submission = await LockedSubmission.OpenAsync(db, actor, key, cancellationToken);
        if (actor.Role != Role.Officer)
        {
            throw new Refusal("move_not_allowed");
        }
        if (submission.State is not (SubmissionState.Recorded or SubmissionState.Certified))
        {
            throw new Refusal("wrong_state");
        }
        var at = actor.At.ToUniversalTime();
        await submission.AddEventAsync(SubmissionAction.Review, submission.State, note.Trim(), null, cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            update submission set reviewed_at = {at}
            where lao_id = {key.LaoId} and submission_id = {key.SubmissionId}
            """,
            cancellationToken
        );
        await submission.AuditAsync("submission_reviewed", null, cancellationToken);
        await submission.CommitAsync(cancellationToken);
    }
}

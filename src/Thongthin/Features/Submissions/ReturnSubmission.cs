using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>
/// An officer of an office above returns a recorded or certified submission with a reason, pointing at fields if it
/// helps. It is open again for the round's number of days, also after closing; a certificate becomes void and stays.
/// </summary>
internal sealed class ReturnSubmission(AppDb db)
{
    /// <param name="fields">what the reason is about; may be empty</param>
    /// <exception cref="Refusal">submission_not_found, reason_required, move_not_allowed, wrong_state, round_cancelled.</exception>
    public async Task ExecuteAsync(
        Actor actor,
        SubmissionKey key,
        string reason,
        IReadOnlyList<FieldReference> fields,
        CancellationToken cancellationToken
    )
    {
        reason = Reasons.Require(reason);
        await using var submission = await LockedSubmission.OpenAsync(db, actor, key, cancellationToken);
        submission.RequireMove(SubmissionAction.Return);
        submission.RequireNotCancelled();
        await submission.MoveAsync(SubmissionAction.Return, reason, new EventDetail(fields), cancellationToken);
        await submission.VoidCertificateAsync(reason, cancellationToken);
        await submission.KeepOpenAsync(cancellationToken);
        await submission.AuditAsync("submission_returned", new { fields = fields.Count }, cancellationToken);
        await submission.CommitAsync(cancellationToken);
    }
}

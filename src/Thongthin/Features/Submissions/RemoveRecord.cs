using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>Takes a record out of force for the year, with a reason. Nothing is deleted; <see cref="RestoreRecord"/> undoes it.</summary>
internal sealed class RemoveRecord(AppDb db)
{
    /// <exception cref="Refusal">submission_not_found, record_not_found, reason_required, not_allowed, answers_frozen, round_closed.</exception>
    public async Task ExecuteAsync(
        Actor actor,
        SubmissionKey key,
        Guid recordId,
        string reason,
        CancellationToken cancellationToken
    )
    {
        await using var submission = await LockedSubmission.OpenAsync(db, actor, key, cancellationToken);
        throw new NotImplementedException(recordId + reason);
    }
}

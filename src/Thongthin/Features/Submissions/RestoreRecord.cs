using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>Undoes a removal within the year: the record is a draft again.</summary>
internal sealed class RestoreRecord(AppDb db)
{
    /// <param name="recordId">a removed record of this submission</param>
    /// <exception cref="Refusal">submission_not_found, record_not_found, not_allowed, answers_frozen, round_closed, not_a_register.</exception>
    public async Task ExecuteAsync(Actor actor, SubmissionKey key, Guid recordId, CancellationToken cancellationToken)
    {
        await using var submission = await LockedSubmission.OpenAsync(db, actor, key, cancellationToken);
        throw new NotImplementedException(recordId.ToString());
    }
}

using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>Starts this year's sheet of a record from its last values; they stay unconfirmed until the LAO confirms them.</summary>
internal sealed class CarryRecord(AppDb db)
{
    /// <param name="recordId">Returns the sheet; the same again returns the same sheet</param>
    /// <exception cref="Refusal">submission_not_found, record_not_found, not_allowed, answers_frozen, round_closed, not_a_register.</exception>
    public async Task<Guid> ExecuteAsync(
        Actor actor,
        SubmissionKey key,
        Guid recordId,
        CancellationToken cancellationToken
    )
    {
        await using var submission = await LockedSubmission.OpenAsync(db, actor, key, cancellationToken);
        throw new NotImplementedException(recordId.ToString());
    }
}

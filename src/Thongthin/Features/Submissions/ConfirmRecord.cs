using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>The LAO confirms a record for the year. A carried record without a sheet is confirmed unchanged.</summary>
internal sealed class ConfirmRecord(AppDb db)
{
    /// <param name="recordId">Returns the blocking issues that prevented it; empty = confirmed</param>
    /// <exception cref="Refusal">submission_not_found, record_not_found, not_allowed, answers_frozen, round_closed, not_a_register.</exception>
    public async Task<IReadOnlyList<SheetIssue>> ExecuteAsync(
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

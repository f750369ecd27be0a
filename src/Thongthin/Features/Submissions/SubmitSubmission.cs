using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>The recorder says that it is complete: everything is validated again, and only a complete submission is recorded.</summary>
internal sealed class SubmitSubmission(AppDb db)
{
    /// <returns>The blocking issues that prevented it, with sheet and path; empty = recorded.</returns>
    /// <exception cref="Refusal">submission_not_found, move_not_allowed, wrong_state, round_closed.</exception>
    public async Task<IReadOnlyList<SheetIssue>> ExecuteAsync(
        Actor actor,
        SubmissionKey key,
        CancellationToken cancellationToken
    )
    {
        await using var submission = await LockedSubmission.OpenAsync(db, actor, key, cancellationToken);
        throw new NotImplementedException();
    }
}

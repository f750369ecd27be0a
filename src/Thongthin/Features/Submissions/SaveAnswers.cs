using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>
/// Stores what a person typed into one sheet. An invalid draft is stored too: problems are data. A save conflicts only
/// where a field that it changes was changed by somebody since the revision it started from; then nothing of it is
/// stored and both values are returned.
/// </summary>
internal sealed class SaveAnswers(AppDb db)
{
    /// <exception cref="Refusal">submission_not_found, sheet_not_found, not_allowed, answers_frozen, round_closed (with the last day), round_not_open_yet, record_removed.</exception>
    public async Task<SaveResult> ExecuteAsync(
        Actor actor,
        SubmissionKey key,
        SaveRequest request,
        CancellationToken cancellationToken
    )
    {
        await using var submission = await LockedSubmission.OpenAsync(db, actor, key, cancellationToken);
        throw new NotImplementedException(request.SaveKey.ToString());
    }
}

using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>Adds a record to a register: a number that is assigned once, and an empty sheet for the year.</summary>
internal sealed class AddRecord(AppDb db)
{
    /// <param name="recordId">made by the page; the same id twice (a double click) makes one record. Returns the sheet</param>
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

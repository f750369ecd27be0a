using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>"We have none this year": a register is recorded as nil. Refused while a record is in force that year.</summary>
internal sealed class DeclareNil(AppDb db)
{
    /// <exception cref="Refusal">submission_not_found, not_a_register, nil_with_records (with their number), move_not_allowed, wrong_state, round_closed.</exception>
    public async Task ExecuteAsync(Actor actor, SubmissionKey key, CancellationToken cancellationToken)
    {
        await using var submission = await LockedSubmission.OpenAsync(db, actor, key, cancellationToken);
        throw new NotImplementedException();
    }
}

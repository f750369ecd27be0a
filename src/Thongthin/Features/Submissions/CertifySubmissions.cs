using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>What the certifier had on the screen: <see cref="SubmissionDetail.Seen"/> of it.</summary>
internal sealed record SeenSubmission(SubmissionKey Key, string Seen);

/// <summary>
/// The certifier certifies one or several recorded submissions in one act (the page has checked the password). All or
/// none: each must be exactly what was on the screen.
/// </summary>
internal sealed class CertifySubmissions(AppDb db)
{
    /// <returns>The certificates, in the order given.</returns>
    /// <exception cref="Refusal">submission_not_found, nothing_to_certify, move_not_allowed, wrong_state, seen_changed (with the form's title), certifier_recorded (with the form's title).</exception>
    public async Task<IReadOnlyList<Guid>> ExecuteAsync(
        Actor actor,
        IReadOnlyList<SeenSubmission> seen,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        throw new NotImplementedException(actor.DisplayName + seen.Count);
    }
}

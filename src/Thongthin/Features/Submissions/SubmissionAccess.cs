using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>
/// Who sees and edits a submission. Seeing is the database's scope: what is outside it is not there. Editing is for the
/// recorder of the LAO itself and for officers of an office above it. Missing and not yours answer alike: null, a 404.
/// </summary>
internal sealed class SubmissionAccess(AppDb db)
{
    /// <summary>The submission if the actor may see it, whoever may edit it.</summary>
    public async Task<Submission?> FindVisibleAsync(
        Actor actor,
        SubmissionKey key,
        CancellationToken cancellationToken
    ) =>
        actor == db.Actor
            ? await db.Set<Submission>()
                .FirstOrDefaultAsync(s => s.LaoId == key.LaoId && s.SubmissionId == key.SubmissionId, cancellationToken)
            : throw new InvalidOperationException("The connection was opened for another actor.");

    /// <summary>
    /// The submission if this actor is one who edits it; null when it is missing or not theirs. State and days are not
    /// looked at: a closed or frozen submission is found, and the operation says why it cannot be changed.
    /// </summary>
    public async Task<Submission?> FindEditableAsync(
        Actor actor,
        SubmissionKey key,
        CancellationToken cancellationToken
    ) => MayEdit(actor, key.LaoId) ? await FindVisibleAsync(actor, key, cancellationToken) : null;

    /// <summary>By role alone; the scope of an officer is checked by the database, which shows nothing outside it.</summary>
    public static bool MayEdit(Actor actor, int laoId) =>
        actor.Kind == ActorKind.Job
        || (actor.Role == Role.Recorder && actor.Level == UnitLevel.Lao && actor.UnitId == laoId)
        || (actor.Role == Role.Officer && actor.Level != UnitLevel.Lao);

    /// <summary>The officer's unit that marks help; null when the LAO itself (or the job) writes.</summary>
    public static int? HelpingUnit(Actor actor) => actor.Role == Role.Officer ? actor.UnitId : null;

    /// <summary>What this actor may do now with a submission that is in its scope.</summary>
    public static IReadOnlySet<SubmissionAction> May(
        Actor actor,
        SubmissionState state,
        EditingWindow window,
        DateOnly today
    )
    {
        var open = window.IsOpen(today);
        var may = Enum.GetValues<SubmissionAction>()
            .Where(action => SubmissionMoves.Allows(action, state, actor.Role, actor.Level))
            .Where(action => open || !NeedsOpenRound(action, actor.Role))
            .ToHashSet();
        if (open && SubmissionMoves.IsEditable(state) && (actor.Role is Role.Recorder or Role.Officer))
        {
            may.Add(SubmissionAction.Save);
        }
        if (actor.Role == Role.Officer && state is (SubmissionState.Recorded or SubmissionState.Certified))
        {
            may.Add(SubmissionAction.Review);
        }
        return may;
    }

    /// <summary>
    /// After closing nobody records. Recall and send-back would leave the LAO with something it cannot submit again;
    /// then only an officer's return or amendment opens it, which they do for the round's number of days.
    /// </summary>
    public static bool NeedsOpenRound(SubmissionAction action, Role? role) =>
        action switch
        {
            SubmissionAction.Save
            or SubmissionAction.Nil
            or SubmissionAction.Submit
            or SubmissionAction.Recall
            or SubmissionAction.SendBack => true,
            SubmissionAction.Amend => role == Role.Recorder,
            _ => false,
        };
}

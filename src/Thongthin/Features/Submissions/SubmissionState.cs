using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>The six states of domain.md section 5, least advanced first but for exempt.</summary>
internal enum SubmissionState
{
    NotStarted,
    InProgress,
    Returned,
    Recorded,
    Certified,
    Exempt,
}

/// <summary>What can happen to a submission; the names are those of submission_event.action in snake case.</summary>
internal enum SubmissionAction
{
    Save,
    Nil,
    Submit,
    Recall,
    SendBack,
    Certify,
    Return,
    Amend,
    Exempt,
    Lift,

    /// <summary>An officer looked at it; the state stays.</summary>
    Review,

    /// <summary>The job brought it in; any state.</summary>
    Import,
}

/// <summary>A permitted move. <see cref="Role"/> and <see cref="Level"/> say who may make it.</summary>
internal readonly record struct SubmissionMove(
    SubmissionAction Action,
    SubmissionState From,
    SubmissionState To,
    Role Role,
    UnitLevel Level
);

/// <summary>
/// The one table of who may move a submission how. Pure; the database holds the same table (submission_move) and checks
/// every event against it, and a test proves the two equal. Lifting an exemption goes back to the state before it, which
/// only the history knows: the table allows each, <see cref="LiftExemption"/> picks the one.
/// </summary>
internal static class SubmissionMoves
{
    public static IReadOnlyList<SubmissionMove> All { get; } = [.. Build()];

    private static readonly HashSet<(SubmissionAction, SubmissionState, Role, UnitLevel)> Allowed =
    [
        .. All.Select(m => (m.Action, m.From, m.Role, m.Level)),
    ];

    /// <summary>May this role of this level do that from this state? Says nothing about scope, days or completeness.</summary>
    public static bool Allows(SubmissionAction action, SubmissionState from, Role? role, UnitLevel? level) =>
        role is { } r && level is { } l && Allowed.Contains((action, from, r, l));

    /// <summary>Where the action leads from this state, or null when it leads nowhere or (lift) to more than one.</summary>
    public static SubmissionState? Target(SubmissionAction action, SubmissionState from)
    {
        var targets = All.Where(m => m.Action == action && m.From == from)
            .Select(m => m.To)
            .Distinct()
            .Take(2)
            .ToList();
        return targets is [var only] ? only : null;
    }

    /// <summary>States in which answers can be changed.</summary>
    public static bool IsEditable(SubmissionState state) =>
        state is SubmissionState.NotStarted or SubmissionState.InProgress or SubmissionState.Returned;

    private static IEnumerable<SubmissionMove> Build()
    {
        (Role, UnitLevel)[] recorder = [(Role.Recorder, UnitLevel.Lao)];
        (Role, UnitLevel)[] certifier = [(Role.Certifier, UnitLevel.Lao)];
        (Role, UnitLevel)[] officer =
        [
            (Role.Officer, UnitLevel.District),
            (Role.Officer, UnitLevel.Province),
            (Role.Officer, UnitLevel.Department),
        ];
        (Role, UnitLevel)[] administrator = [(Role.Administrator, UnitLevel.Department)];
        const SubmissionState NotStarted = SubmissionState.NotStarted;
        const SubmissionState InProgress = SubmissionState.InProgress;
        const SubmissionState Recorded = SubmissionState.Recorded;
        const SubmissionState Certified = SubmissionState.Certified;
        const SubmissionState Returned = SubmissionState.Returned;
        const SubmissionState Exempt = SubmissionState.Exempt;
        return
        [
            .. Moves(SubmissionAction.Save, [NotStarted], [InProgress], recorder, officer),
            .. Moves(SubmissionAction.Nil, [NotStarted, InProgress, Returned], [Recorded], recorder),
            .. Moves(SubmissionAction.Submit, [InProgress, Returned], [Recorded], recorder),
            .. Moves(SubmissionAction.Recall, [Recorded], [InProgress], recorder),
            .. Moves(SubmissionAction.SendBack, [Recorded], [InProgress], certifier),
            .. Moves(SubmissionAction.Certify, [Recorded], [Certified], certifier),
            .. Moves(SubmissionAction.Return, [Recorded, Certified], [Returned], officer),
            .. Moves(SubmissionAction.Amend, [Certified], [InProgress], recorder, officer),
            .. Moves(SubmissionAction.Exempt, [NotStarted, InProgress, Recorded, Returned], [Exempt], administrator),
            .. Moves(SubmissionAction.Lift, [Exempt], [NotStarted, InProgress, Recorded, Returned], administrator),
        ];
    }

    private static IEnumerable<SubmissionMove> Moves(
        SubmissionAction action,
        SubmissionState[] from,
        SubmissionState[] to,
        params (Role Role, UnitLevel Level)[][] who
    ) =>
        from source in @from
        from target in to
        from w in who.SelectMany(w => w)
        select new SubmissionMove(action, source, target, w.Role, w.Level);
}

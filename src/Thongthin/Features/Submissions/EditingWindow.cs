using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Submissions;

/// <summary>
/// The days on which one submission can be edited and submitted: from the opening to the closing of its round, and up to
/// <paramref name="OpenUntil"/> when a return or an allowed amendment keeps it open longer. Pure. Days are Bangkok days.
/// </summary>
/// <param name="Deadline">in force: the round's, or the later day of an extension</param>
/// <param name="ClosesOn">in force: the round's, or the later day of an extension</param>
internal readonly record struct EditingWindow(
    bool RoundIsOpened,
    bool RoundIsCancelled,
    DateOnly OpensOn,
    DateOnly Deadline,
    DateOnly ClosesOn,
    DateOnly? OpenUntil
)
{
    /// <summary>The last day on which this LAO edits: the closing, or later when it is kept open.</summary>
    public DateOnly LastDay => OpenUntil > ClosesOn ? OpenUntil.Value : ClosesOn;

    public bool IsOpen(DateOnly today) => WhyClosed(today) is null;

    /// <summary>Why nothing can be edited on this day, or null when it can.</summary>
    public Refusal? WhyClosed(DateOnly today) =>
        RoundIsCancelled ? new Refusal("round_cancelled")
        : !RoundIsOpened || today < OpensOn ? new Refusal("round_not_open_yet", OpensOn)
        : today > LastDay ? new Refusal("round_closed", LastDay)
        : null;

    /// <summary>Late is judged when it was recorded; while it is not, as of <paramref name="now"/>.</summary>
    public bool IsLate(DateTimeOffset? recordedAt, bool isRecorded, DateTimeOffset now) =>
        (isRecorded && recordedAt is { } at ? at : now) >= BangkokTime.EndOfDay(Deadline);
}

using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Features.Extensions;
using Thongthin.Features.Reviewing;
using Thongthin.Features.SavedFilters;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Home;

/// <summary>What waits for whoever looks: for an LAO its topics, for an office its LAOs by round.</summary>
internal sealed class IndexModel(
    CurrentActor actor,
    SubmissionQueries submissions,
    OfficeHomeQueries offices,
    ExtensionQueries extensions,
    SavedFilterQueries filters,
    FieldQueries fieldQueries,
    TimeProvider clock
) : PageModel
{
    public Actor Actor => actor.Value;

    public DateOnly Today { get; } = BangkokTime.Today(clock);

    public LaoHome? Lao { get; private set; }

    public OfficeHome? Office { get; private set; }

    /// <summary>Requests for more time that an officer has to answer, the oldest first.</summary>
    public IReadOnlyList<RequestRow> Asked { get; private set; } = [];

    /// <summary>Questions that wait for this side.</summary>
    public IReadOnlyList<WaitingQueryRow> Queries { get; private set; } = [];

    public IReadOnlyList<SavedFilter> Filters { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Filters = await filters.ListAsync(cancellationToken);
        Queries = await fieldQueries.ListWaitingAsync(
            Actor.Level == UnitLevel.Lao ? "lao" : "office",
            cancellationToken
        );
        if (Actor is { Level: UnitLevel.Lao, UnitId: { } laoId })
        {
            var rounds = await submissions.ListHomeAsync(laoId, cancellationToken);
            Lao = new LaoHome(Actor, Today, rounds);
            return;
        }
        if (Actor.Role == Role.Officer)
        {
            Asked = await extensions.ListRequestsAsync(null, false, 20, cancellationToken);
        }
        Office = new OfficeHome(
            Actor,
            Today,
            await offices.RoundsAsync(Today, cancellationToken),
            await offices.CameInAsync(Today, cancellationToken),
            await offices.ReturnedAsync(Today, cancellationToken)
        );
    }
}

/// <summary>The home page of an LAO's people.</summary>
internal sealed record LaoHome(Actor Actor, DateOnly Today, IReadOnlyList<HomeRound> Rounds)
{
    /// <summary>Open now, or with a topic that is kept open after closing; the nearest deadline first.</summary>
    public IEnumerable<HomeRound> Open => Rounds.Where(IsOpen).OrderBy(r => r.Deadline);

    public IEnumerable<HomeRound> Ended => Rounds.Where(r => !IsOpen(r)).OrderByDescending(r => r.Deadline);

    /// <summary>How many topics wait for this person.</summary>
    public int Waiting => Open.Sum(r => r.Topics.Count(IsWork));

    public bool IsWork(HomeTopic topic) =>
        (topic.NextStep, Actor.Role) switch
        {
            (NextStep.Start or NextStep.Continue or NextStep.Correct, Role.Recorder) => true,
            (NextStep.Certify, Role.Certifier) => true,
            _ => false,
        };

    private static bool IsOpen(HomeRound round) => round.IsOpen || round.Topics.Any(t => t.CanEdit);
}

/// <summary>The home page of an office.</summary>
internal sealed record OfficeHome(
    Actor Actor,
    DateOnly Today,
    IReadOnlyList<OfficeRoundRow> Rounds,
    IReadOnlyList<OfficeSubmissionRow> CameIn,
    IReadOnlyList<OfficeSubmissionRow> Returned
);

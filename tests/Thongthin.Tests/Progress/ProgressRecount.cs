using Thongthin.Platform.Thai;

namespace Thongthin.Tests.Progress;

/// <summary>
/// The rules of domain.md written a second time, over plain lists: every history is replayed from its start. What the
/// triggers keep must equal it.
/// </summary>
internal sealed class ProgressRecount(ProgressCountry country, bool certifiedMeansDone, IReadOnlyList<Asked> asked)
{
    private static readonly string[] Advance =
    [
        "not_started",
        "in_progress",
        "returned",
        "recorded",
        "certified",
        "exempt",
    ];

    private readonly Dictionary<Asked, List<Event>> _histories = asked.ToDictionary(a => a, _ => new List<Event>());

    public IEnumerable<string> Forms => asked.Select(a => a.FormId).Distinct();

    /// <summary>Every Bangkok day on which something happened, and the days around them.</summary>
    public IEnumerable<DateOnly> Days =>
        _histories
            .Values.SelectMany(h => h)
            .Select(e => BangkokTime.Day(e.At))
            .SelectMany(d => new[] { d.AddDays(-1), d, d.AddDays(1) })
            .Distinct()
            .Order();

    public void Add(IEnumerable<Event> events)
    {
        foreach (var e in events)
        {
            _histories[e.Submission].Add(e);
        }
    }

    public (string State, int Number) Now(Asked submission) =>
        _histories[submission] is [.., var last] ? (last.To, last.Number) : ("not_started", 0);

    /// <summary>Per form, district and kind: how many are in each state.</summary>
    public Dictionary<(string, int, string), int[]> Counts() =>
        asked
            .GroupBy(a => (a.FormId, Lao(a).DistrictId, Lao(a).Kind))
            .ToDictionary(
                g => g.Key,
                g =>
                    (int[])
                        [
                            .. new[]
                            {
                                "not_started",
                                "in_progress",
                                "recorded",
                                "certified",
                                "returned",
                                "exempt",
                            }.Select(state => g.Count(a => Now(a).State == state)),
                        ]
            );

    public Dictionary<int, (int Asked, int Done, int Exempt, string State)> Units() =>
        asked
            .GroupBy(a => a.LaoId)
            .ToDictionary(
                g => g.Key,
                g =>
                    (
                        g.Count(),
                        g.Count(a => IsDone(Now(a).State)),
                        g.Count(a => Now(a).State == "exempt"),
                        g.Select(a => Now(a).State).MinBy(state => Array.IndexOf(Advance, state))!
                    )
            );

    /// <summary>Per LAO whether it is done and whether it is exempt at the end of a day, looking at some forms.</summary>
    public Dictionary<int, (bool Done, bool Exempt)> AsOf(DateOnly day, IReadOnlyList<string> forms) =>
        asked
            .Where(a => forms.Contains(a.FormId))
            .GroupBy(a => a.LaoId)
            .ToDictionary(
                g => g.Key,
                g =>
                {
                    var states = g.Select(a => StateAt(a, day)).ToList();
                    var exempt = states.TrueForAll(s => s == "exempt");
                    return (!exempt && states.TrueForAll(s => IsDone(s) || s == "exempt"), exempt);
                }
            );

    private Lao Lao(Asked a) => country.Laos.Single(l => l.LaoId == a.LaoId);

    private bool IsDone(string state) => state == "certified" || (state == "recorded" && !certifiedMeansDone);

    /// <summary>A move counts on its own day, but never before the move that it follows.</summary>
    private string StateAt(Asked submission, DateOnly day)
    {
        var state = "not_started";
        foreach (var e in _histories[submission].Where(e => e.From != e.To))
        {
            if (BangkokTime.Day(e.At) > day)
            {
                break;
            }
            state = e.To;
        }
        return state;
    }
}

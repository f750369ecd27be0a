namespace Thongthin.Tests.Progress;

/// <summary>Invents events that continue what a recount knows: any move of the domain, on any day of two months.</summary>
internal sealed class RandomHistory(int seed, ProgressRecount recount, IReadOnlyList<Asked> asked)
{
    private static readonly DateTimeOffset Start = new(2020, 5, 1, 0, 0, 0, TimeSpan.FromHours(7));

    private static readonly (string Action, string From, string To)[] Moves =
    [
        ("save", "not_started", "in_progress"),
        ("save", "in_progress", "in_progress"),
        ("nil", "not_started", "recorded"),
        ("nil", "in_progress", "recorded"),
        ("submit", "in_progress", "recorded"),
        ("submit", "returned", "recorded"),
        ("recall", "recorded", "in_progress"),
        ("send_back", "recorded", "in_progress"),
        ("certify", "recorded", "certified"),
        ("return", "recorded", "returned"),
        ("return", "certified", "returned"),
        ("amend", "certified", "in_progress"),
        ("review", "recorded", "recorded"),
        ("exempt", "not_started", "exempt"),
        ("exempt", "in_progress", "exempt"),
        ("exempt", "recorded", "exempt"),
        ("exempt", "returned", "exempt"),
        ("import", "not_started", "certified"),
    ];

    private readonly Random _random = new(seed);
    private readonly Dictionary<Asked, string> _beforeExemption = [];

    public int Next(int below) => _random.Next(below);

    /// <summary>Events for one statement, several of them on the same submission.</summary>
    public List<Event> Take(int count)
    {
        var events = new List<Event>();
        var now = new Dictionary<Asked, (string State, int Number)>();
        for (var i = 0; i < count; i++)
        {
            var submission = asked[_random.Next(asked.Count)];
            var (state, number) = now.TryGetValue(submission, out var known) ? known : recount.Now(submission);
            var (action, to) = Pick(submission, state);
            now[submission] = (to, number + 1);
            events.Add(new Event(submission, number + 1, AnyTime(), action, state, to, "เหตุผล"));
        }
        return events;
    }

    private (string Action, string To) Pick(Asked submission, string state)
    {
        if (state == "exempt")
        {
            return ("lift", _beforeExemption[submission]);
        }
        var possible = Moves.Where(m => m.From == state).ToList();
        var (action, _, to) = possible[_random.Next(possible.Count)];
        if (to == "exempt")
        {
            _beforeExemption[submission] = state;
        }
        return (action, to);
    }

    /// <summary>Also the last second before and the first after midnight in Bangkok, and earlier than what went before.</summary>
    private DateTimeOffset AnyTime()
    {
        var midnight = Start.AddDays(_random.Next(60));
        return _random.Next(4) switch
        {
            0 => midnight.AddSeconds(-1),
            1 => midnight,
            _ => midnight.AddMinutes(_random.Next(1440)),
        };
    }
}

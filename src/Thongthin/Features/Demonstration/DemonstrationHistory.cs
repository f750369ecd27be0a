using Thongthin.Platform.Thai;

namespace Thongthin.Features.Demonstration;

/// <summary>One transition of an invented history.</summary>
internal sealed record DemonstrationEvent(
    string Action,
    string From,
    string To,
    DateTimeOffset At,
    string Role,
    string Reason = ""
);

/// <summary>What happened to one submission: its transitions in order; none = not started.</summary>
internal sealed record DemonstrationSubmission(
    DemonstrationLao Lao,
    string FormId,
    Guid SubmissionId,
    bool HasContent,
    IReadOnlyList<DemonstrationEvent> Events
)
{
    public string State => Events.Count == 0 ? "not_started" : Events[^1].To;

    public bool IsNil =>
        Events.LastOrDefault(e => e.Action is "nil" or "submit")?.Action == "nil" && State is "recorded" or "certified";
}

/// <summary>
/// Invents the history of one submission, the same on every machine. The only hard demand: where the round has a
/// reported day, the LAOs done at its end are exactly those of the printed tables, and the others are not.
/// </summary>
internal sealed class DemonstrationHistory(DemonstrationRound round, DateOnly today)
{
    private static readonly string[] ReturnReasons =
    [
        "ข้อมูลยังไม่ครบถ้วน โปรดตรวจสอบวันลงนามและชื่อคู่ภาคี",
        "ตัวเลขต่างจากปีก่อนมาก โปรดตรวจสอบและยืนยัน",
        "โปรดระบุหน่วยงานผู้รับผิดชอบให้ครบถ้วน",
    ];

    private readonly List<DemonstrationEvent> _events = [];
    private string _state = "not_started";

    /// <param name="hasContent">whether the demonstration carries this LAO's answers to this form</param>
    /// <param name="isNil">whether this LAO declares that it has none</param>
    /// <param name="doneOnReportedDay">null where the round has no reported day</param>
    public static DemonstrationSubmission Of(
        DemonstrationRound round,
        DemonstrationLao lao,
        string formId,
        bool hasContent,
        bool isNil,
        bool? doneOnReportedDay,
        DateOnly today
    )
    {
        var history = new DemonstrationHistory(round, today);
        history.Invent(lao, formId, isNil ? "nil" : "submit", doneOnReportedDay);
        return new DemonstrationSubmission(lao, formId, Guid.CreateVersion7(), hasContent, history._events);
    }

    private void Invent(DemonstrationLao lao, string formId, string complete, bool? doneOnReportedDay)
    {
        double Draw(string what) => Chance.Of(round.Slug, lao.Code, formId, what);
        int Days(string what, int from, int to) => Chance.Between(from, to, round.Slug, lao.Code, formId, what);
        var last = round.ClosesOn < today ? round.ClosesOn : today.AddDays(-1);

        if (doneOnReportedDay == true)
        {
            var started = round.OpensOn.AddDays(Days("start", 5, 60));
            Record(lao, complete, started, Earlier(started.AddDays(Days("finish", 0, 9)), round.ReportedOn!.Value));
            if (Draw("return") < 0.05)
            {
                Return(lao, round.ReportedOn.Value.AddDays(Days("returned", 3, 20)), "officer");
                Record(
                    lao,
                    complete,
                    round.ReportedOn.Value.AddDays(21),
                    round.ReportedOn.Value.AddDays(Days("again", 22, 40))
                );
            }
            return;
        }

        var from = round.ReportedOn is { } reported ? reported.AddDays(1) : round.OpensOn;
        if (!Finishes(lao, Draw("finishes")))
        {
            LeaveUnfinished(
                lao,
                complete,
                last,
                Draw("left"),
                Days("start", 1, Math.Max(2, last.DayNumber - round.OpensOn.DayNumber - 4))
            );
            return;
        }
        // most come in the last days before the deadline, some early, some late
        var length = Math.Max(1, last.DayNumber - from.DayNumber);
        var day = from.AddDays((int)(length * Math.Pow(Draw("when"), 0.6)));
        var start = Later(round.OpensOn, day.AddDays(-Days("took", 0, 12)));
        Record(lao, complete, start, day);
        if (Draw("return") < 0.04 && day.AddDays(9) <= last)
        {
            Return(lao, day.AddDays(Days("returned", 2, 5)), "officer");
            Record(lao, complete, day.AddDays(6), day.AddDays(Days("again", 6, 9)));
        }
        if (round.DoneMeans == "certified")
        {
            Certify(lao, Earlier(At(_events).AddDays(Days("signed", 0, 6)), last));
        }
    }

    /// <summary>
    /// An LAO that is done has done all that the round asks; one that is not has done some of it, unless it is asked for one
    /// form only.
    /// </summary>
    private bool Finishes(DemonstrationLao lao, double draw) =>
        Chance.Of(round.Slug, lao.Code, "finishes") < round.FinishedShare
        || (round.Forms.Count > 1 && draw < round.FinishedShare / 2);

    /// <summary>Some drafts, some returns that nobody answered, recorded ones that nobody certified; the rest never started.</summary>
    private void LeaveUnfinished(DemonstrationLao lao, string complete, DateOnly last, double draw, int startAfter)
    {
        var start = Earlier(round.OpensOn.AddDays(startAfter), last);
        switch (draw)
        {
            case < 0.33:
                Add("save", "in_progress", start, "recorder", lao);
                break;
            case < 0.40:
                Record(lao, complete, start, Earlier(start.AddDays(1), last));
                Return(lao, Earlier(start.AddDays(4), last), "officer");
                break;
            case < 0.50 when round.DoneMeans == "certified":
                Record(lao, complete, start, Earlier(start.AddDays(2), last));
                break;
        }
    }

    private void Record(DemonstrationLao lao, string action, DateOnly start, DateOnly end)
    {
        if (action == "submit" && _state == "not_started")
        {
            Add("save", "in_progress", start, "recorder", lao);
        }
        Add(action, "recorded", end, "recorder", lao);
    }

    private void Return(DemonstrationLao lao, DateOnly day, string role) =>
        Add("return", "returned", day, role, lao, Chance.OneOf(ReturnReasons, round.Slug, lao.Code));

    private void Certify(DemonstrationLao lao, DateOnly day) => Add("certify", "certified", day, "certifier", lao);

    private void Add(string action, string to, DateOnly day, string role, DemonstrationLao lao, string reason = "")
    {
        // office hours; a later event of the same day comes later in it
        var minute = _events.Count * 60 + Chance.Between(0, 55, round.Slug, lao.Code, action, _events.Count);
        var at = new DateTimeOffset(day.ToDateTime(new TimeOnly(9, 0)), TimeSpan.FromHours(7)).AddMinutes(minute);
        _events.Add(new(action, _state, to, at.ToUniversalTime(), role, reason));
        _state = to;
    }

    private static DateOnly At(List<DemonstrationEvent> events) => BangkokTime.Day(events[^1].At);

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}

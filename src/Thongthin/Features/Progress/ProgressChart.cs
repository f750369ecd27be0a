namespace Thongthin.Features.Progress;

/// <summary>One day of the chart.</summary>
/// <param name="Offset">days after the deadline; negative before it, 0 on its day</param>
/// <param name="New">how many more were done than the day before; negative when more went back</param>
/// <param name="Done">at the end of the day</param>
/// <param name="Asked">without the exempt of that day</param>
internal sealed record ChartPoint(int Offset, DateOnly Day, int New, int Done, int Asked)
{
    public decimal Percent => Platform.Thai.Percent.Of(Done, Asked);
}

/// <summary>
/// Done per day against the deadline: this round's line to its last day or to the day looked at, and the line of the year
/// before, laid upon it by days before the deadline. Shares, since the rosters of two years differ.
/// </summary>
/// <param name="First">offset of the first day that is drawn</param>
/// <param name="Last">offset of the last</param>
internal sealed record ProgressChart(
    int First,
    int Last,
    IReadOnlyList<ChartPoint> Points,
    IReadOnlyList<ChartPoint> Before,
    ProgressRound? RoundBefore
)
{
    /// <param name="until">the present, or the past day that is looked at</param>
    public static ProgressChart Of(DaysOfRound now, DaysOfRound? before, DateOnly until)
    {
        var first = now.Round.OpensOn.DayNumber - now.Round.Deadline.DayNumber;
        var last = Math.Max(now.Round.ClosesOn.DayNumber - now.Round.Deadline.DayNumber, first + 1);
        var reached = Math.Min(last, until.DayNumber - now.Round.Deadline.DayNumber);
        return new ProgressChart(
            first,
            last,
            Line(now, first, reached),
            before is null ? [] : Line(before, first, last),
            before?.Round
        );
    }

    private static List<ChartPoint> Line(DaysOfRound round, int first, int last)
    {
        var points = new List<ChartPoint>();
        var start = round.Round.Deadline.AddDays(first);
        var earlier = round.Days.Where(d => d.Day < start).ToList();
        var (done, exempt) = (earlier.Sum(d => d.Done), earlier.Sum(d => d.Exempt));
        var byDay = round.Days.ToDictionary(d => d.Day);
        for (var offset = first; offset <= last; offset++)
        {
            var day = round.Round.Deadline.AddDays(offset);
            var change = byDay.GetValueOrDefault(day);
            done += change?.Done ?? 0;
            exempt += change?.Exempt ?? 0;
            points.Add(new ChartPoint(offset, day, change?.Done ?? 0, done, round.Asked - exempt));
        }
        return points;
    }
}

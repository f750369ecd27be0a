using System.Globalization;
using Thongthin.Features.Directory;

namespace Thongthin.Tests.Units;

/// <summary>Periods are written "2000:ก 2010:ข 2020:-": from 1 January of the year on; a dash ends.</summary>
public sealed class TimelineTests
{
    [Theory]
    [InlineData("2000:ก", 2010, "ก→ข", "2000:ก 2010:ข")]
    [InlineData("2000:ก", 2000, "ก→ข", "2000:ข")] // from the first day: a correction
    [InlineData("2000:ก 2020:-", 2010, "ก→ข", "2000:ก 2010:ข 2020:-")]
    [InlineData("2000:ก1 2010:ก2", 2005, "ก→ข", "2000:ก1 2005:ข1 2010:ข2")] // carried into what changed otherwise
    [InlineData("2000:ก1 2010:ค1", 2005, "ก→ข", "2000:ก1 2005:ข1 2010:ค1")] // a later change of the same stays
    [InlineData("2000:ก1 2010:ค1 2020:ก1", 2005, "ก→ข", "2000:ก1 2005:ข1 2010:ค1 2020:ก1")] // nor beyond it
    [InlineData("2000:ก1 2010:ก2", 2010, "ก→ข", "2000:ก1 2010:ข2")]
    public void ChangeFrom_SplitsAndCarriesForward(string before, int year, string change, string after)
    {
        var changed = Timeline.ChangeFrom(
            Parse(before),
            Day(year),
            v => v.Replace(change[0], change[2]),
            (was, later) => later[0] == was[0]
        );
        Write(changed!).ShouldBe(after);
    }

    [Theory]
    [InlineData("2000:ก", 1999)] // before it begins
    [InlineData("2000:ก 2020:-", 2020)] // the first day after it
    public void ChangeFrom_WhenNothingHoldsThatDay_IsNull(string before, int year) =>
        Timeline.ChangeFrom(Parse(before), Day(year), v => v, (_, _) => true).ShouldBeNull();

    [Theory]
    [InlineData("2000:ก", 2010, "2000:ก 2010:-")]
    [InlineData("2000:ก 2005:ข", 2010, "2000:ก 2005:ข 2010:-")]
    [InlineData("2000:ก 2020:-", 2010, "2000:ก 2010:-")] // an end known to be earlier
    [InlineData("2000:ก", 2000, null)] // it never was
    [InlineData("2000:ก 2015:ข", 2010, null)] // something later is known
    [InlineData("2000:ก 2005:-", 2010, null)] // it has ended before
    public void EndOn_EndsTheLastPeriod_OrSaysThatItCannot(string before, int year, string? after)
    {
        var ended = Timeline.EndOn(Parse(before), Day(year));
        (ended is null ? null : Write(ended)).ShouldBe(after);
    }

    [Fact]
    public void RandomChanges_NeverLeaveGapsOrOverlaps()
    {
        var random = new Random(2563);
        for (var run = 0; run < 300; run++)
        {
            var periods = Parse("2000:กก");
            for (var step = 0; step < 12; step++)
            {
                var place = random.Next(2);
                var letter = (char)('ก' + random.Next(6));
                var day = Day(2000 + random.Next(20));
                var was = periods.Single(p => p.Covers(day)).Value;
                periods = Timeline.ChangeFrom(
                    periods,
                    day,
                    v => place == 0 ? $"{letter}{v[1]}" : $"{v[0]}{letter}",
                    (before, later) => before[place] == later[place]
                )!;
                periods.Single(p => p.Covers(day)).Value[place].ShouldBe(letter);
                periods.Single(p => p.Covers(day)).Value[1 - place].ShouldBe(was[1 - place]);
                periods[0].From.ShouldBe(Day(2000));
                periods[^1].To.ShouldBeNull();
                periods.Zip(periods.Skip(1)).ShouldAllBe(pair => pair.First.To == pair.Second.From);
                periods.ShouldAllBe(p => p.To == null || p.From < p.To);
            }
        }
    }

    private static DateOnly Day(int year) => new(year, 1, 1);

    private static IReadOnlyList<Period<string>> Parse(string text)
    {
        var marks = text.Split(' ')
            .Select(m => m.Split(':'))
            .Select(m => (From: Day(int.Parse(m[0], CultureInfo.InvariantCulture)), Value: m[1]))
            .ToList();
        return
        [
            .. marks
                .Index()
                .Where(m => m.Item.Value != "-")
                .Select(m => new Period<string>(
                    m.Item.From,
                    m.Index + 1 < marks.Count ? marks[m.Index + 1].From : null,
                    m.Item.Value
                )),
        ];
    }

    private static string Write(IReadOnlyList<Period<string>> periods) =>
        string.Join(' ', periods.Select(p => $"{p.From.Year}:{p.Value}"))
        + (periods[^1].To is { } end ? $" {end.Year}:-" : "");
}

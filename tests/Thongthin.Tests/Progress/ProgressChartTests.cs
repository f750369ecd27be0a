using System.Xml.Linq;
using Thongthin.Data;
using Thongthin.Features.Progress;
using Thongthin.Features.Rounds;
using Thongthin.Tests.Inventories;

namespace Thongthin.Tests.Progress;

/// <summary>The chart's lines and the map's shapes, without a page.</summary>
public sealed class ProgressChartTests
{
    [Fact]
    public void Lines_LieUponEachOtherByDaysBeforeTheDeadline()
    {
        var now = new DaysOfRound(
            Round(2563, new(2020, 6, 1), new(2020, 6, 10), new(2020, 6, 12)),
            10,
            [new(new(2020, 6, 2), 3, 0), new(new(2020, 6, 4), -1, 2)]
        );
        // what was done before the first day that is drawn counts from there
        var before = new DaysOfRound(
            Round(2562, new(2019, 5, 1), new(2019, 5, 31), new(2019, 5, 31)),
            5,
            [new(new(2019, 5, 3), 1, 0), new(new(2019, 5, 31), 4, 0)]
        );

        var chart = ProgressChart.Of(now, before, new(2020, 6, 5));

        (chart.First, chart.Last).ShouldBe((-9, 2));
        chart
            .Points.Select(p => (p.Offset, p.New, p.Done, p.Asked))
            .ShouldBe([(-9, 0, 0, 10), (-8, 3, 3, 10), (-7, 0, 3, 10), (-6, -1, 2, 8), (-5, 0, 2, 8)]);
        chart.Points[^1].Percent.ShouldBe(25m);
        chart.Before.Select(p => p.Done).ShouldBe([1, 1, 1, 1, 1, 1, 1, 1, 1, 5, 5, 5]);
        chart.Before[9].Day.ShouldBe(new DateOnly(2019, 5, 31));
        ProgressChart.Of(now, null, new(2020, 5, 1)).Points.ShouldBeEmpty("the round is not open yet");
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 10, 1)]
    [InlineData(24, 100, 1)]
    [InlineData(25, 100, 2)]
    [InlineData(50, 100, 3)]
    [InlineData(99, 100, 4)]
    [InlineData(100, 100, 5)]
    public void ShareClass_IsOneOfFive(int recorded, int laoCount, int expected) =>
        ShareClass.Of(recorded, laoCount).ShouldBe(expected);

    [Fact]
    public void Shapes_AreAllInTheMap_OneForEachProvince()
    {
        var map = XDocument.Load(
            Path.Combine(SourceTree.Root, "src", "Thongthin", "wwwroot", "lib", "thailand", "thailand.svg")
        );
        var ids = map.Descendants().Attributes("id").Select(id => id.Value).ToList();

        var shapes = Facts.Read("provinces.csv").Select(p => p["svg_maps_id"]).ToList();

        shapes.Count.ShouldBe(77);
        shapes.ShouldBeUnique();
        shapes.Except(ids).ShouldBeEmpty();
    }

    [Fact]
    public void Shapes_HaveTheRowOfTheirProvince_AndBangkokNone()
    {
        ProvinceRow[] rows = [new(1, 7, "อุตรดิตถ์", "Uttaradit", 80, 40)];

        var shapes = ProvinceShapes.Of(rows, new Dictionary<string, int> { ["53"] = 7, ["54"] = 8 });

        shapes
            .Single(s => s.Row is not null)
            .ShouldSatisfyAllConditions(s => s.NameTh.ShouldBe("อุตรดิตถ์"), s => s.Row.ShouldBe(rows[0]));
        shapes.Single(s => s.NameEn == "Bangkok").Row.ShouldBeNull();
    }

    private static ProgressRound Round(int year, DateOnly opensOn, DateOnly deadline, DateOnly closesOn) =>
        new(Guid.CreateVersion7(), "r", year, "รอบ", "Round", opensOn, deadline, closesOn, DoneMeans.Recorded);
}

using Thongthin.Features.Reviewing;

namespace Thongthin.Tests.Reviewing;

public sealed class RobustScoreTests
{
    /// <summary>Of 1, 2, 3, 4, 100 the median is 3 and the median distance 1, whatever the last one is.</summary>
    [Theory]
    [InlineData(3, 3, 1, 0.0, false)]
    [InlineData(8, 3, 1, 3.3725, false)]
    [InlineData(9, 3, 1, 4.047, true)]
    [InlineData(-3, 3, 1, -4.047, true)]
    [InlineData(1_000, 500, 50, 6.745, true)]
    public void Score_CountsMedianDistances(
        double number,
        double median,
        double deviation,
        double score,
        bool isOutlier
    )
    {
        RobustScore.Of(number, median, deviation)!.Value.ShouldBe(score, 0.0001);
        RobustScore.IsOutlier(RobustScore.Of(number, median, deviation)).ShouldBe(isOutlier);
    }

    [Fact]
    public void Score_WhenMostAreTheSame_SaysNothing()
    {
        RobustScore.Of(5, 3, 0).ShouldBeNull();
        RobustScore.IsOutlier(null).ShouldBeFalse();
    }
}

namespace Thongthin.Features.Reviewing;

/// <summary>
/// How far a number lies from the middle of others, in a measure that a few wild ones cannot bend: the modified z-score of
/// Iglewicz and Hoaglin, 0.6745 (x − median) / MAD, where MAD is the median of the distances from the median. Pure.
/// </summary>
internal static class RobustScore
{
    /// <summary>Beyond it a number is called an outlier, as its authors recommend.</summary>
    public const double Limit = 3.5;

    /// <summary>Makes the score of normally spread numbers the usual one.</summary>
    private const double Consistency = 0.6745;

    /// <param name="deviation">MAD; 0 when more than half of the others are the same number: then nothing can be said</param>
    public static double? Of(double number, double median, double deviation) =>
        deviation > 0 ? Consistency * (number - median) / deviation : null;

    public static bool IsOutlier(double? score) => Math.Abs(score ?? 0) > Limit;
}

namespace Thongthin.Bench;

/// <summary>A page that is measured, and the request that opens it or sends to it.</summary>
internal sealed record PageCase(string Name, Func<Task> Request);

/// <summary>Median and 95th percentile in milliseconds.</summary>
internal readonly record struct Percentiles(double P50, double P95)
{
    public static Percentiles Of(IEnumerable<double> times)
    {
        var sorted = times.Order().ToArray();
        return new(sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.95)]);
    }

    public static Percentiles operator /(Percentiles left, Percentiles right) =>
        new(left.P50 / right.P50, left.P95 / right.P95);

    /// <summary>The median of each figure over several runs.</summary>
    public static Percentiles MedianOf(IReadOnlyCollection<Percentiles> runs) =>
        new(Of(runs.Select(r => r.P50)).P50, Of(runs.Select(r => r.P95)).P50);
}

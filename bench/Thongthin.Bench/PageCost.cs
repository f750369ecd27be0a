using System.Diagnostics;

namespace Thongthin.Bench;

/// <summary>
/// What one request costs apart from time: statements sent to the database and how long they were waited for, memory
/// allocated by the whole process (the benchmark's own client included). It explains a slow page.
/// </summary>
internal sealed record PageCost(double Statements, double DatabaseMs, double AllocatedKilobytes)
{
    private const int Requests = 20;

    /// <summary>Means over some requests, made one after the other with nothing beside them.</summary>
    public static async Task<PageCost> MeasureAsync(Func<Task> request)
    {
        var statements = 0;
        var ticks = 0L;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                Interlocked.Increment(ref statements);
                Interlocked.Add(ref ticks, activity.Duration.Ticks);
            },
        };
        ActivitySource.AddActivityListener(listener);
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < Requests; i++)
        {
            await request();
        }
        return new(
            (double)statements / Requests,
            TimeSpan.FromTicks(ticks).TotalMilliseconds / Requests,
            (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1024.0 / Requests
        );
    }
}

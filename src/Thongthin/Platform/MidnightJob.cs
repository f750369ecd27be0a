using Thongthin.Platform.Thai;

namespace Thongthin.Platform;

/// <summary>
/// What the days bring with them, done while the program serves: at the start what was missed, then a little after each midnight
/// of Bangkok. It looks once an hour besides, so that a failure is tried again and a machine that slept finds its way back. What it
/// does must bear being done by several programs at once.
/// </summary>
internal abstract partial class MidnightJob(TimeProvider clock, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan AfterMidnight = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AtMost = TimeSpan.FromHours(1);

    protected TimeProvider Clock => clock;

    /// <summary>What is counted, for the log.</summary>
    protected abstract string Name { get; }

    /// <returns>how many were done</returns>
    protected abstract Task<int> RunAsync(CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // the start does not wait for it
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var count = await RunAsync(stoppingToken);
                if (count > 0)
                {
                    LogDone(logger, Name, count);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(logger, Name, exception);
            }
            await Task.Delay(UntilNext(clock.GetUtcNow()), clock, stoppingToken);
        }
    }

    private static TimeSpan UntilNext(DateTimeOffset now)
    {
        var midnight = BangkokTime.EndOfDay(BangkokTime.Day(now)) - now + AfterMidnight;
        return midnight < AtMost ? midnight : AtMost;
    }

    [LoggerMessage(LogLevel.Information, "{Name}: {Count}")]
    private static partial void LogDone(ILogger logger, string name, int count);

    [LoggerMessage(LogLevel.Error, "{Name}: failed, tried again within the hour")]
    private static partial void LogFailed(ILogger logger, string name, Exception exception);
}

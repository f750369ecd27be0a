using Thongthin.Data;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Progress;

/// <summary>
/// Keeps the daily tables while the program serves: at the start what was missed, then a little after each midnight of
/// Bangkok. It looks once an hour besides, so that a failure is tried again and a machine that slept finds its way back.
/// </summary>
internal sealed partial class DailySnapshots(AppDbFactory databases, TimeProvider clock, ILogger<DailySnapshots> logger)
    : BackgroundService
{
    private static readonly TimeSpan AfterMidnight = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AtMost = TimeSpan.FromHours(1);

    /// <summary>Takes every table that is missing.</summary>
    /// <returns>how many</returns>
    public static async Task<int> TakeMissingAsync(
        AppDbFactory databases,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        for (var taken = 0; ; taken++)
        {
            // the time of each is its own: catching up may go on past midnight
            var actor = Actor.Job(clock, "daily table");
            await using var db = databases.Create(actor);
            if (await new TakeDailySnapshot(db).ExecuteAsync(actor, cancellationToken) is null)
            {
                return taken;
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // the start does not wait for it
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var taken = await TakeMissingAsync(databases, clock, stoppingToken);
                if (taken > 0)
                {
                    Taken(taken);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Failed(exception);
            }
            await Task.Delay(UntilNext(clock.GetUtcNow()), clock, stoppingToken);
        }
    }

    private static TimeSpan UntilNext(DateTimeOffset now)
    {
        var midnight = BangkokTime.EndOfDay(BangkokTime.Day(now)) - now + AfterMidnight;
        return midnight < AtMost ? midnight : AtMost;
    }

    [LoggerMessage(LogLevel.Information, "Kept {Count} daily progress tables")]
    private partial void Taken(int count);

    [LoggerMessage(LogLevel.Error, "The daily progress tables could not be kept; tried again within the hour")]
    private partial void Failed(Exception exception);
}

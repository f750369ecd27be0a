using Thongthin.Data;
using Thongthin.Platform;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Progress;

/// <summary>Keeps the daily tables while the program serves.</summary>
internal sealed class DailySnapshots(AppDbFactory databases, TimeProvider clock, ILogger<DailySnapshots> logger)
    : MidnightJob(clock, logger)
{
    protected override string Name => "daily progress tables kept";

    protected override Task<int> RunAsync(CancellationToken cancellationToken) =>
        TakeMissingAsync(databases, Clock, cancellationToken);

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
}

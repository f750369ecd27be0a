using Thongthin.Data;
using Thongthin.Platform;

namespace Thongthin.Features.Rounds;

/// <summary>Opens rounds on their days while the program serves.</summary>
internal sealed class ScheduledOpenings(AppDbFactory databases, TimeProvider clock, ILogger<ScheduledOpenings> logger)
    : MidnightJob(clock, logger)
{
    protected override string Name => "rounds opened on their day";

    protected override Task<int> RunAsync(CancellationToken cancellationToken) =>
        OpenDueRounds.RunAsync(databases, Clock, cancellationToken);
}

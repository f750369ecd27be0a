using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Rounds;

/// <summary>
/// Opens every draft that was left to open by itself and whose day has come, each in its own transaction. One that is refused
/// keeps the reason for the Department to see and is tried again the next time; another program that does the same meanwhile
/// does no harm.
/// </summary>
internal static class OpenDueRounds
{
    /// <returns>how many were opened</returns>
    public static async Task<int> RunAsync(
        AppDbFactory databases,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var actor = Actor.Job(clock, "opening day");
        var opened = 0;
        foreach (var round in await ListDueAsync(databases, actor, cancellationToken))
        {
            await using var db = databases.Create(actor);
            try
            {
                await new OpenRound(db).ExecuteAsync(actor, round, cancellationToken);
                opened++;
            }
            catch (Refusal refusal)
            {
                await KeepAsync(databases, actor, round, refusal, cancellationToken);
            }
        }
        return opened;
    }

    private static async Task<List<Guid>> ListDueAsync(
        AppDbFactory databases,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        await using var db = databases.Create(actor);
        var today = BangkokTime.Day(actor.At);
        return await db.Set<Round>()
            .Where(r => r.OpensItself && r.OpenedAt == null && r.CancelledAt == null && r.OpensOn <= today)
            .OrderBy(r => r.OpensOn)
            .ThenBy(r => r.RoundId)
            .Select(r => r.RoundId)
            .ToListAsync(cancellationToken);
    }

    private static async Task KeepAsync(
        AppDbFactory databases,
        Actor actor,
        Guid round,
        Refusal refusal,
        CancellationToken cancellationToken
    )
    {
        await using var db = databases.Create(actor);
        string[] reason = [refusal.Code, .. refusal.Arguments.Select(a => a?.ToString() ?? "")];
        await db.Database.ExecuteSqlAsync(
            $"update round set opening_refusal = {reason} where round_id = {round} and opened_at is null",
            cancellationToken
        );
    }
}

using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Progress;

/// <summary>The number a snapshot was given: per calendar year of the Buddhist era.</summary>
internal sealed record SnapshotNumber(int Year, int Number);

/// <summary>
/// Keeps a table for good, as numbers to refer to. It is drawn again inside the transaction that stores it, so that what
/// is kept is what the database said and not what a page sent.
/// </summary>
internal sealed class TakeSnapshot(AppDb db)
{
    /// <summary>
    /// Officers and administrators: the Department any table, a province its own and its districts', a district its own.
    /// </summary>
    public static bool MayTake(Actor actor, ProgressTable table) =>
        actor.Kind == ActorKind.Job
        || (
            actor.Role is Role.Officer or Role.Administrator
            && actor.Level switch
            {
                UnitLevel.Department => true,
                UnitLevel.Province => table.Province?.UnitId == actor.UnitId,
                UnitLevel.District => table.District?.UnitId == actor.UnitId,
                _ => false,
            }
        );

    /// <param name="draw">reads the table by the queries given</param>
    /// <exception cref="Refusal">not_allowed: not this actor's table.</exception>
    public async Task<SnapshotNumber> ExecuteAsync(
        Actor actor,
        ProgressRound round,
        Func<ProgressQueries, CancellationToken, Task<ProgressTable>> draw,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var table = await draw(new ProgressQueries(db), cancellationToken);
        if (!MayTake(actor, table))
        {
            throw new Refusal("not_allowed");
        }
        var snapshot = ProgressSnapshot.Of(actor, round, table, isDaily: false);
        db.Add(snapshot);
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        await AuditLog.WriteAsync(
            db,
            actor,
            "progress_snapshot_taken",
            $"progress_snapshot/{snapshot.ProgressSnapshotId}",
            null,
            new { snapshot.Year, snapshot.Number },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return new SnapshotNumber(snapshot.Year, snapshot.Number);
    }
}

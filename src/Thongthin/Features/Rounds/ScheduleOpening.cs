using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Rounds;

/// <summary>Leaves a draft to open by itself on its opening day, or takes that back.</summary>
internal sealed class ScheduleOpening(AppDb db)
{
    /// <exception cref="Refusal">not_allowed, round_not_found, round_is_open, round_cancelled</exception>
    public async Task ExecuteAsync(Actor actor, Guid roundId, bool opensItself, CancellationToken cancellationToken)
    {
        RoundRules.RequireDepartment(actor);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var round = await OpenRound.LockDraftAsync(db, roundId, cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"update round set opens_itself = {opensItself}, opening_refusal = null where round_id = {roundId}",
            cancellationToken
        );
        await AuditLog.WriteAsync(
            db,
            actor,
            "round_scheduled",
            $"round/{round.Slug}",
            null,
            new { opensItself, round.OpensOn },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
    }
}

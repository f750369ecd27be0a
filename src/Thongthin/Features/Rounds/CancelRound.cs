using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Rounds;

/// <summary>
/// The Department gives a round up, with a reason: a draft, or one that is open. Nothing recorded in it is lost; from now
/// on nobody edits or submits in it.
/// </summary>
internal sealed class CancelRound(AppDb db)
{
    /// <exception cref="Refusal">not_allowed, reason_required, round_not_found, round_cancelled.</exception>
    public async Task ExecuteAsync(Actor actor, Guid roundId, string reason, CancellationToken cancellationToken)
    {
        RoundRules.RequireDepartment(actor);
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new Refusal("reason_required");
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var rounds = await db.Set<Round>()
            .FromSql($"select * from round where round_id = {roundId} for update")
            .ToListAsync(cancellationToken);
        if (rounds is not [var round])
        {
            throw new Refusal("round_not_found");
        }
        if (round.CancelledAt is not null)
        {
            throw new Refusal("round_cancelled");
        }
        var at = actor.At.ToUniversalTime();
        var why = reason.Trim();
        await db.Database.ExecuteSqlAsync(
            $"update round set cancelled_at = {at}, cancel_reason = {why} where round_id = {roundId}",
            cancellationToken
        );
        await AuditLog.WriteAsync(
            db,
            actor,
            "round_cancelled",
            $"round/{round.Slug}",
            null,
            new { reason = why },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
    }
}

using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Certification.Delegation;

/// <summary>Takes a delegation back from this day on; what was certified by it stays.</summary>
internal sealed class EndDelegation(AppDb db)
{
    /// <returns>false when there is none that is still open</returns>
    /// <exception cref="Refusal">delegation_not_yours</exception>
    public async Task<bool> ExecuteAsync(Actor actor, Guid delegationId, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await EndAsync(actor, delegationId, cancellationToken))
        {
            return false;
        }
        await AuditLog.WriteAsync(
            db,
            actor,
            "certifying_delegation_ended",
            $"certifying_delegation/{delegationId}",
            actor.UnitId,
            detail: null,
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task<bool> EndAsync(Actor actor, Guid delegationId, CancellationToken cancellationToken)
    {
        try
        {
            return (
                await db
                    .Database.SqlQuery<bool>(
                        $"""
                        select end_certifying_delegation({delegationId}, {actor.At.ToUniversalTime()}, {actor.DisplayName}) as "Value"
                        """
                    )
                    .ToListAsync(cancellationToken)
            ).Single();
        }
        catch (Exception exception) when (ConstraintMessages.Of(exception) is not null)
        {
            throw ConstraintMessages.Of(exception)!;
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Reviewing;

/// <summary>An officer is content: nothing more is said. Of two who close at once one is told.</summary>
internal sealed class CloseQuery(AppDb db)
{
    /// <exception cref="Refusal">not_allowed, query_closed</exception>
    public async Task ExecuteAsync(Actor actor, int laoId, Guid queryId, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        int closed;
        try
        {
            closed = await db.Database.ExecuteSqlAsync(
                $"""
                update field_query set closed_at = {actor.At.ToUniversalTime()}, closed_by_name = {actor.DisplayName}
                where lao_id = {laoId} and field_query_id = {queryId}
                """,
                cancellationToken
            );
        }
        catch (Exception exception) when (ConstraintMessages.Of(exception) is { } refusal)
        {
            throw refusal;
        }
        if (closed == 0)
        {
            throw new Refusal("not_allowed");
        }
        await AuditLog.WriteAsync(
            db,
            actor,
            "field_query_closed",
            $"field_query/{queryId}",
            laoId,
            null,
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
    }
}

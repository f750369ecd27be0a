using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions.Signing;

/// <summary>
/// From now on another key signs. What the old one signed stays valid, and its public half stays published; the old private
/// half is not asked for, so a lost wrapping key does not stand in the way.
/// </summary>
internal sealed class RotateSigningKey(AppDb db, WrappingKey wrapping)
{
    /// <returns>the new key</returns>
    public async Task<Guid> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // two that rotate at once: the second waits, finds nothing to retire, and is given the first one's key
        var retired = await db
            .Database.SqlQuery<Guid>(
                $"""
                update signing_key set retired_at = greatest(created_at, {actor.At.ToUniversalTime()})
                where retired_at is null returning signing_key_id as "Value"
                """
            )
            .ToListAsync(cancellationToken);
        if (await SigningKey.InsertAsync(db, wrapping, actor.At, cancellationToken) is not { } id)
        {
            return (
                await db
                    .Database.SqlQuery<Guid>(
                        $"""select signing_key_id as "Value" from signing_key where retired_at is null"""
                    )
                    .ToListAsync(cancellationToken)
            ).Single();
        }
        await AuditLog.WriteAsync(
            db,
            actor,
            "signing_key_rotated",
            $"signing_key/{id}",
            laoId: null,
            new { retired },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return id;
    }
}

using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Extensions;

/// <summary>Takes an extension back, with a reason; whoever it covered has the deadline that still stands.</summary>
internal sealed class WithdrawExtension(AppDb db)
{
    /// <exception cref="Refusal">not_allowed, reason_required, reason_too_long, extension_withdrawn</exception>
    public async Task ExecuteAsync(Actor actor, Guid extensionId, string? why, CancellationToken cancellationToken)
    {
        var reason = Reasons.Require(why);
        var at = actor.At.ToUniversalTime();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        int withdrawn;
        try
        {
            withdrawn = await db.Database.ExecuteSqlAsync(
                $"""
                update extension set withdrawn_at = {at}, withdrawn_by_name = {actor.DisplayName}, withdraw_reason = {reason}
                where extension_id = {extensionId}
                """,
                cancellationToken
            );
        }
        catch (Exception exception) when (ConstraintMessages.Of(exception) is { } refusal)
        {
            throw refusal;
        }
        if (withdrawn == 0)
        {
            throw new Refusal("not_allowed");
        }
        await AuditLog.WriteAsync(
            db,
            actor,
            "extension_withdrawn",
            $"extension/{extensionId}",
            null,
            null,
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
    }
}

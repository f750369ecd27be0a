using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Extensions;

/// <summary>An LAO asks its supervising unit for a later deadline in a round; one question at a time.</summary>
internal sealed class AskForExtension(AppDb db, ExtensionQueries queries)
{
    /// <exception cref="Refusal">
    /// not_allowed, reason_required, reason_too_long, extension_nothing_open, extension_not_later, extension_in_past,
    /// extension_asked_already
    /// </exception>
    public async Task ExecuteAsync(
        Actor actor,
        Guid roundId,
        DateOnly wanted,
        string? why,
        CancellationToken cancellationToken
    )
    {
        if (actor.Role is not (Role.Recorder or Role.Certifier))
        {
            throw new Refusal("not_allowed");
        }
        var reason = Reasons.Require(why);
        var (lao, at, id) = (actor.UnitId!.Value, actor.At.ToUniversalTime(), Guid.CreateVersion7());
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var own = await queries.FindOwnAsync(roundId, lao, cancellationToken);
        if (own is not { Open: > 0 })
        {
            throw new Refusal("extension_nothing_open");
        }
        if (wanted < BangkokTime.Day(actor.At))
        {
            throw new Refusal("extension_in_past");
        }
        if (wanted <= own.Deadline)
        {
            throw new Refusal("extension_not_later");
        }
        try
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into extension_request (lao_id, extension_request_id, round_id, wanted, reason, requested_at, requested_by,
                    requested_by_name)
                values ({lao}, {id}, {roundId}, {wanted}, {reason}, {at}, {actor.UserId}, {actor.DisplayName})
                """,
                cancellationToken
            );
        }
        catch (Exception exception) when (ConstraintMessages.Of(exception) is { } refusal)
        {
            throw refusal;
        }
        await AuditLog.WriteAsync(
            db,
            actor,
            "extension_asked",
            $"extension_request/{id}",
            lao,
            new { wanted },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
    }
}

using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Accounts;

/// <summary>What a person gets besides what they have.</summary>
/// <param name="Until">the last day; null: no end</param>
internal sealed record MembershipRequest(
    Guid UserId,
    int UnitId,
    Role Role,
    string Position,
    DateOnly ValidFrom,
    DateOnly? Until = null
);

/// <summary>Gives a known person a further place, without an invitation.</summary>
internal sealed class AddMembership(AppDb db)
{
    /// <exception cref="Refusal"><c>role_not_at_unit</c>, <c>membership_exists</c>, <c>not_allowed</c>, <c>membership_end_early</c></exception>
    public async Task ExecuteAsync(Actor actor, MembershipRequest request, CancellationToken cancellationToken)
    {
        if (request.Until < request.ValidFrom)
        {
            throw new Refusal("membership_end_early");
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var kinds = await UnitQueries.KindsAsync(db, [request.UnitId], request.ValidFrom, cancellationToken);
        if (
            !kinds.TryGetValue(request.UnitId, out var kind)
            || !UnitLabel.RolesAt(UnitLabel.LevelOf(kind)).Contains(request.Role)
        )
        {
            throw new Refusal("role_not_at_unit");
        }
        var membership = new Membership
        {
            MembershipId = Guid.CreateVersion7(),
            UserId = request.UserId,
            UnitId = request.UnitId,
            Role = request.Role,
            Position = request.Position,
            ValidFrom = request.ValidFrom,
            ValidTo = request.Until?.AddDays(1),
            CreatedAt = actor.At.ToUniversalTime(),
            CreatedBy = actor.UserId,
        };
        db.Add(membership);
        await Refusals.TranslateAsync(() => db.SaveChangesAsync(cancellationToken));
        await AuditLog.WriteAsync(
            db,
            actor,
            "membership_added",
            $"membership/{membership.MembershipId}",
            request.UnitId,
            new { request.UserId, role = SnakeCase.Of(request.Role) },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
    }
}

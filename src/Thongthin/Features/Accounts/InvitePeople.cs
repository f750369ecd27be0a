using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Accounts;

/// <summary>Who is to be invited, where, as what.</summary>
/// <param name="Until">the last day of the place; null: no end</param>
internal sealed record InvitationRequest(
    int UnitId,
    Role Role,
    string DisplayName,
    string Position = "",
    string? Email = null,
    DateOnly? Until = null
);

/// <summary>An invitation with its secret, which exists only here and on the page that shows it.</summary>
internal sealed record IssuedInvitation(
    Guid InvitationId,
    InvitationRequest Request,
    string Token,
    DateTimeOffset ExpiresAt
);

/// <summary>Invites one person or many: all of them or nobody.</summary>
internal sealed class InvitePeople(AppDb db)
{
    /// <exception cref="Refusal">
    /// <c>not_allowed</c>: a unit outside the administrator's scope; <c>role_not_at_unit</c>; <c>membership_end_early</c>
    /// </exception>
    public async Task<IReadOnlyList<IssuedInvitation>> ExecuteAsync(
        Actor actor,
        IReadOnlyList<InvitationRequest> requests,
        CancellationToken cancellationToken
    )
    {
        if (requests.Any(request => request.Until < BangkokTime.Day(actor.At)))
        {
            throw new Refusal("membership_end_early");
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await RequireRolesAtUnitsAsync(requests, BangkokTime.Day(actor.At), cancellationToken);
        var issued = requests.Select(request => Issue(actor, request)).ToList();
        await Refusals.TranslateAsync(() => db.SaveChangesAsync(cancellationToken));
        foreach (var one in issued)
        {
            await AuditLog.WriteAsync(
                db,
                actor,
                "person_invited",
                $"invitation/{one.InvitationId}",
                one.Request.UnitId,
                new { role = SnakeCase.Of(one.Request.Role) },
                cancellationToken
            );
        }
        await transaction.CommitAsync(cancellationToken);
        return issued;
    }

    private IssuedInvitation Issue(Actor actor, InvitationRequest request)
    {
        var token = InvitationToken.Create();
        var invitation = new Invitation
        {
            InvitationId = Guid.CreateVersion7(),
            UnitId = request.UnitId,
            Role = request.Role,
            DisplayName = request.DisplayName,
            Position = request.Position,
            Email = request.Email,
            MembershipUntil = request.Until,
            TokenHash = InvitationToken.Hash(token),
            CreatedAt = actor.At.ToUniversalTime(),
            CreatedBy = actor.UserId,
            ExpiresAt = actor.At.ToUniversalTime() + Invitation.Lifetime,
        };
        db.Add(invitation);
        return new IssuedInvitation(invitation.InvitationId, request, token, invitation.ExpiresAt);
    }

    private async Task RequireRolesAtUnitsAsync(
        IReadOnlyList<InvitationRequest> requests,
        DateOnly day,
        CancellationToken cancellationToken
    )
    {
        var kinds = await UnitQueries.KindsAsync(
            db,
            [.. requests.Select(r => r.UnitId).Distinct()],
            day,
            cancellationToken
        );
        foreach (var request in requests)
        {
            if (
                !kinds.TryGetValue(request.UnitId, out var kind)
                || !UnitLabel.RolesAt(UnitLabel.LevelOf(kind)).Contains(request.Role)
            )
            {
                throw new Refusal("role_not_at_unit");
            }
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Accounts;

/// <summary>A new link for an invitation that was lost, revoked or has expired; the old link opens nothing from then on.</summary>
internal sealed class RenewInvitation(AppDb db)
{
    /// <returns>the new secret; null when there is no such invitation in scope</returns>
    /// <exception cref="Refusal"><c>invitation_accepted</c></exception>
    public async Task<string?> ExecuteAsync(Actor actor, Guid invitationId, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var invitation = await db.Set<Invitation>()
            .AsTracking()
            .SingleOrDefaultAsync(row => row.InvitationId == invitationId, cancellationToken);
        if (invitation is null)
        {
            return null;
        }
        if (invitation.AcceptedAt is not null)
        {
            throw new Refusal("invitation_accepted");
        }
        var token = InvitationToken.Create();
        invitation.TokenHash = InvitationToken.Hash(token);
        invitation.ExpiresAt = actor.At.ToUniversalTime() + Invitation.Lifetime;
        invitation.RevokedAt = null;
        await db.SaveChangesAsync(cancellationToken);
        await AuditLog.WriteAsync(
            db,
            actor,
            "invitation_renewed",
            $"invitation/{invitationId}",
            invitation.UnitId,
            detail: null,
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return token;
    }
}

using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Accounts;

/// <summary>Takes an invitation back: its link opens nothing from then on.</summary>
internal sealed class RevokeInvitation(AppDb db)
{
    /// <returns>false when there is no such invitation in scope</returns>
    /// <exception cref="Refusal"><c>invitation_accepted</c></exception>
    public async Task<bool> ExecuteAsync(Actor actor, Guid invitationId, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var invitation = await db.Set<Invitation>()
            .AsTracking()
            .SingleOrDefaultAsync(row => row.InvitationId == invitationId, cancellationToken);
        if (invitation is null)
        {
            return false;
        }
        if (invitation.AcceptedAt is not null)
        {
            throw new Refusal("invitation_accepted");
        }
        if (invitation.RevokedAt is null)
        {
            invitation.RevokedAt = actor.At.ToUniversalTime();
            await db.SaveChangesAsync(cancellationToken);
            await AuditLog.WriteAsync(
                db,
                actor,
                "invitation_revoked",
                $"invitation/{invitationId}",
                invitation.UnitId,
                detail: null,
                cancellationToken
            );
        }
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}

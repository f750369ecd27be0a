using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Accounts;

/// <summary>
/// Ends a membership from a day on. Nobody ends the one they act under: so a unit, and the Department above all, never loses its
/// last administrator to a slip.
/// </summary>
internal sealed class EndMembership(AppDb db)
{
    /// <param name="validTo">the first day without access</param>
    /// <returns>false when there is no such membership in scope</returns>
    /// <exception cref="Refusal"><c>own_membership</c>, <c>membership_end_early</c>, <c>membership_ended</c></exception>
    public async Task<bool> ExecuteAsync(
        Actor actor,
        Guid membershipId,
        DateOnly validTo,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var membership = await db.Set<Membership>()
            .FromSql($"select * from membership where membership_id = {membershipId} for update")
            .AsTracking()
            .SingleOrDefaultAsync(cancellationToken);
        if (membership is null)
        {
            return false;
        }
        if (membershipId == actor.MembershipId)
        {
            throw new Refusal("own_membership");
        }
        if (membership.ValidTo is { } ended && ended <= validTo)
        {
            throw new Refusal("membership_ended");
        }
        if (validTo < membership.ValidFrom)
        {
            throw new Refusal("membership_end_early");
        }
        membership.ValidTo = validTo;
        await Refusals.TranslateAsync(() => db.SaveChangesAsync(cancellationToken));
        await AuditLog.WriteAsync(
            db,
            actor,
            "membership_ended",
            $"membership/{membershipId}",
            membership.UnitId,
            new { membership.UserId, valid_to = validTo },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}

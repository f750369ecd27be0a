using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Directory;

/// <summary>An administrator says which group of the unit each of its people belongs to.</summary>
internal sealed class AssignMembers(AppDb db)
{
    /// <param name="groupOfMembership">membership → group of the unit, null: none</param>
    /// <returns>How many changed.</returns>
    /// <exception cref="Refusal">group_not_found; not_allowed: not all of the memberships are the actor's to change</exception>
    public async Task<int> ExecuteAsync(
        Actor actor,
        int unitId,
        IReadOnlyDictionary<Guid, Guid?> groupOfMembership,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var groups = await db.Set<UnitGroup>()
            .Where(g => g.UnitId == unitId)
            .Select(g => g.UnitGroupId)
            .ToListAsync(cancellationToken);
        if (groupOfMembership.Values.OfType<Guid>().Except(groups).Any())
        {
            throw new Refusal("group_not_found");
        }
        var memberships = groupOfMembership.Keys.ToArray();
        var chosen = groupOfMembership.Values.ToArray();
        var touched = (
            await db
                .Database.SqlQuery<Change>(
                    $"""
                    with asked as (select * from unnest({memberships}, {chosen}) as a (membership_id, unit_group_id)),
                    changed as (
                        update membership m set unit_group_id = a.unit_group_id
                        from asked a
                        where m.membership_id = a.membership_id and m.unit_id = {unitId}
                          and m.unit_group_id is distinct from a.unit_group_id
                        returning m.membership_id)
                    select (select count(*) from changed)::int as done,
                        (select count(*) from membership m join asked a using (membership_id)
                         where m.unit_id = {unitId} and m.unit_group_id is distinct from a.unit_group_id)::int as wanted
                    """
                )
                .ToListAsync(cancellationToken)
        ).Single();
        if (touched.Done != touched.Wanted)
        {
            throw new Refusal("not_allowed");
        }
        await AuditLog.WriteAsync(
            db,
            actor,
            "group_members_assigned",
            $"unit/{unitId}",
            null,
            new { changed = touched.Done },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return touched.Done;
    }

    /// <summary>Wanted is counted as the statement began: what should change; done is what the policies let through.</summary>
    private sealed record Change(int Done, int Wanted);
}

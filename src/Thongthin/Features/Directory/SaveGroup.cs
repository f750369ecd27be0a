using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Directory;

/// <summary>What a group is called and how it is reached.</summary>
internal sealed record GroupRequest(
    string Code,
    string NameTh,
    string NameEn,
    string Telephone,
    string Fax,
    string Email,
    string CoOrdinator,
    bool Active
);

/// <summary>An administrator of the unit, or of one above it, makes or changes a group. None is deleted: topics, rounds and letters point at it.</summary>
internal sealed class SaveGroup(AppDb db)
{
    /// <param name="groupId">null makes a new one</param>
    /// <returns>The group's id.</returns>
    /// <exception cref="Refusal">not_allowed, group_name, group_name_taken, group_not_found</exception>
    public async Task<Guid> ExecuteAsync(
        Actor actor,
        int unitId,
        Guid? groupId,
        GroupRequest request,
        CancellationToken cancellationToken
    )
    {
        if (string.IsNullOrWhiteSpace(request.NameTh))
        {
            throw new Refusal("group_name");
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var group = groupId is { } id
            ? await db.Set<UnitGroup>()
                .AsTracking()
                .SingleOrDefaultAsync(g => g.UnitGroupId == id && g.UnitId == unitId, cancellationToken)
                ?? throw new Refusal("group_not_found")
            : db.Add(
                new UnitGroup
                {
                    UnitGroupId = Guid.CreateVersion7(),
                    UnitId = unitId,
                    NameTh = "",
                }
            ).Entity;
        Fill(group, request);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        // a row that the policies hide from an update is "changed by somebody else" to EF
        catch (DbUpdateConcurrencyException)
        {
            throw new Refusal("not_allowed");
        }
        catch (DbUpdateException exception) when (ConstraintMessages.Of(exception) is { } refusal)
        {
            throw refusal;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
        var action = groupId is null ? "group_created" : "group_changed";
        await AuditLog.WriteAsync(
            db,
            actor,
            action,
            $"unit_group/{group.UnitGroupId}",
            null,
            new { unit_id = unitId, name_th = group.NameTh },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return group.UnitGroupId;
    }

    private static void Fill(UnitGroup group, GroupRequest request)
    {
        group.Code = request.Code.Trim();
        group.NameTh = request.NameTh.Trim();
        group.NameEn = request.NameEn.Trim();
        group.Telephone = request.Telephone.Trim();
        group.Fax = request.Fax.Trim();
        group.Email = request.Email.Trim();
        group.CoOrdinator = request.CoOrdinator.Trim();
        group.Active = request.Active;
    }
}

using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Directory;

/// <summary>
/// The Department's administrator puts the units below an office into the order of printed tables. It is how today's
/// versions are listed, not something that happened to the units: no event, no new version. Rosters that are frozen
/// keep theirs.
/// </summary>
internal sealed class OrderUnits(AppDb db)
{
    /// <param name="orders">unit → place; equal places are listed by code</param>
    /// <exception cref="Refusal">not_allowed, unit_not_found: one of them is not below the office today</exception>
    public async Task ExecuteAsync(
        Actor actor,
        int officeId,
        IReadOnlyDictionary<int, int> orders,
        CancellationToken cancellationToken
    )
    {
        if (!actor.IsDepartmentAdministrator)
        {
            throw new Refusal("not_allowed");
        }
        var day = BangkokTime.Day(actor.At);
        var ids = orders.Keys.ToArray();
        var places = orders.Values.ToArray();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var changed = await db.Database.ExecuteSqlAsync(
            $"""
            update unit_version v set report_order = x.place
            from unnest({ids}, {places}) as x (unit_id, place), unit_version o
            where v.unit_id = x.unit_id and v.valid_from <= {day} and (v.valid_to is null or v.valid_to > {day})
              and o.unit_id = {officeId} and o.valid_from <= {day} and (o.valid_to is null or o.valid_to > {day})
              and (case o.kind when 'department' then v.kind = 'province' else v.province_id = {officeId} end)
            """,
            cancellationToken
        );
        if (changed != ids.Length)
        {
            throw new Refusal("unit_not_found");
        }
        await AuditLog.WriteAsync(
            db,
            actor,
            "units_ordered",
            $"unit/{officeId}",
            null,
            new { units = changed },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
    }
}

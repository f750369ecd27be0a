using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Directory;

/// <summary>An LAO moves to another district, perhaps of another province; the office that supervises it follows.</summary>
internal sealed class MoveUnit(AppDb db)
{
    /// <param name="code">the new code; null keeps the old one</param>
    /// <exception cref="Refusal">As <see cref="UnitEventEntry"/>; unit_not_existing, unit_event_not_for_kind, unit_place, unit_code.</exception>
    public async Task ExecuteAsync(
        Actor actor,
        int unitId,
        int provinceId,
        int districtId,
        string? code,
        UnitEventRequest request,
        CancellationToken cancellationToken
    )
    {
        await using var entry = await UnitEventEntry.OpenAsync(
            db,
            actor,
            UnitEventKind.Move,
            request,
            cancellationToken
        );
        var history = await entry.LockAsync(unitId, UnitEventPart.Subject, cancellationToken);
        var before = history.On(entry.Day);
        if (!before.Kind.IsLao())
        {
            throw new Refusal("unit_event_not_for_kind");
        }
        UnitRules.RequireCode(before.Kind, code);
        history.Change(
            entry.Day,
            entry.EventId,
            f => f with { ProvinceId = provinceId, DistrictId = districtId },
            (b, later) => b.ProvinceId == later.ProvinceId && b.DistrictId == later.DistrictId
        );
        if (!string.IsNullOrWhiteSpace(code))
        {
            history.Change(
                entry.Day,
                entry.EventId,
                f => f with { Code = code.Trim() },
                (b, later) => b.Code == later.Code
            );
        }
        await entry.RequirePlaceAsync(history.On(entry.Day), cancellationToken);
        UnitRules.FollowSupervision(history, entry.Day, entry.EventId, before);
        await entry.CommitAsync("unit_moved", cancellationToken);
    }
}

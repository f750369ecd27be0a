using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Directory;

/// <summary>A unit ends without a successor.</summary>
internal sealed class AbolishUnit(AppDb db)
{
    /// <exception cref="Refusal">As <see cref="UnitEventEntry"/>; unit_event_not_for_kind (the Department), unit_changed_later, unit_has_units.</exception>
    public async Task ExecuteAsync(
        Actor actor,
        int unitId,
        UnitEventRequest request,
        CancellationToken cancellationToken
    )
    {
        await using var entry = await UnitEventEntry.OpenAsync(
            db,
            actor,
            UnitEventKind.Abolish,
            request,
            cancellationToken
        );
        var history = await entry.LockAsync(unitId, UnitEventPart.Subject, cancellationToken);
        if (history.On(entry.Day.AddDays(-1)).Kind == UnitKind.Department)
        {
            throw new Refusal("unit_event_not_for_kind");
        }
        await entry.EndAsync(history, cancellationToken);
        await entry.CommitAsync("unit_abolished", cancellationToken);
    }
}

using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Directory;

/// <summary>Another office supervises an LAO from a day on: its district or its province, against the default of its kind or back to it.</summary>
internal sealed class ChangeSupervision(AppDb db)
{
    /// <exception cref="Refusal">As <see cref="UnitEventEntry"/>; unit_not_existing, unit_supervisor.</exception>
    public async Task ExecuteAsync(
        Actor actor,
        int unitId,
        int supervisingUnitId,
        UnitEventRequest request,
        CancellationToken cancellationToken
    )
    {
        await using var entry = await UnitEventEntry.OpenAsync(
            db,
            actor,
            UnitEventKind.ChangeSupervision,
            request,
            cancellationToken
        );
        var history = await entry.LockAsync(unitId, UnitEventPart.Subject, cancellationToken);
        UnitRules.RequireSupervisor(history.On(entry.Day), supervisingUnitId);
        history.Supervise(entry.Day, entry.EventId, supervisingUnitId);
        await entry.CommitAsync("supervision_changed", cancellationToken);
    }
}

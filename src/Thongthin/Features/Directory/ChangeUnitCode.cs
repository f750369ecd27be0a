using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Directory;

/// <summary>A unit's code changes; nothing else depends on it.</summary>
internal sealed class ChangeUnitCode(AppDb db)
{
    /// <param name="code">null or empty: it has none from that day</param>
    /// <exception cref="Refusal">As <see cref="UnitEventEntry"/>; unit_not_existing, unit_code.</exception>
    public async Task ExecuteAsync(
        Actor actor,
        int unitId,
        string? code,
        UnitEventRequest request,
        CancellationToken cancellationToken
    )
    {
        await using var entry = await UnitEventEntry.OpenAsync(
            db,
            actor,
            UnitEventKind.ChangeCode,
            request,
            cancellationToken
        );
        var history = await entry.LockAsync(unitId, UnitEventPart.Subject, cancellationToken);
        UnitRules.RequireCode(history.On(entry.Day).Kind, code);
        var changed = string.IsNullOrWhiteSpace(code) ? null : code.Trim();
        history.Change(
            entry.Day,
            entry.EventId,
            f => f with { Code = changed },
            (before, later) => before.Code == later.Code
        );
        await entry.CommitAsync("unit_code_changed", cancellationToken);
    }
}

using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Directory;

/// <summary>An LAO becomes one of another kind: อบต. to ทต., ทต. to ทม. Its code, and with it supervision, may change at once.</summary>
internal sealed class ChangeUnitKind(AppDb db)
{
    /// <param name="code">the new code; null keeps the old one</param>
    /// <exception cref="Refusal">As <see cref="UnitEventEntry"/>; unit_not_existing, unit_event_not_for_kind, unit_kind_same, unit_code.</exception>
    public async Task ExecuteAsync(
        Actor actor,
        int unitId,
        UnitKind kind,
        string? code,
        UnitEventRequest request,
        CancellationToken cancellationToken
    )
    {
        UnitRules.RequireCode(kind, code);
        await using var entry = await UnitEventEntry.OpenAsync(
            db,
            actor,
            UnitEventKind.ChangeKind,
            request,
            cancellationToken
        );
        var history = await entry.LockAsync(unitId, UnitEventPart.Subject, cancellationToken);
        var before = history.On(entry.Day);
        if (!before.Kind.IsLao() || !kind.IsLao())
        {
            throw new Refusal("unit_event_not_for_kind");
        }
        if (before.Kind == kind)
        {
            throw new Refusal("unit_kind_same");
        }
        history.Change(entry.Day, entry.EventId, f => f.OfKind(kind), (b, later) => b.Kind == later.Kind);
        if (!string.IsNullOrWhiteSpace(code))
        {
            history.Change(
                entry.Day,
                entry.EventId,
                f => f with { Code = code.Trim() },
                (b, later) => b.Code == later.Code
            );
        }
        UnitRules.FollowSupervision(history, entry.Day, entry.EventId, before);
        await entry.CommitAsync("unit_kind_changed", cancellationToken);
    }
}

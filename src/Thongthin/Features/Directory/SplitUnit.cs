using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Directory;

/// <summary>Part of an LAO becomes one of its own, or it falls apart into several and ends.</summary>
internal sealed class SplitUnit(AppDb db)
{
    /// <param name="newUnits">those that begin: at least one, or two when the old one ends</param>
    /// <param name="ends">whether the old one ends</param>
    /// <returns>The new units' ids, in order.</returns>
    /// <exception cref="Refusal">
    /// As <see cref="UnitEventEntry"/>; unit_not_existing, unit_event_not_for_kind, unit_split_parts, unit_changed_later, and
    /// as <see cref="CreateUnit"/>.
    /// </exception>
    public async Task<IReadOnlyList<int>> ExecuteAsync(
        Actor actor,
        int unitId,
        IReadOnlyList<NewUnit> newUnits,
        bool ends,
        UnitEventRequest request,
        CancellationToken cancellationToken
    )
    {
        if (newUnits.Count < (ends ? 2 : 1))
        {
            throw new Refusal("unit_split_parts");
        }
        await using var entry = await UnitEventEntry.OpenAsync(
            db,
            actor,
            UnitEventKind.Split,
            request,
            cancellationToken
        );
        var history = await entry.LockAsync(unitId, UnitEventPart.Predecessor, cancellationToken);
        if (!history.On(ends ? entry.Day.AddDays(-1) : entry.Day).Kind.IsLao())
        {
            throw new Refusal("unit_event_not_for_kind");
        }
        if (ends)
        {
            await entry.EndAsync(history, cancellationToken);
        }
        var created = new List<int>();
        foreach (var unit in newUnits)
        {
            var successor = await UnitRules.CreateAsync(entry, unit, UnitEventPart.Successor, cancellationToken);
            created.Add(successor.UnitId);
        }
        await entry.CommitAsync("unit_split", cancellationToken);
        return created;
    }
}

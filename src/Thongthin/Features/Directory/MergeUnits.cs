using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Directory;

/// <summary>
/// LAOs merge: the predecessors end, their data stays their own and is reached from the successor, which exists already
/// or begins with the merger.
/// </summary>
internal sealed class MergeUnits(AppDb db)
{
    /// <param name="predecessors">those that end; none of them is the successor</param>
    /// <param name="successor">an LAO that takes the others in; null when a new one begins</param>
    /// <param name="newUnit">the LAO that begins; null when one exists</param>
    /// <returns>The successor's id.</returns>
    /// <exception cref="Refusal">
    /// As <see cref="UnitEventEntry"/>; unit_not_existing, unit_event_not_for_kind, unit_merge_parts, unit_changed_later, and
    /// as <see cref="CreateUnit"/>.
    /// </exception>
    public async Task<int> ExecuteAsync(
        Actor actor,
        IReadOnlyCollection<int> predecessors,
        int? successor,
        NewUnit? newUnit,
        UnitEventRequest request,
        CancellationToken cancellationToken
    )
    {
        var ending = predecessors.Distinct().Order().ToList();
        if (
            (successor is null) == (newUnit is null)
            || ending.Count < (successor is null ? 2 : 1)
            || (successor is { } stays && ending.Contains(stays))
        )
        {
            throw new Refusal("unit_merge_parts");
        }
        await using var entry = await UnitEventEntry.OpenAsync(
            db,
            actor,
            UnitEventKind.Merge,
            request,
            cancellationToken
        );
        foreach (var unitId in ending)
        {
            var history = await entry.LockAsync(unitId, UnitEventPart.Predecessor, cancellationToken);
            await entry.EndAsync(Existing(history, entry.Day, dayBefore: true), cancellationToken);
        }
        var result = newUnit is null
            ? Existing(
                await entry.LockAsync(successor!.Value, UnitEventPart.Successor, cancellationToken),
                entry.Day,
                dayBefore: false
            )
            : await UnitRules.CreateAsync(entry, newUnit, UnitEventPart.Successor, cancellationToken);
        await entry.CommitAsync("units_merged", cancellationToken);
        return result.UnitId;
    }

    private static UnitHistory Existing(UnitHistory history, DateOnly day, bool dayBefore) =>
        history.On(dayBefore ? day.AddDays(-1) : day).Kind.IsLao()
            ? history
            : throw new Refusal("unit_event_not_for_kind");
}

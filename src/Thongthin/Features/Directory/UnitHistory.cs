using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Directory;

/// <summary>
/// All versions and supervisions of one unit, locked for change. Changes are made here in memory by the rule of
/// <see cref="Timeline"/> and written at once: no row is ever deleted; first the stored ones change or end, then new ones
/// come, so that the database's own check against overlaps never sees a state in between.
/// </summary>
internal sealed class UnitHistory
{
    private readonly Unit _unit;
    private readonly List<UnitVersion> _storedVersions;
    private readonly List<Supervision> _storedSupervisions;
    private IReadOnlyList<Period<Dated<UnitFacts>>> _versions;
    private IReadOnlyList<Period<Dated<int>>> _supervisions;

    private UnitHistory(Unit unit, List<UnitVersion> versions, List<Supervision> supervisions)
    {
        (_unit, _storedVersions, _storedSupervisions) = (unit, versions, supervisions);
        _versions =
        [
            .. versions.Select(v => new Period<Dated<UnitFacts>>(
                v.ValidFrom,
                v.ValidTo,
                new(v.UnitVersionId, UnitFacts.Of(v), v.UnitEventId)
            )),
        ];
        _supervisions =
        [
            .. supervisions.Select(s => new Period<Dated<int>>(
                s.ValidFrom,
                s.ValidTo,
                new(s.SupervisionId, s.SupervisingUnitId, s.UnitEventId)
            )),
        ];
    }

    public int UnitId => _unit.UnitId;

    /// <exception cref="Refusal">unit_not_found</exception>
    public static async Task<UnitHistory> LockAsync(AppDb db, int unitId, CancellationToken cancellationToken)
    {
        var units = await db.Set<Unit>()
            .FromSql($"select * from unit where unit_id = {unitId} for update")
            .ToListAsync(cancellationToken);
        if (units is not [var unit])
        {
            throw new Refusal("unit_not_found");
        }
        var versions = await db.Set<UnitVersion>()
            .Where(v => v.UnitId == unitId)
            .OrderBy(v => v.ValidFrom)
            .ToListAsync(cancellationToken);
        var supervisions = await db.Set<Supervision>()
            .Where(s => s.LaoId == unitId)
            .OrderBy(s => s.ValidFrom)
            .ToListAsync(cancellationToken);
        return new UnitHistory(unit, versions, supervisions);
    }

    /// <summary>A unit that begins to exist; its row is written already.</summary>
    public static UnitHistory Begin(Unit unit, UnitFacts facts, int? supervisor, Guid? eventId) =>
        new(unit, [], [])
        {
            _versions = [new(unit.CreatedOn, null, new(Guid.CreateVersion7(), facts, eventId))],
            _supervisions = supervisor is { } office
                ? [new(unit.CreatedOn, null, new(Guid.CreateVersion7(), office, eventId))]
                : [],
        };

    /// <exception cref="Refusal">unit_not_existing: not on that day</exception>
    public UnitFacts On(DateOnly day) =>
        _versions.FirstOrDefault(v => v.Covers(day))?.Value.What ?? throw new Refusal("unit_not_existing");

    /// <summary>The office that supervises on a day; null for offices.</summary>
    public int? SupervisorOn(DateOnly day) => _supervisions.FirstOrDefault(s => s.Covers(day))?.Value.What;

    /// <summary>Changes what holds from a day on.</summary>
    /// <param name="same">whether a later version still holds what is changed, given the version of the day</param>
    public void Change(
        DateOnly day,
        Guid eventId,
        Func<UnitFacts, UnitFacts> change,
        Func<UnitFacts, UnitFacts, bool> same
    ) =>
        _versions = Marked(
            _versions,
            Timeline.ChangeFrom(
                _versions,
                day,
                v => v with { What = change(v.What) },
                (before, later) => same(before.What, later.What)
            ) ?? throw new Refusal("unit_not_existing"),
            day,
            eventId
        );

    public void Supervise(DateOnly day, Guid eventId, int office)
    {
        if (SupervisorOn(day) != office)
        {
            _supervisions = Marked(
                _supervisions,
                Timeline.ChangeFrom(
                    _supervisions,
                    day,
                    s => s with { What = office },
                    (before, later) => before.What == later.What
                ) ?? throw new Refusal("unit_not_existing"),
                day,
                eventId
            );
        }
    }

    /// <exception cref="Refusal">unit_changed_later: it changes on or after the day, or has ended already</exception>
    public void End(DateOnly day)
    {
        _versions = Timeline.EndOn(_versions, day) ?? throw new Refusal("unit_changed_later");
        if (_supervisions.Count > 0)
        {
            _supervisions = Timeline.EndOn(_supervisions, day) ?? throw new Refusal("unit_changed_later");
        }
        _unit.AbolishedOn = day;
    }

    /// <summary>Stored rows that say something else now; written before <see cref="AddAsync"/> of any unit of the event.</summary>
    public async Task ChangeStoredAsync(AppDb db, CancellationToken cancellationToken)
    {
        var versions = _versions
            .Select(ToRow)
            .IntersectBy(_storedVersions.Select(v => v.UnitVersionId), r => r.UnitVersionId);
        await UnitRows.ChangeVersionsAsync(
            db,
            [.. versions.ExceptBy(_storedVersions.Select(Key), Key)],
            cancellationToken
        );
        var supervisions = _supervisions
            .Select(ToRow)
            .IntersectBy(_storedSupervisions.Select(s => s.SupervisionId), r => r.SupervisionId);
        await UnitRows.ChangeSupervisionsAsync(
            db,
            [.. supervisions.ExceptBy(_storedSupervisions.Select(Key), Key)],
            cancellationToken
        );
        await db.Set<Unit>()
            .Where(u => u.UnitId == UnitId && u.AbolishedOn != _unit.AbolishedOn)
            .ExecuteUpdateAsync(u => u.SetProperty(x => x.AbolishedOn, _unit.AbolishedOn), cancellationToken);
    }

    public async Task AddAsync(AppDb db, CancellationToken cancellationToken)
    {
        var versions = _versions
            .Select(ToRow)
            .ExceptBy(_storedVersions.Select(v => v.UnitVersionId), r => r.UnitVersionId);
        await UnitRows.AddVersionsAsync(db, [.. versions], cancellationToken);
        var supervisions = _supervisions
            .Select(ToRow)
            .ExceptBy(_storedSupervisions.Select(s => s.SupervisionId), r => r.SupervisionId);
        await UnitRows.AddSupervisionsAsync(db, [.. supervisions], cancellationToken);
    }

    private UnitVersion ToRow(Period<Dated<UnitFacts>> period) =>
        UnitRows.Version(period.Value.RowId, UnitId, period.From, period.To, period.Value.What, period.Value.EventId);

    private Supervision ToRow(Period<Dated<int>> period) =>
        new()
        {
            SupervisionId = period.Value.RowId,
            LaoId = UnitId,
            SupervisingUnitId = period.Value.What,
            ValidFrom = period.From,
            ValidTo = period.To,
            UnitEventId = period.Value.EventId,
        };

    private static (DateOnly, DateOnly?, UnitFacts, Guid?) Key(UnitVersion row) =>
        (row.ValidFrom, row.ValidTo, UnitFacts.Of(row), row.UnitEventId);

    private static (DateOnly, DateOnly?, int, Guid?) Key(Supervision row) =>
        (row.ValidFrom, row.ValidTo, row.SupervisingUnitId, row.UnitEventId);

    /// <summary>The period that begins on the day was begun by the event; where it was split off, it is a row of its own.</summary>
    private static IReadOnlyList<Period<Dated<T>>> Marked<T>(
        IReadOnlyList<Period<Dated<T>>> before,
        IReadOnlyList<Period<Dated<T>>> after,
        DateOnly day,
        Guid eventId
    )
    {
        var began = before.Any(p => p.From == day);
        return
        [
            .. after.Select(p =>
                p.From != day
                    ? p
                    : p with
                    {
                        Value = p.Value with
                        {
                            EventId = eventId,
                            RowId = began ? p.Value.RowId : Guid.CreateVersion7(),
                        },
                    }
            ),
        ];
    }

    private sealed record Dated<T>(Guid RowId, T What, Guid? EventId);
}

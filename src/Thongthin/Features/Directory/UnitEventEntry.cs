using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Thongthin.Data;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Directory;

/// <summary>What every event of a unit says: from when, why, and by which announcement or letter.</summary>
/// <param name="EffectiveOn">the first day on which it holds; not after today</param>
internal sealed record UnitEventRequest(DateOnly EffectiveOn, string Reason, string? Reference = null);

/// <summary>
/// One event being entered, in a transaction of its own: it locks the units it touches, collects their changes, and
/// <see cref="CommitAsync"/> writes all of it or nothing. Only the Department's administrators enter events.
/// </summary>
internal sealed class UnitEventEntry : IAsyncDisposable
{
    private readonly AppDb _db;
    private readonly Actor _actor;
    private readonly UnitEvent _event;
    private readonly IDbContextTransaction _transaction;
    private readonly List<UnitHistory> _histories = [];
    private readonly List<int> _ended = [];

    private UnitEventEntry(AppDb db, Actor actor, UnitEvent unitEvent, IDbContextTransaction transaction) =>
        (_db, _actor, _event, _transaction) = (db, actor, unitEvent, transaction);

    public Guid EventId => _event.UnitEventId;

    public DateOnly Day => _event.EffectiveOn;

    /// <exception cref="Refusal">not_allowed, reason_required, unit_event_in_future</exception>
    public static async Task<UnitEventEntry> OpenAsync(
        AppDb db,
        Actor actor,
        UnitEventKind kind,
        UnitEventRequest request,
        CancellationToken cancellationToken
    )
    {
        if (actor.Kind != ActorKind.Job && !actor.IsDepartmentAdministrator)
        {
            throw new Refusal("not_allowed");
        }
        if (string.IsNullOrWhiteSpace(request.Reason))
        {
            throw new Refusal("reason_required");
        }
        if (request.EffectiveOn > BangkokTime.Day(actor.At))
        {
            throw new Refusal("unit_event_in_future");
        }
        var unitEvent = new UnitEvent
        {
            UnitEventId = Guid.CreateVersion7(),
            Kind = kind,
            EffectiveOn = request.EffectiveOn,
            Reason = request.Reason.Trim(),
            Reference = string.IsNullOrWhiteSpace(request.Reference) ? null : request.Reference.Trim(),
            EnteredAt = actor.At.ToUniversalTime(),
            EnteredBy = actor.UserId,
        };
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.Add(unitEvent);
        await db.SaveChangesAsync(cancellationToken);
        return new UnitEventEntry(db, actor, unitEvent, transaction);
    }

    /// <summary>A unit that the event changes, locked. Lock several in the order of their ids.</summary>
    /// <exception cref="Refusal">unit_not_found</exception>
    public async Task<UnitHistory> LockAsync(int unitId, UnitEventPart part, CancellationToken cancellationToken)
    {
        var history = await UnitHistory.LockAsync(_db, unitId, cancellationToken);
        _histories.Add(history);
        Take(unitId, part);
        return history;
    }

    /// <summary>A unit that begins to exist on the event's day.</summary>
    public async Task<UnitHistory> CreateAsync(
        UnitFacts facts,
        int? supervisor,
        UnitEventPart part,
        CancellationToken cancellationToken
    )
    {
        var unit = new Unit { CreatedOn = Day };
        _db.Add(unit);
        await _db.SaveChangesAsync(cancellationToken);
        var history = UnitHistory.Begin(unit, facts, supervisor, EventId);
        _histories.Add(history);
        Take(unit.UnitId, part);
        return history;
    }

    /// <summary>Ends a unit on the event's day; what it has not finished in running rounds becomes exempt.</summary>
    /// <exception cref="Refusal">unit_changed_later; unit_has_units: other units still belong to it</exception>
    public async Task EndAsync(UnitHistory history, CancellationToken cancellationToken)
    {
        history.End(Day);
        if (await HasUnitsAsync(history.UnitId, cancellationToken))
        {
            throw new Refusal("unit_has_units");
        }
        _ended.Add(history.UnitId);
    }

    /// <summary>The facts of an office on the event's day.</summary>
    /// <exception cref="Refusal">unit_place: it is no such office then, or the district is not in the province</exception>
    public async Task RequirePlaceAsync(UnitFacts facts, CancellationToken cancellationToken)
    {
        var asksDistrict = facts.Kind.IsLao();
        var fits = await _db.Set<UnitVersion>()
            .CountAsync(
                v =>
                    v.ValidFrom <= Day
                    && (v.ValidTo == null || v.ValidTo > Day)
                    && (
                        (v.UnitId == facts.ProvinceId && v.Kind == UnitKind.Province)
                        || (
                            asksDistrict
                            && v.UnitId == facts.DistrictId
                            && v.Kind == UnitKind.District
                            && v.ProvinceId == facts.ProvinceId
                        )
                    ),
                cancellationToken
            );
        if (fits != (asksDistrict ? 2 : 1))
        {
            throw new Refusal("unit_place");
        }
    }

    /// <param name="action">for the audit log: <c>unit_renamed</c></param>
    /// <exception cref="Refusal">unit_name_taken: another unit has the kind, name and place at some time</exception>
    public async Task CommitAsync(string action, CancellationToken cancellationToken)
    {
        try
        {
            await _db.SaveChangesAsync(cancellationToken);
            foreach (var history in _histories)
            {
                await history.ChangeStoredAsync(_db, cancellationToken);
            }
            foreach (var history in _histories)
            {
                await history.AddAsync(_db, cancellationToken);
            }
        }
        catch (Exception exception) when (ConstraintMessages.Of(exception) is { } refusal)
        {
            throw refusal;
        }
        _db.ChangeTracker.Clear();
        foreach (var unitId in _ended.Order())
        {
            await ExemptUnfinishedAsync(unitId, cancellationToken);
        }
        foreach (var history in _histories)
        {
            await AuditLog.WriteAsync(
                _db,
                _actor,
                action,
                $"unit/{history.UnitId}",
                history.UnitId,
                new { unit_event_id = EventId, effective_on = Day },
                cancellationToken
            );
        }
        await _transaction.CommitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _db.ChangeTracker.Clear();
        await _transaction.DisposeAsync();
    }

    private void Take(int unitId, UnitEventPart part) =>
        _db.Add(
            new UnitEventUnit
            {
                UnitEventId = EventId,
                UnitId = unitId,
                Part = part,
            }
        );

    private Task<bool> HasUnitsAsync(int unitId, CancellationToken cancellationToken)
    {
        var leaving = _histories.Select(h => h.UnitId).ToList();
        return _db.Set<UnitVersion>()
            .AnyAsync(
                v =>
                    (v.ProvinceId == unitId || v.DistrictId == unitId)
                    && (v.ValidTo == null || v.ValidTo > Day)
                    && !leaving.Contains(v.UnitId),
                cancellationToken
            );
    }

    /// <summary>
    /// In rounds that had not closed by the event's day: what is done there stays counted, everything else leaves the
    /// count with the event as the reason.
    /// </summary>
    private async Task ExemptUnfinishedAsync(int unitId, CancellationToken cancellationToken)
    {
        var unfinished = await _db
            .Database.SqlQuery<Guid>(
                $"""
                select s.submission_id as "Value"
                from submission s join round r using (round_id)
                where s.lao_id = {unitId} and greatest(r.closes_on, s.extended_until, s.open_until) >= {Day} and r.cancelled_at is null
                  and (s.state in ('not_started', 'in_progress', 'returned')
                       or (s.state = 'recorded' and r.done_means = 'certified'))
                order by s.submission_id
                """
            )
            .ToListAsync(cancellationToken);
        foreach (var submissionId in unfinished)
        {
            await using var submission = await LockedSubmission.JoinAsync(
                _db,
                _actor,
                _transaction,
                new SubmissionKey(unitId, submissionId),
                cancellationToken
            );
            await submission.MoveAsync(
                SubmissionAction.Exempt,
                _event.Reason,
                new EventDetail(UnitEventId: EventId),
                cancellationToken
            );
            await submission.AuditAsync("submission_exempted", new { unit_event_id = EventId }, cancellationToken);
        }
    }
}

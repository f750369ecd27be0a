using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;
using Thongthin.Platform.Spreadsheets;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Directory;

/// <summary>What an import did, or, on a dry run or with errors, would have done.</summary>
/// <param name="NotMentioned">LAOs of the directory that the registry does not have; they stay</param>
/// <param name="Places">areas and coordinates of the file that can be believed</param>
internal sealed record ImportResult(
    int Rows,
    int Offices,
    int Created,
    int Changed,
    int Unchanged,
    int NotMentioned,
    IReadOnlyList<ImportFinding> Errors,
    IReadOnlyList<ImportFinding> Warnings,
    PlaceCount Places,
    PlaceCount PlacesLeftOut,
    bool Saved
);

/// <summary>
/// Takes over the Department's registry as it was on a day: all of it or nothing. New LAOs begin that day, changed ones get
/// a version from that day. A dry run does everything, so that the database checks it, and undoes it.
/// </summary>
internal sealed class ImportDirectory(AppDb db)
{
    /// <param name="table">the file's rows, its header first</param>
    /// <param name="asOf">the day of the registry; not after today</param>
    /// <param name="source">the file's name, kept with the event</param>
    /// <exception cref="Refusal">not_allowed, unit_event_in_future, registry_too_early, unit_name_taken</exception>
    public async Task<ImportResult> ExecuteAsync(
        Actor actor,
        IReadOnlyList<TableRow> table,
        DateOnly asOf,
        string source,
        bool dryRun,
        CancellationToken cancellationToken
    )
    {
        Require(actor, asOf);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var eventId = await AddEventAsync(actor, asOf, source, cancellationToken);
        var offices = await Offices.AddMissingAsync(db, eventId, cancellationToken);
        var reading = RegistryFile.Read(table, await Offices.ListAsync(db, asOf, cancellationToken));
        var plan = ImportPlan.Make(
            reading.Rows,
            await ListKnownAsync(asOf, cancellationToken),
            await ListLaterAsync(asOf, cancellationToken)
        );
        var errors = reading.Errors.Concat(plan.Errors).OrderBy(e => e.Line).ToList();
        if (errors.Count == 0)
        {
            await WriteAsync(plan, asOf, eventId, cancellationToken);
            await UnitRows.PlaceAsync(db, reading.Rows, asOf, cancellationToken);
            await AuditLog.WriteAsync(
                db,
                actor,
                "directory_imported",
                $"unit_event/{eventId}",
                null,
                new
                {
                    as_of = asOf,
                    created = plan.Created.Count,
                    changed = plan.Changed.Count,
                },
                cancellationToken
            );
        }
        var saved = errors.Count == 0 && !dryRun;
        await (saved ? transaction.CommitAsync(cancellationToken) : transaction.RollbackAsync(cancellationToken));
        return new(
            reading.Rows.Count,
            offices,
            plan.Created.Count,
            plan.Changed.Count,
            plan.Unchanged,
            plan.NotMentioned,
            errors,
            reading.Warnings,
            new(reading.Rows.Count(r => r.Place.AreaKm2 > 0), reading.Rows.Count(r => r.Place.Latitude is not null)),
            reading.PlacesLeftOut,
            saved
        );
    }

    private static void Require(Actor actor, DateOnly asOf)
    {
        if (actor.Kind != ActorKind.Job && !actor.IsDepartmentAdministrator)
        {
            throw new Refusal("not_allowed");
        }
        if (asOf > BangkokTime.Day(actor.At))
        {
            throw new Refusal("unit_event_in_future");
        }
        if (asOf < Offices.Since)
        {
            throw new Refusal("registry_too_early");
        }
    }

    private async Task<Guid> AddEventAsync(
        Actor actor,
        DateOnly asOf,
        string source,
        CancellationToken cancellationToken
    )
    {
        var unitEvent = new UnitEvent
        {
            UnitEventId = Guid.CreateVersion7(),
            Kind = UnitEventKind.Import,
            EffectiveOn = asOf,
            Reason = "นำเข้าทะเบียนองค์กรปกครองส่วนท้องถิ่น",
            Reference = source,
            EnteredAt = actor.At.ToUniversalTime(),
            EnteredBy = actor.UserId,
        };
        db.Add(unitEvent);
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        return unitEvent.UnitEventId;
    }

    private async Task<List<KnownLao>> ListKnownAsync(DateOnly asOf, CancellationToken cancellationToken)
    {
        var laos = UnitKinds.OfLaos;
        return await (
            from v in db.Set<UnitVersion>()
            join s in db.Set<Supervision>() on v.UnitId equals s.LaoId
            where
                v.ValidFrom <= asOf
                && (v.ValidTo == null || v.ValidTo > asOf)
                && s.ValidFrom <= asOf
                && (s.ValidTo == null || s.ValidTo > asOf)
                && laos.Contains(v.Kind)
            select new KnownLao(v, s)
        ).ToListAsync(cancellationToken);
    }

    private async Task<HashSet<(int?, int?, UnitKind, string)>> ListLaterAsync(
        DateOnly asOf,
        CancellationToken cancellationToken
    )
    {
        var later = await db.Set<UnitVersion>().Where(v => v.ValidFrom > asOf).ToListAsync(cancellationToken);
        return [.. later.Select(v => (v.ProvinceId, v.DistrictId, v.Kind, v.NameTh))];
    }

    private async Task WriteAsync(ImportPlan plan, DateOnly asOf, Guid eventId, CancellationToken cancellationToken)
    {
        var ids = await UnitRows.AllocateAsync(db, asOf, plan.Created.Count, cancellationToken);
        var (changedVersions, newVersions) = Versions(plan, ids, asOf, eventId);
        var (changedSupervisions, newSupervisions) = Supervisions(plan, ids, asOf, eventId);
        try
        {
            await UnitRows.ChangeVersionsAsync(db, changedVersions, cancellationToken);
            await UnitRows.AddVersionsAsync(db, newVersions, cancellationToken);
            await UnitRows.ChangeSupervisionsAsync(db, changedSupervisions, cancellationToken);
            await UnitRows.AddSupervisionsAsync(db, newSupervisions, cancellationToken);
        }
        catch (Exception exception) when (ConstraintMessages.Of(exception) is { } refusal)
        {
            throw refusal;
        }
        await UnitRows.AddSubjectsAsync(
            db,
            eventId,
            [.. ids, .. plan.Changed.Select(c => c.Lao.Version.UnitId)],
            cancellationToken
        );
    }

    /// <summary>A version that began on the day itself is corrected; an older one ends and another begins.</summary>
    private static (List<UnitVersion> Changed, List<UnitVersion> New) Versions(
        ImportPlan plan,
        IReadOnlyList<int> ids,
        DateOnly asOf,
        Guid eventId
    )
    {
        var changed = new List<UnitVersion>();
        var added = plan
            .Created.Zip(
                ids,
                (facts, unitId) => UnitRows.Version(Guid.CreateVersion7(), unitId, asOf, null, facts, eventId)
            )
            .ToList();
        foreach (var (lao, facts, _) in plan.Changed)
        {
            var old = lao.Version;
            if (old.ValidFrom == asOf)
            {
                changed.Add(UnitRows.Version(old.UnitVersionId, old.UnitId, asOf, null, facts, eventId));
                continue;
            }
            old.ValidTo = asOf;
            changed.Add(old);
            added.Add(UnitRows.Version(Guid.CreateVersion7(), old.UnitId, asOf, null, facts, eventId));
        }
        return (changed, added);
    }

    private static (List<Supervision> Changed, List<Supervision> New) Supervisions(
        ImportPlan plan,
        IReadOnlyList<int> ids,
        DateOnly asOf,
        Guid eventId
    )
    {
        var changed = new List<Supervision>();
        var added = plan.Created.Zip(ids, (facts, unitId) => New(unitId, facts.DefaultSupervisor)).ToList();
        foreach (var (lao, _, office) in plan.Changed)
        {
            if (office is null)
            {
                continue;
            }
            var old = lao.Supervision;
            changed.Add(old);
            if (old.ValidFrom == asOf)
            {
                (old.SupervisingUnitId, old.UnitEventId) = (office.Value, eventId);
                continue;
            }
            old.ValidTo = asOf;
            added.Add(New(old.LaoId, office.Value));
        }
        return (changed, added);

        Supervision New(int unitId, int office) =>
            new()
            {
                SupervisionId = Guid.CreateVersion7(),
                LaoId = unitId,
                SupervisingUnitId = office,
                ValidFrom = asOf,
                UnitEventId = eventId,
            };
    }
}

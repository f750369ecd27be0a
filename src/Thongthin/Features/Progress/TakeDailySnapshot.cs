using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Rounds;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Progress;

/// <summary>
/// Keeps the national table of an open round as it stood at the end of a day. It takes the first one that is missing, of
/// any round and day up to yesterday, so that calling it until nothing is missing also makes good the days on which the
/// program did not run: tables of a past day are drawn from the kept history. One at a time, whatever programs run.
/// </summary>
internal sealed class TakeDailySnapshot(AppDb db)
{
    /// <summary>A round that closed longer ago is over: its days are not made good any more.</summary>
    private const int DaysAfterClosing = 31;

    /// <returns>the number given; null when no day is missing</returns>
    public async Task<SnapshotNumber?> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtext('daily_snapshot'))",
            cancellationToken
        );
        var today = BangkokTime.Day(actor.At);
        if (await FirstMissingAsync(today, cancellationToken) is not { } missing)
        {
            return null;
        }
        var scope = new ProgressScope(missing.Round, null, missing.Day, today, new TableFilter());
        var table = await new ProgressQueries(db).NationalAsync(scope, cancellationToken, naming: true);
        var snapshot = ProgressSnapshot.Of(actor, missing.Round, table, isDaily: true);
        db.Add(snapshot);
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        await AuditLog.WriteAsync(
            db,
            actor,
            "daily_snapshot_taken",
            $"progress_snapshot/{snapshot.ProgressSnapshotId}",
            null,
            new { snapshot.Year, snapshot.Number },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return new SnapshotNumber(snapshot.Year, snapshot.Number);
    }

    /// <summary>The days of a round run from its opening to its closing; they are kept in order, so the next is the one after the last.</summary>
    private async Task<Missing?> FirstMissingAsync(DateOnly today, CancellationToken cancellationToken)
    {
        var row = await db
            .Database.SqlQuery<MissingRow>(
                $"""
                select r.round_id, r.slug, r.fiscal_year, r.title_th, r.title_en, r.opens_on, r.deadline, r.closes_on,
                    r.done_means, d.day
                from round r
                cross join lateral (
                    select coalesce(
                        (select max(s.as_of) from progress_snapshot s where s.round_id = r.round_id and s.is_daily) + 1,
                        greatest(r.opens_on, bangkok_day(r.opened_at))) as day) d
                where r.opened_at is not null and r.cancelled_at is null
                    and r.closes_on >= {today.AddDays(
                    -DaysAfterClosing
                )} and d.day <= least(r.closes_on, {today.AddDays(-1)})
                order by d.day, r.slug
                limit 1
                """
            )
            .FirstOrDefaultAsync(cancellationToken);
        return row is null ? null : new Missing(row.Round, row.Day);
    }

    private sealed record Missing(ProgressRound Round, DateOnly Day);

    private sealed record MissingRow(
        Guid RoundId,
        string Slug,
        int FiscalYear,
        string TitleTh,
        string TitleEn,
        DateOnly OpensOn,
        DateOnly Deadline,
        DateOnly ClosesOn,
        DoneMeans DoneMeans,
        DateOnly Day
    )
    {
        public ProgressRound Round =>
            new(RoundId, Slug, FiscalYear, TitleTh, TitleEn, OpensOn, Deadline, ClosesOn, DoneMeans);
    }
}

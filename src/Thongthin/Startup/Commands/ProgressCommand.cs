using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Progress;
using Thongthin.Platform;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

namespace Thongthin.Startup.Commands;

/// <summary>
/// <c>progress</c>: the three tables (<see cref="ProgressTableCommand"/>); <c>progress snapshot</c>, which keeps the daily
/// tables that are missing or, of a round that is named, its national table as it is now; and <c>progress verify</c>, which
/// compares what is kept with a recount of all transitions.
/// </summary>
internal static class ProgressCommand
{
    public static Command Create(CommandServices services) =>
        new("progress", "Progress tables of a round, and the check of what is kept")
        {
            ProgressTableCommand.Create(services, "national", "A row for every province", null),
            ProgressTableCommand.Create(services, "province", "A row for every local authority of a province", 2),
            ProgressTableCommand.Create(services, "district", "A row for every local authority of a district", 4),
            Snapshot(services),
            Verify(services),
        };

    private static Command Snapshot(CommandServices services)
    {
        var round = new Option<string?>("--round")
        {
            Description = "The round's slug; left out: all missing daily tables",
        };
        var command = new Command("snapshot", "Keep progress tables under their numbers") { round };
        command.SetAction(
            (parsed, cancellationToken) => SnapshotAsync(services, parsed.GetValue(round), cancellationToken)
        );
        return command;
    }

    private static async Task<int> SnapshotAsync(
        CommandServices services,
        string? slug,
        CancellationToken cancellationToken
    )
    {
        await using var database = await services.OpenDatabaseAsync(cancellationToken);
        await using var databases = new AppDbFactory(database.ConnectionString);
        if (slug is null)
        {
            var taken = await DailySnapshots.TakeMissingAsync(databases, services.TimeProvider, cancellationToken);
            await services.Out.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"เก็บตารางรายวันที่ขาดแล้ว {taken} ตาราง / {taken} missing daily tables kept."
                )
            );
            return CommandLine.Done;
        }
        var actor = Actor.Job(services.TimeProvider, "progress snapshot");
        await using var db = databases.Create(actor);
        var round =
            await new ProgressQueries(db).FindRoundAsync(slug, cancellationToken)
            ?? throw new OperatorException(
                $"ไม่มีรอบการบันทึก {slug} ที่เปิดแล้ว",
                $"There is no opened round '{slug}'."
            );
        var scope = new ProgressScope(round, null, null, BangkokTime.Day(actor.At), new TableFilter());
        var number = await new TakeSnapshot(db).ExecuteAsync(
            actor,
            round,
            (queries, token) => queries.NationalAsync(scope, token, naming: true),
            cancellationToken
        );
        await services.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"เก็บตารางที่ {number.Number}/{number.Year} แล้ว / Kept as table {number.Number}/{number.Year}."
            )
        );
        return CommandLine.Done;
    }

    private static Command Verify(CommandServices services)
    {
        var command = new Command("verify", "Compare what is kept with a recount of all transitions");
        command.SetAction((_, cancellationToken) => VerifyAsync(services, cancellationToken));
        return command;
    }

    private static async Task<int> VerifyAsync(CommandServices services, CancellationToken cancellationToken)
    {
        await using var database = await services.OpenDatabaseAsync(cancellationToken);
        await using var databases = new AppDbFactory(database.ConnectionString);
        await using var db = databases.Create(Actor.Job(services.TimeProvider, "progress verify"));
        var differences = await db
            .Database.SqlQuery<Difference>(
                $"select what, round_slug, key, kept, recounted from verify_progress() order by what, round_slug, key"
            )
            .ToListAsync(cancellationToken);
        foreach (var d in differences)
        {
            await services.Out.WriteLineAsync(
                $"{d.What} {d.RoundSlug} {d.Key}: เก็บไว้ / kept {d.Kept ?? "-"}, นับใหม่ / recounted {d.Recounted ?? "-"}"
            );
        }
        await services.Out.WriteLineAsync(
            differences.Count == 0
                ? "ตารางสถานะตรงกับการนับใหม่ทั้งหมด / What is kept equals the recount."
                : $"พบ {differences.Count} รายการที่ไม่ตรง / {differences.Count} differences."
        );
        return differences.Count == 0 ? CommandLine.Done : CommandLine.Findings;
    }

    private sealed record Difference(string What, string? RoundSlug, string? Key, string? Kept, string? Recounted);
}

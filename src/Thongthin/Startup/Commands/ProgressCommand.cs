using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Startup.Commands;

/// <summary>
/// <c>progress</c>: the three tables (<see cref="ProgressTableCommand"/>), and <c>progress verify</c>, which compares what
/// is kept with a recount of all transitions.
/// </summary>
internal static class ProgressCommand
{
    public static Command Create(CommandServices services) =>
        new("progress", "Progress tables of a round, and the check of what is kept")
        {
            ProgressTableCommand.Create(services, "national", "A row for every province", null),
            ProgressTableCommand.Create(services, "province", "A row for every local authority of a province", 2),
            ProgressTableCommand.Create(services, "district", "A row for every local authority of a district", 4),
            Verify(services),
        };

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

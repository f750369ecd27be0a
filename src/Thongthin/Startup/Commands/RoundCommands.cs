using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Rounds;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Startup.Commands;

/// <summary>
/// <c>rounds list</c>: one line a round, columns separated by tabs: slug, fiscal year, state, deadline (ISO), LAOs, title.
/// <c>rounds open SLUG</c>: opens a draft, as its page does.
/// </summary>
internal static class RoundCommands
{
    public static Command Create(CommandServices services)
    {
        var list = new Command("list", "List all rounds, newest deadline first");
        list.SetAction((_, cancellationToken) => ListAsync(services, cancellationToken));
        var slug = new Argument<string>("SLUG") { Description = "The round's name in addresses" };
        var open = new Command("open", "Open a draft: freeze its roster and make its submissions") { slug };
        open.SetAction(
            (parsed, cancellationToken) => OpenAsync(services, parsed.GetRequiredValue(slug), cancellationToken)
        );
        return new Command("rounds", "List and open rounds") { list, open };
    }

    private static async Task<int> ListAsync(CommandServices services, CancellationToken cancellationToken)
    {
        await using var database = await services.OpenDatabaseAsync(cancellationToken);
        await using var databases = new AppDbFactory(database.ConnectionString);
        await using var db = databases.Create(Actor.Job(services.TimeProvider, "rounds list"));
        foreach (var round in await new RoundQueries(db).ListAsync(new RoundFilter(), cancellationToken))
        {
            await services.Out.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{round.Slug}\t{round.FiscalYear}\t{SnakeCase.Of(round.State)}\t{round.Deadline:yyyy-MM-dd}\t{round.Laos}\t{round.TitleTh}"
                )
            );
        }
        return CommandLine.Done;
    }

    private static async Task<int> OpenAsync(CommandServices services, string slug, CancellationToken cancellationToken)
    {
        await using var database = await services.OpenDatabaseAsync(cancellationToken);
        await using var databases = new AppDbFactory(database.ConnectionString);
        var actor = Actor.Job(services.TimeProvider, "rounds open");
        await using var db = databases.Create(actor);
        try
        {
            var id = await db.Set<Round>()
                .Where(r => r.Slug == slug)
                .Select(r => (Guid?)r.RoundId)
                .FirstOrDefaultAsync(cancellationToken);
            var opened = await new OpenRound(db).ExecuteAsync(
                actor,
                id ?? throw new Refusal("round_not_found"),
                cancellationToken
            );
            await services.Out.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{slug}: เปิดรอบแล้ว / opened: {opened.Laos} อปท. / local authorities, {opened.Submissions} การบันทึก / submissions"
                )
            );
            return CommandLine.Done;
        }
        catch (Refusal refusal)
        {
            var text = TextCatalog.LoadEmbedded(missingIsAnError: true).Find("refusal." + refusal.Code)!;
            object[] arguments = [.. refusal.Arguments];
            await services.Error.WriteLineAsync(
                $"{slug}: {string.Format(CultureInfo.InvariantCulture, text.Th, arguments)} / {string.Format(CultureInfo.InvariantCulture, text.En, arguments)}"
            );
            return CommandLine.Findings;
        }
    }
}

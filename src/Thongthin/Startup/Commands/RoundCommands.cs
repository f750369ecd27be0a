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
/// <c>rounds open SLUG</c>: opens a draft, as its page does; a deadline on a day off is warned of.
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
            var round =
                await db.Set<Round>().FirstOrDefaultAsync(r => r.Slug == slug, cancellationToken)
                ?? throw new Refusal("round_not_found");
            var opened = await new OpenRound(db).ExecuteAsync(actor, round.RoundId, cancellationToken);
            if (DeadlineWarning.Of(round.Deadline) is { } warning)
            {
                await services.Error.WriteLineAsync($"{slug}: {InBothLanguages(warning.Text)}");
            }
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
            await services.Error.WriteLineAsync($"{slug}: {InBothLanguages(texts => texts.Refusal(refusal))}");
            return CommandLine.Findings;
        }
    }

    private static string InBothLanguages(Func<Texts, string> text)
    {
        var catalog = TextCatalog.LoadEmbedded(missingIsAnError: true);
        string In(Language language) =>
            text(new Texts(catalog, new ReaderPreferences(new HttpContextAccessor()) { Language = language }));
        return $"{In(Language.Thai)} / {In(Language.English)}";
    }
}

using System.CommandLine;
using System.Globalization;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Forms.Verification;
using Thongthin.Forms.XlsForm;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Startup.Commands;

/// <summary>
/// <c>forms publish FILE</c>: publishes a form as the next version of itself; the same source again stays the same version. A
/// form with errors is not published: its findings are printed as by <c>forms check</c>.
/// </summary>
internal static class FormsPublish
{
    public static Command Create(CommandServices services)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "An XLSForm: .xlsx, .xls, .csv, or Markdown tables" };
        var command = new Command("publish", "Publish a form as the next version of itself") { file };
        command.SetAction(
            (parsed, cancellationToken) => RunAsync(services, parsed.GetRequiredValue(file), cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        CommandServices services,
        FileInfo file,
        CancellationToken cancellationToken
    )
    {
        await using var stream = FormsCheck.Open(file);
        await using var database = await services.OpenDatabaseAsync(cancellationToken);
        await using var databases = new AppDbFactory(database.ConnectionString);
        var actor = Actor.Job(services.TimeProvider, "forms publish");
        await using var db = databases.Create(actor);
        try
        {
            var published = await new PublishForm(db).ExecuteAsync(
                actor,
                stream,
                file.Name,
                cancellationToken,
                name => FormsCheck.ListBeside(file, name)
            );
            return await ReportAsync(services, file.Name, published);
        }
        catch (Refusal refusal)
        {
            var text = TextCatalog.LoadEmbedded(missingIsAnError: true).Find("refusal." + refusal.Code)!;
            object[] arguments = [.. refusal.Arguments];
            await services.Error.WriteLineAsync(
                $"{file.Name}: {string.Format(CultureInfo.InvariantCulture, text.Th, arguments)} / {string.Format(CultureInfo.InvariantCulture, text.En, arguments)}"
            );
            return CommandLine.Findings;
        }
    }

    private static async Task<int> ReportAsync(CommandServices services, string file, PublishedForm published)
    {
        foreach (var line in FindingReport.Lines(new FormReading(null, published.Findings, null)))
        {
            await services.Error.WriteLineAsync(line);
        }
        if (published.Version is not { } version)
        {
            await services.Out.WriteLineAsync($"{file}: เผยแพร่ไม่ได้ / cannot be published");
            return CommandLine.Findings;
        }
        var outcome = published.IsNew ? "เผยแพร่แล้ว / published" : "เผยแพร่อยู่ก่อนแล้ว / already published";
        await services.Out.WriteLineAsync($"{file}: {published.FormId} {version}: {outcome}");
        return CommandLine.Done;
    }
}

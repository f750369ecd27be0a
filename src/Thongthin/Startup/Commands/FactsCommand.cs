using System.CommandLine;
using System.Globalization;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Features.Submissions.Facts;
using Thongthin.Platform.Security;

namespace Thongthin.Startup.Commands;

/// <summary><c>facts rebuild</c>: makes the recorded facts again from the answers, for one form or all, with progress.</summary>
internal static class FactsCommand
{
    public static Command Create(CommandServices services)
    {
        var form = new Option<string?>("--form") { Description = "Only this form's; all when absent", HelpName = "ID" };
        var rebuild = new Command("rebuild", "Make the recorded facts again from the answers") { form };
        rebuild.SetAction((parsed, cancellationToken) => RunAsync(services, parsed.GetValue(form), cancellationToken));
        return new Command("facts", "What was recorded, value by value, for analysis and rules") { rebuild };
    }

    private static async Task<int> RunAsync(CommandServices services, string? form, CancellationToken cancellationToken)
    {
        await using var database = await services.OpenDatabaseAsync(cancellationToken);
        await using var databases = new AppDbFactory(database.ConnectionString);
        var actor = Actor.Job(services.TimeProvider, "facts rebuild");
        await using var db = databases.Create(actor);
        var rebuilt = await new RebuildFacts(db, new FormLibrary(databases, services.TimeProvider)).ExecuteAsync(
            actor,
            form,
            count => services.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} …")),
            cancellationToken
        );
        await services.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"การบันทึก {rebuilt.Submissions} ฉบับ ข้อเท็จจริง {rebuilt.Facts} รายการ / {rebuilt.Submissions} submissions, {rebuilt.Facts} facts"
            )
        );
        return CommandLine.Done;
    }
}

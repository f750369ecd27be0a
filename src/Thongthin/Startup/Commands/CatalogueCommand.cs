using System.CommandLine;
using System.Globalization;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Platform;
using Thongthin.Platform.Security;
using Thongthin.Platform.Spreadsheets;
using Thongthin.Platform.Web;

namespace Thongthin.Startup.Commands;

/// <summary>
/// <c>catalogue import FILE --name NAME</c>: takes a list in as the next edition of a catalogue. Every finding is one line
/// <c>FILE:LINE: error CODE: …</c>; with any nothing is imported and the exit code is 1.
/// </summary>
internal static class CatalogueCommand
{
    public static Command Create(CommandServices services)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The list: CSV, XLSX or XLS" };
        var name = new Option<string>("--name")
        {
            Description = "The catalogue's name, as forms say it, e.g. mission-catalogue",
            Required = true,
        };
        var import = new Command("import", "Take a list in as the next edition of a catalogue") { file, name };
        import.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(services, parsed.GetRequiredValue(file), parsed.GetRequiredValue(name), cancellationToken)
        );
        return new Command("catalogue", "Fixed lists whose items are answered one by one") { import };
    }

    private static async Task<int> RunAsync(
        CommandServices services,
        FileInfo file,
        string name,
        CancellationToken cancellationToken
    )
    {
        var texts = TextCatalog.LoadEmbedded(missingIsAnError: true);
        if (!file.Exists)
        {
            throw new OperatorException($"ไม่พบไฟล์ {file.FullName}", $"There is no file {file.FullName}.");
        }
        await using var stream = file.OpenRead();
        var reading = await TableReader.ReadAsync(stream, TableLimits.Default, cancellationToken);
        if (reading.Fault is { } fault)
        {
            await services.Error.WriteLineAsync(
                $"{file.Name}:{fault.Line ?? 1}: {Text(texts, "table." + fault.Code, [fault.Detail])}"
            );
            return CommandLine.Findings;
        }
        await using var database = await services.OpenDatabaseAsync(cancellationToken);
        await using var databases = new AppDbFactory(database.ConnectionString);
        var actor = Actor.Job(services.TimeProvider, "catalogue import");
        await using var db = databases.Create(actor);
        try
        {
            var imported = await new ImportCatalogue(db).ExecuteAsync(
                actor,
                name,
                reading.Rows,
                file.Name,
                cancellationToken
            );
            return await ReportAsync(services, texts, file.Name, name, imported);
        }
        catch (Refusal refusal)
        {
            await services.Error.WriteLineAsync(Text(texts, "refusal." + refusal.Code, [.. refusal.Arguments]));
            return CommandLine.Findings;
        }
    }

    private static async Task<int> ReportAsync(
        CommandServices services,
        TextCatalog texts,
        string file,
        string name,
        ImportedCatalogue imported
    )
    {
        foreach (var finding in imported.Findings)
        {
            var text = Text(texts, "catalogue.import." + finding.Code, finding.Arguments);
            await services.Error.WriteLineAsync($"{file}:{finding.Line}: error {finding.Code}: {text}");
        }
        if (imported.Edition is not { } edition)
        {
            await services.Out.WriteLineAsync(Text(texts, "catalogue.import.refused", [imported.Findings.Count]));
            return CommandLine.Findings;
        }
        var outcome = imported.IsNew ? "catalogue.import.saved" : "catalogue.import.same";
        await services.Out.WriteLineAsync(Text(texts, outcome, [name, edition, imported.Items]));
        return CommandLine.Done;
    }

    private static string Text(TextCatalog texts, string key, object[] arguments)
    {
        var pair = texts.Find(key)!;
        return $"{string.Format(CultureInfo.InvariantCulture, pair.Th, arguments)} / {string.Format(CultureInfo.InvariantCulture, pair.En, arguments)}";
    }
}

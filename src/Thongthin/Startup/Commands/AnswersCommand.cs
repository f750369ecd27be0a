using System.CommandLine;
using System.Globalization;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Features.Submissions.Import;
using Thongthin.Platform;
using Thongthin.Platform.Security;
using Thongthin.Platform.Spreadsheets;
using Thongthin.Platform.Web;

namespace Thongthin.Startup.Commands;

/// <summary>
/// <c>answers import FILE --form F --fiscal-year Y</c>: answers of an earlier year. Every finding is one line
/// <c>FILE:LINE:COLUMN: error CODE: …</c>; with any error nothing is imported and the exit code is 1.
/// </summary>
internal static class AnswersCommand
{
    public static Command Create(CommandServices services)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The answers: CSV, XLSX or XLS, a line a sheet" };
        var form = new Option<string>("--form") { Description = "The form's id", Required = true };
        var year = new Option<int>("--fiscal-year") { Description = "Buddhist era, e.g. 2563", Required = true };
        var dryRun = new Option<bool>("--dry-run") { Description = "Check everything and save nothing" };
        var import = new Command("import", "Take in answers of an earlier fiscal year") { file, form, year, dryRun };
        import.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(
                    services,
                    parsed.GetRequiredValue(file),
                    parsed.GetRequiredValue(form),
                    parsed.GetRequiredValue(year),
                    parsed.GetValue(dryRun),
                    cancellationToken
                )
        );
        return new Command("answers", "Answers as data") { import };
    }

    private static async Task<int> RunAsync(
        CommandServices services,
        FileInfo file,
        string form,
        int fiscalYear,
        bool dryRun,
        CancellationToken cancellationToken
    )
    {
        var texts = TextCatalog.LoadEmbedded(missingIsAnError: true);
        if (!file.Exists)
        {
            throw new OperatorException($"ไม่พบไฟล์ {file.FullName}", $"There is no file {file.FullName}.");
        }
        await using var database = await services.OpenDatabaseAsync(cancellationToken);
        await using var databases = new AppDbFactory(database.ConnectionString);
        var actor = Actor.Job(services.TimeProvider, "answers import");
        await using var db = databases.Create(actor);
        var table = new TableStream(file.FullName);
        try
        {
            var imported = await new ImportAnswers(db, new FormLibrary(databases, services.TimeProvider)).ExecuteAsync(
                actor,
                form,
                fiscalYear,
                table,
                file.Name,
                dryRun,
                lines => services.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{lines} …")),
                cancellationToken
            );
            await ReportAsync(services, texts, file.Name, imported);
            return imported.ErrorCount == 0 ? CommandLine.Done : CommandLine.Findings;
        }
        catch (Refusal refusal)
        {
            await services.Error.WriteLineAsync(Text(texts, "refusal." + refusal.Code, [.. refusal.Arguments]));
            return CommandLine.Findings;
        }
    }

    private static async Task ReportAsync(
        CommandServices services,
        TextCatalog texts,
        string file,
        ImportedAnswers imported
    )
    {
        foreach (var finding in imported.Errors)
        {
            var text = finding.Message is { } message
                ? $"{message.In("th")} / {message.In("en")}"
                : Text(texts, finding.TextKey, finding.Arguments);
            await services.Error.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{file}:{finding.Line}:{finding.Column ?? 1}: error {finding.Code}: {text}"
                )
            );
        }
        if (imported.ErrorCount > imported.Errors.Count)
        {
            await services.Error.WriteLineAsync(
                Text(texts, "answers.import.more", [imported.ErrorCount - imported.Errors.Count])
            );
        }
        object[] counts = [imported.Lines, imported.Submissions, imported.Unchanged, imported.Missing];
        await services.Out.WriteLineAsync(Text(texts, "answers.import.counts", counts));
        var outcome =
            imported.Saved ? "saved"
            : imported.ErrorCount > 0 ? "refused"
            : "dry_run";
        await services.Out.WriteLineAsync(Text(texts, "answers.import." + outcome, []));
    }

    private static string Text(TextCatalog texts, string key, object[] arguments)
    {
        var pair = texts.Find(key)!;
        return $"{string.Format(CultureInfo.InvariantCulture, pair.Th, arguments)} / {string.Format(CultureInfo.InvariantCulture, pair.En, arguments)}";
    }
}

using System.CommandLine;
using System.Globalization;
using Thongthin.Data;
using Thongthin.Features.Directory;
using Thongthin.Platform;
using Thongthin.Platform.Security;
using Thongthin.Platform.Spreadsheets;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Startup.Commands;

/// <summary>
/// <c>directory import FILE</c>: takes over the Department's registry as of a day. Every finding is one line
/// <c>FILE:LINE: error|warning CODE: …</c>; with any error nothing is imported and the exit code is 1.
/// </summary>
internal static class DirectoryImport
{
    public static Command Create(CommandServices services)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The registry: CSV, XLSX or XLS" };
        var asOf = new Option<string?>("--as-of")
        {
            Description = "The registry's day, ISO or with a Buddhist year; today when absent",
            HelpName = "DATE",
        };
        asOf.Validators.Add(result =>
        {
            var typed = result.GetValueOrDefault<string?>();
            if (typed is not null && !ThaiDate.TryParse(typed, out _))
            {
                result.AddError($"'{typed}' is not a date like 2563-09-30 or 2020-09-30");
            }
        });
        var dryRun = new Option<bool>("--dry-run") { Description = "Check everything and save nothing" };
        var import = new Command("import", "Take over the Department's registry") { file, asOf, dryRun };
        import.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(
                    services,
                    parsed.GetRequiredValue(file),
                    ThaiDate.TryParse(parsed.GetValue(asOf), out var day) ? day : null,
                    parsed.GetValue(dryRun),
                    cancellationToken
                )
        );
        return new Command("directory", "The directory of units") { import };
    }

    private static async Task<int> RunAsync(
        CommandServices services,
        FileInfo file,
        DateOnly? asOf,
        bool dryRun,
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
        var actor = Actor.Job(services.TimeProvider, "directory import");
        await using var db = databases.Create(actor);
        try
        {
            var result = await new ImportDirectory(db).ExecuteAsync(
                actor,
                reading.Rows,
                asOf ?? BangkokTime.Day(actor.At),
                file.Name,
                dryRun,
                cancellationToken
            );
            await ReportAsync(services, texts, file.Name, result);
            return result.Errors.Count == 0 ? CommandLine.Done : CommandLine.Findings;
        }
        catch (Refusal refusal)
        {
            await services.Error.WriteLineAsync(Text(texts, "refusal." + refusal.Code, [.. refusal.Arguments]));
            return CommandLine.Findings;
        }
    }

    private static async Task ReportAsync(CommandServices services, TextCatalog texts, string file, ImportResult result)
    {
        var findings = result
            .Errors.Select(finding => (finding, severity: "error"))
            .Concat(result.Warnings.Select(finding => (finding, severity: "warning")))
            .OrderBy(f => f.finding.Line);
        foreach (var (finding, severity) in findings)
        {
            var text = Text(texts, "directory.import." + finding.Code, [.. finding.Arguments]);
            await services.Error.WriteLineAsync($"{file}:{finding.Line}: {severity} {finding.Code}: {text}");
        }
        object[] counts =
        [
            result.Rows,
            result.Offices,
            result.Created,
            result.Changed,
            result.Unchanged,
            result.NotMentioned,
            result.Errors.Count,
            result.Warnings.Count,
        ];
        await services.Out.WriteLineAsync(Text(texts, "directory.import.counts", counts));
        object[] places =
        [
            result.Places.Areas,
            result.Places.Coordinates,
            result.PlacesLeftOut.Areas,
            result.PlacesLeftOut.Coordinates,
        ];
        await services.Out.WriteLineAsync(Text(texts, "directory.import.places", places));
        var outcome =
            result.Saved ? "saved"
            : result.Errors.Count > 0 ? "refused"
            : "dry_run";
        await services.Out.WriteLineAsync(Text(texts, "directory.import." + outcome, []));
    }

    private static string Text(TextCatalog texts, string key, object[] arguments)
    {
        var pair = texts.Find(key)!;
        return $"{string.Format(CultureInfo.InvariantCulture, pair.Th, arguments)} / {string.Format(CultureInfo.InvariantCulture, pair.En, arguments)}";
    }
}

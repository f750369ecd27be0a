using System.CommandLine;
using Thongthin.Data;
using Thongthin.Features.Demonstration;
using Thongthin.Features.Forms;
using Thongthin.Features.Submissions.Facts;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Startup.Commands;

/// <summary><c>demo [--full]</c>: the web application with the demonstration country, for this machine alone.</summary>
internal static class DemoCommand
{
    public static Command Create(CommandServices services)
    {
        var urls = UrlsOption.Create();
        var full = new Option<bool>("--full")
        {
            Description = "Answers of all local authorities for three fiscal years: a first start of many minutes",
        };
        var command = new Command("demo", "Serve the demonstration country, on this machine only") { urls, full };
        command.Validators.Add(result =>
        {
            if (!WebSettings.ArePlainLoopback(UrlsOption.Resolve(result.GetValue(urls))))
            {
                result.AddError(
                    "การสาธิตเปิดได้เฉพาะในเครื่องนี้ เช่น http://127.0.0.1:5080 / A demonstration listens on this machine only, for example http://127.0.0.1:5080."
                );
            }
        });
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var database = await services.OpenDatabaseAsync(cancellationToken);
                var lines = await LoadAsync(services, database, parsed.GetValue(full), cancellationToken);
                var settings = ServeCommand.Settings(services, database, UrlsOption.Resolve(parsed.GetValue(urls))) with
                {
                    Demonstration = true,
                };
                return await ServeCommand.ServeAsync(services, settings, lines, cancellationToken);
            }
        );
        return command;
    }

    /// <summary>Loads the country where it is not there yet and returns the accounts to print.</summary>
    private static async Task<IReadOnlyList<string>> LoadAsync(
        CommandServices services,
        RunningDatabase database,
        bool full,
        CancellationToken cancellationToken
    )
    {
        const int Thousands = 10_000;
        var said = 0;
        var password = await DemonstrationPassword.ReadOrMakeAsync(
            services.DatabaseSettings().Embedded.DataFolder,
            cancellationToken
        );
        await DemonstrationCountry.LoadAsync(
            database.OwnerConnectionString,
            password,
            services.TimeProvider,
            Say,
            cancellationToken,
            full ? DemonstrationScale.Full : DemonstrationScale.Usual
        );
        await MakeFactsAsync(services, database, Say, full ? Count : _ => { }, cancellationToken);
        return
        [
            "",
            $"รหัสผ่านของทุกบัญชี / Password of every account: {password}",
            .. DemonstrationPeople.Accounts.Select(a => $"  {a.UserName, -26} {a.DescriptionTh} / {a.DescriptionEn}"),
            "",
        ];

        // Batches are small: a line for every ten thousand.
        void Count(int submissions)
        {
            if (submissions / Thousands > said)
            {
                said = submissions / Thousands;
                Say($"recorded facts of {said * Thousands:N0} submissions");
            }
        }

        void Say(string step) => services.Out.WriteLine($"กำลังเตรียมข้อมูลสาธิต / Loading the demonstration: {step}");
    }

    /// <summary>
    /// The country is written by COPY, past the operations that keep the facts: they are made after it, also where an earlier
    /// start was stopped before they were all there.
    /// </summary>
    private static async Task MakeFactsAsync(
        CommandServices services,
        RunningDatabase database,
        Action<string> say,
        Action<int> progress,
        CancellationToken cancellationToken
    )
    {
        await using var databases = new AppDbFactory(database.ConnectionString);
        var actor = Actor.Job(services.TimeProvider, "demo");
        await using var db = databases.Create(actor);
        var facts = new RebuildFacts(db, new FormLibrary(databases, services.TimeProvider));
        if (!await facts.WasDoneAsync(cancellationToken))
        {
            say("recorded facts");
            await facts.ExecuteAsync(actor, null, progress, cancellationToken);
        }
    }
}

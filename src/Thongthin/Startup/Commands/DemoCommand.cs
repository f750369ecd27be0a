using System.CommandLine;
using Thongthin.Features.Demonstration;
using Thongthin.Platform.Web;

namespace Thongthin.Startup.Commands;

/// <summary><c>demo</c>: the web application with the demonstration country, for this machine alone.</summary>
internal static class DemoCommand
{
    public static Command Create(CommandServices services)
    {
        var urls = UrlsOption.Create();
        var command = new Command("demo", "Serve the demonstration country, on this machine only") { urls };
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
                var lines = await LoadAsync(services, database, cancellationToken);
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
        CancellationToken cancellationToken
    )
    {
        var password = await DemonstrationPassword.ReadOrMakeAsync(
            services.DatabaseSettings().Embedded.DataFolder,
            cancellationToken
        );
        await DemonstrationCountry.LoadAsync(
            database.OwnerConnectionString,
            password,
            services.TimeProvider,
            step => services.Out.WriteLine($"กำลังเตรียมข้อมูลสาธิต / Loading the demonstration: {step}"),
            cancellationToken
        );
        return
        [
            "",
            $"รหัสผ่านของทุกบัญชี / Password of every account: {password}",
            .. DemonstrationPeople.Accounts.Select(a => $"  {a.UserName, -26} {a.DescriptionTh} / {a.DescriptionEn}"),
            "",
        ];
    }
}

using System.CommandLine;
using System.Net.Sockets;
using Thongthin.Platform;
using Thongthin.Platform.Print;
using Thongthin.Platform.Web;

namespace Thongthin.Startup.Commands;

/// <summary><c>serve</c>: the web application, until Ctrl-C or the system's request to end.</summary>
internal static class ServeCommand
{
    public static Command Create(CommandServices services)
    {
        var urls = UrlsOption.Create();
        var command = new Command("serve", "Serve the web application") { urls };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var database = await services.OpenDatabaseAsync(cancellationToken);
                var settings = Settings(services, database, UrlsOption.Resolve(parsed.GetValue(urls)));
                return await ServeAsync(services, settings, [], cancellationToken);
            }
        );
        return command;
    }

    public static WebSettings Settings(
        CommandServices services,
        RunningDatabase database,
        IReadOnlyList<string> urls
    ) =>
        new()
        {
            Urls = urls,
            ConnectionString = database.ConnectionString,
            OwnerConnectionString = database.HasOwner ? database.OwnerConnectionString : database.ConnectionString,
            WrappingKey = services.LoadWrappingKey(),
            TimeProvider = services.TimeProvider,
            Browser = InstalledBrowser.Named,
            RunsClockwork = true,
        };

    /// <summary>Signs what is not signed yet, starts, prints where it listens and the given lines, and serves until it is told to end.</summary>
    public static async Task<int> ServeAsync(
        CommandServices services,
        WebSettings settings,
        IReadOnlyList<string> lines,
        CancellationToken cancellationToken
    )
    {
        await CertificatesCommand.SignAllAsync(
            services,
            settings.ConnectionString,
            settings.WrappingKey,
            cancellationToken
        );
        await using var app = Web.Build(settings);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException exception)
            when (exception.InnerException is SocketException or Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new OperatorException(
                $"เปิดที่อยู่ {string.Join(", ", settings.Urls)} ไม่ได้: {exception.Message} โปรดเลือกที่อยู่อื่นด้วย --urls",
                $"Cannot listen on {string.Join(", ", settings.Urls)}: {exception.Message} Choose another address with --urls.",
                exception
            );
        }
        foreach (var url in app.Urls)
        {
            await services.Out.WriteLineAsync($"เปิดใช้งานที่ / Listening on {url}");
        }
        foreach (var line in lines)
        {
            await services.Out.WriteLineAsync(line);
        }
        await services.Out.WriteLineAsync("กด Ctrl-C เพื่อหยุด / Press Ctrl-C to stop.");
        await services.Out.FlushAsync(cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
        return CommandLine.Done;
    }
}

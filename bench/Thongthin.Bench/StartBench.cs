using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Thongthin.Bench;

/// <summary>
/// Time from starting the verb <c>demo</c> to having read its first page: once on an empty data folder, then on the same
/// folder again. The processor time of the program itself (its PostgreSQL not included) stands beside it, since that hardly
/// depends on what else the machine does.
/// </summary>
internal static class StartBench
{
    private const int LaterStarts = 5;

    public static async Task RunAsync()
    {
        using var folder = new BenchFolder();
        Console.WriteLine("| start | first page s | processor s |");
        Console.WriteLine("|---|---:|---:|");
        Report("first", await StartAsync(folder.Path));
        var later = new List<(double Seconds, double Processor)>();
        for (var i = 0; i < LaterStarts; i++)
        {
            later.Add(await StartAsync(folder.Path));
        }
        Report("later", (Median(later.Select(l => l.Seconds)), Median(later.Select(l => l.Processor))));
    }

    private static async Task<(double Seconds, double Processor)> StartAsync(string dataFolder)
    {
        var address = $"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}";
        var program = new ProcessStartInfo(
            "dotnet",
            ["exec", System.IO.Path.Combine(AppContext.BaseDirectory, "Thongthin.dll"), "demo", "--urls", address]
        )
        {
            RedirectStandardOutput = true,
        };
        program.Environment["THONGTHIN_DATA"] = dataFolder;
        program.Environment.Remove("ConnectionStrings__Thongthin");
        program.Environment.Remove("ConnectionStrings__ThongthinOwner");
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(program)!;
        _ = process.StandardOutput.ReadToEndAsync();
        await FirstPageAsync(new Uri(address + "/sign-in"), process);
        process.Refresh();
        var times = (Stopwatch.GetElapsedTime(start).TotalSeconds, process.TotalProcessorTime.TotalSeconds);
        using var end = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? times
            : throw new InvalidOperationException($"the program ended with {process.ExitCode}");
    }

    private static async Task FirstPageAsync(Uri page, Process process)
    {
        using var http = new HttpClient();
        while (!process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(page);
                answer.EnsureSuccessStatusCode();
                return;
            }
            // nobody listens yet
            catch (HttpRequestException exception) when (exception.StatusCode is null)
            {
                await Task.Delay(20);
            }
        }
        throw new InvalidOperationException("the program ended before its first page");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static double Median(IEnumerable<double> values) => Percentiles.Of(values).P50;

    private static void Report(string name, (double Seconds, double Processor) times) =>
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"| {name} | {times.Seconds:0.0} | {times.Processor:0.0} |")
        );
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Thongthin.Bench;

/// <summary>
/// Time from sending a request to having read its answer, one request at a time, the pages taken in turns so that whatever
/// else the machine does meets all of them alike. Every page is stated as a multiple of the yardstick, an empty signed-in
/// page that does one <c>select 1</c>, of the same run.
/// </summary>
internal static class PageBench
{
    private const int WarmUp = 60;

    public static async Task RunAsync(BenchSite site, int requests)
    {
        using var recorder = await BenchVisitor.SignInAsync(site.Address, "recorder.namphai");
        using var department = await BenchVisitor.SignInAsync(site.Address, "department");
        var home = await recorder.GetAsync("/");
        var entry = EntryPath(home);
        var save = await SaveAsync(recorder, entry);
        var cases = new (string Name, Func<Task> Request)[]
        {
            ("yardstick", () => recorder.GetAsync("/yardstick")),
            ("home", () => recorder.GetAsync("/")),
            ("entry", () => recorder.GetAsync(entry)),
            ("save", save),
            ("national table", () => department.GetAsync("/progress/agreements-2563")),
            ("national table, past day", () => department.GetAsync("/progress/agreements-2563?as_of=11/6/2563")),
        };
        var times = cases.ToDictionary(c => c.Name, _ => new List<double>(requests));
        for (var i = 0; i < WarmUp + requests; i++)
        {
            foreach (var (name, request) in cases)
            {
                var start = Stopwatch.GetTimestamp();
                await request();
                if (i >= WarmUp)
                {
                    times[name].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            }
        }
        Report(times, cases.Select(c => c.Name));
    }

    /// <summary>Address of the recorder's infrastructure sheet in the open round.</summary>
    private static string EntryPath(string home)
    {
        var start = home.IndexOf("/infrastructure/", StringComparison.Ordinal);
        var from = home.LastIndexOf("/submissions/", start, StringComparison.Ordinal);
        var year = home.Substring(start + "/infrastructure/".Length, 4);
        return home[from..start] + "/infrastructure/" + year + "/answers";
    }

    /// <summary>A request that changes one field of the sheet, each time to another value, as typing does.</summary>
    private static async Task<Func<Task>> SaveAsync(BenchVisitor recorder, string entry)
    {
        var page = await recorder.GetAsync(entry);
        var token = BenchVisitor.Hidden(page, "_token");
        var sheet = BenchVisitor.Hidden(page, "_sheet");
        var revision = BenchVisitor.Hidden(page, "_revision");
        var value = 0;
        return async () =>
        {
            var answer = await recorder.PostScriptAsync(
                entry,
                new()
                {
                    ["_token"] = token,
                    ["_sheet"] = sheet,
                    ["_revision"] = revision,
                    ["_key"] = Guid.CreateVersion7().ToString(),
                    ["_partial"] = "true",
                    ["f.bridges"] = (++value % 900).ToString(CultureInfo.InvariantCulture),
                    ["_end"] = "1",
                }
            );
            using var json = JsonDocument.Parse(answer);
            revision = json.RootElement.GetProperty("revision").GetInt32().ToString(CultureInfo.InvariantCulture);
            if (json.RootElement.TryGetProperty("sheet", out var made) && made.GetString() is { } id)
            {
                sheet = id;
            }
        };
    }

    private static void Report(Dictionary<string, List<double>> times, IEnumerable<string> names)
    {
        var (yard50, yard95) = Percentiles(times["yardstick"]);
        Console.WriteLine("| page | p50 ms | p95 ms | p50 / yardstick | p95 / yardstick |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var name in names)
        {
            var (p50, p95) = Percentiles(times[name]);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {p50:0.0} | {p95:0.0} | {p50 / yard50:0.00} | {p95 / yard95:0.00} |"
                )
            );
        }
    }

    private static (double P50, double P95) Percentiles(List<double> times)
    {
        var sorted = times.Order().ToArray();
        return (sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.95)]);
    }
}

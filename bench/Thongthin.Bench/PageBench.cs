using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Thongthin.Bench;

/// <summary>
/// Time from sending a request to having read its answer, one request at a time, the pages taken in turns so that whatever
/// else the machine does meets all of them alike. Every page is stated as a multiple of the yardstick, an empty signed-in
/// page that does one <c>select 1</c>, of the same run. Several runs give the median of each figure.
/// </summary>
internal static class PageBench
{
    private const int WarmUp = 60;
    private const string Yardstick = "yardstick";

    /// <param name="requests">of each page in each run, after the warm-up</param>
    public static async Task RunAsync(BenchSite site, int runs, int requests)
    {
        using var recorder = await BenchVisitor.SignInAsync(site.Address, "recorder.namphai");
        using var department = await BenchVisitor.SignInAsync(site.Address, "department");
        using var province = await BenchVisitor.SignInAsync(site.Address, "province.uttaradit");
        var entry = EntryPath(await recorder.GetAsync("/"));
        var save = await SaveAsync(recorder, entry);
        PageCase[] cases =
        [
            new(Yardstick, () => recorder.GetAsync("/yardstick")),
            new("home", () => recorder.GetAsync("/")),
            new("entry", () => recorder.GetAsync(entry)),
            new("save", save),
            new("national table", () => department.GetAsync("/progress/agreements-2563")),
            new("national table, past day", () => department.GetAsync("/progress/agreements-2563?as_of=11/6/2563")),
            new("board of the country", () => department.GetAsync("/board")),
            new("board of a province", () => province.GetAsync("/board")),
            new("map", () => department.GetAsync("/progress/agreements-2563/map")),
            new("chart by day", () => department.GetAsync("/progress/agreements-2563/chart")),
            new("follow-up list", () => department.GetAsync("/progress/info-current/units?state=not_done")),
            new(
                "follow-up list, one topic, by name",
                () => department.GetAsync("/progress/info-current/units?state=not_done&topic=infrastructure&sort=name")
            ),
        ];
        await TakeTurnsAsync(cases, WarmUp);
        var figures = new List<Dictionary<string, Percentiles>>();
        for (var run = 1; run <= runs; run++)
        {
            figures.Add(await TakeTurnsAsync(cases, requests));
            await Console.Error.WriteLineAsync($"run {run} of {runs}");
        }
        var costs = new Dictionary<string, PageCost>();
        foreach (var page in cases)
        {
            costs[page.Name] = await PageCost.MeasureAsync(page.Request);
        }
        Report(figures, costs);
    }

    public static async Task<Dictionary<string, Percentiles>> TakeTurnsAsync(PageCase[] cases, int turns)
    {
        var times = cases.ToDictionary(c => c.Name, _ => new List<double>(turns));
        for (var turn = 0; turn < turns; turn++)
        {
            foreach (var (name, request) in cases)
            {
                var start = Stopwatch.GetTimestamp();
                await request();
                times[name].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }
        return times.ToDictionary(t => t.Key, t => Percentiles.Of(t.Value));
    }

    /// <summary>Address of the recorder's infrastructure sheet in the open round.</summary>
    public static string EntryPath(string home)
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

    private static void Report(List<Dictionary<string, Percentiles>> runs, Dictionary<string, PageCost> costs)
    {
        Console.WriteLine(
            "| page | p50 ms | p95 ms | p50 / yardstick | p95 / yardstick | statements | in the database ms | allocated KB |"
        );
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var (name, cost) in costs)
        {
            var time = Percentiles.MedianOf([.. runs.Select(r => r[name])]);
            var ratio = Percentiles.MedianOf([.. runs.Select(r => r[name] / r[Yardstick])]);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {time.P50:0.0} | {time.P95:0.0} | {ratio.P50:0.00} | {ratio.P95:0.00} | {cost.Statements:0.#} | {cost.DatabaseMs:0.0} | {cost.AllocatedKilobytes:0} |"
                )
            );
        }
    }
}

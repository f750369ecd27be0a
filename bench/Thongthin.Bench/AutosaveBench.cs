using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;

namespace Thongthin.Bench;

/// <summary>
/// Saves a second of several recorders at once, beside the durable transactions a second of <c>pgbench</c> on the same PostgreSQL in
/// the same minutes, which inserts the same bytes: a document of 1 KB and an audit row. Load, server and database share the
/// machine. The two take turns; each stops by itself.
/// </summary>
internal static partial class AutosaveBench
{
    private const int Rounds = 3;

    // Recorders of อำเภอน้ำปาด, where nothing is recorded yet.
    private static readonly string[] recorders =
    [
        "recorder.05530401",
        "recorder.06530402",
        "recorder.06530403",
        "recorder.namphai",
        "recorder.06530405",
        "recorder.saento",
        "recorder.06530407",
        "recorder.06530408",
    ];

    private static readonly string document = string.Concat(Enumerable.Repeat("ข้อความ 1 กิโลไบต์ ", 22));

    public static async Task RunAsync(BenchSite site, int seconds)
    {
        await PrepareAsync(site);
        var saves = new List<Func<Task>>();
        foreach (var name in recorders)
        {
            saves.Add(await SaverAsync(site, name));
        }
        await SaveForAsync(saves, TimeSpan.FromSeconds(3));
        var ratios = new List<(double Saves, double Transactions)>();
        for (var i = 0; i < Rounds; i++)
        {
            var transactions = await PgbenchAsync(site, seconds);
            ratios.Add((await SaveForAsync(saves, TimeSpan.FromSeconds(seconds)), transactions));
            await Console.Error.WriteLineAsync($"turn {i + 1} of {Rounds}");
        }
        Console.WriteLine("| turn | saves/s | pgbench transactions/s | ratio |");
        Console.WriteLine("|---|---:|---:|---:|");
        foreach (var (i, turn) in ratios.Index())
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {i + 1} | {turn.Saves:0} | {turn.Transactions:0} | {turn.Saves / turn.Transactions:0.00} |"
                )
            );
        }
    }

    private static async Task PrepareAsync(BenchSite site)
    {
        await using var connection = new NpgsqlConnection(site.OwnerConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            create table bench_document (id uuid primary key, saved_at timestamptz not null, body jsonb not null);
            create table bench_audit (id bigint generated always as identity primary key, at timestamptz not null, action text not null,
                subject text not null, detail jsonb not null);
            """,
            connection
        );
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<double> PgbenchAsync(BenchSite site, int seconds)
    {
        var settings = new NpgsqlConnectionStringBuilder(site.OwnerConnectionString);
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(
                script,
                $"""
                begin;
                insert into bench_document values (gen_random_uuid(), now(), jsonb_build_object('remarks', '{document}'));
                insert into bench_audit (at, action, subject, detail) values (now(), 'answers_saved', gen_random_uuid()::text, '{"{}"}');
                commit;
                """.Replace("\n", " ", StringComparison.Ordinal).Replace("; ", ";\n", StringComparison.Ordinal)
            );
            var start = new ProcessStartInfo("pgbench") { RedirectStandardOutput = true, RedirectStandardError = true };
            string[] arguments =
            [
                "-n",
                "-h",
                settings.Host!,
                "-p",
                settings.Port.ToString(CultureInfo.InvariantCulture),
                "-U",
                settings.Username!,
                "-c",
                recorders.Length.ToString(CultureInfo.InvariantCulture),
                "-T",
                seconds.ToString(CultureInfo.InvariantCulture),
                "-f",
                script,
                settings.Database!,
            ];
            foreach (var argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }
            start.Environment["PGPASSWORD"] = settings.Password ?? "";
            using var pgbench = Process.Start(start)!;
            var errors = pgbench.StandardError.ReadToEndAsync();
            var output = await pgbench.StandardOutput.ReadToEndAsync();
            await pgbench.WaitForExitAsync();
            return Tps().Match(output) is { Success: true } match
                ? double.Parse(match.Groups["tps"].Value, CultureInfo.InvariantCulture)
                : throw new InvalidOperationException(await errors + output);
        }
        finally
        {
            File.Delete(script);
        }
    }

    /// <summary>Everybody saves again as soon as the last save is answered.</summary>
    private static async Task<double> SaveForAsync(IReadOnlyList<Func<Task>> saves, TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(
            saves.Select(async save =>
            {
                var count = 0;
                while (Stopwatch.GetElapsedTime(start) < time)
                {
                    await save();
                    count++;
                }
                return count;
            })
        );
        return counts.Sum() / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<Func<Task>> SaverAsync(BenchSite site, string userName)
    {
        var recorder = await BenchVisitor.SignInAsync(site.Address, userName);
        var entry = PageBench.EntryPath(await recorder.GetAsync("/"));
        var page = await recorder.GetAsync(entry);
        var token = BenchVisitor.Hidden(page, "_token");
        var revision = BenchVisitor.Hidden(page, "_revision");
        var count = 0;
        return async () =>
        {
            var answer = await recorder.PostScriptAsync(
                entry,
                new()
                {
                    ["_token"] = token,
                    ["_sheet"] = "",
                    ["_revision"] = revision,
                    ["_key"] = Guid.CreateVersion7().ToString(),
                    ["_partial"] = "true",
                    ["f.remarks"] = document + (++count).ToString(CultureInfo.InvariantCulture),
                    ["_end"] = "1",
                }
            );
            using var json = JsonDocument.Parse(answer);
            revision = json.RootElement.GetProperty("revision").GetInt32().ToString(CultureInfo.InvariantCulture);
        };
    }

    [GeneratedRegex(@"tps = (?<tps>[\d.]+)")]
    private static partial Regex Tps();
}

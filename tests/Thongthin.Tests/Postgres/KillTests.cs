using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Thongthin.Platform.Postgres;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Postgres;

/// <summary>
/// kill -9 at seeded moments of start, load and use; sometimes of the program alone, which leaves its server running,
/// sometimes of the server too, which leaves a stale pid file and an unclean cluster. The next start must succeed, with
/// every confirmed row there and every batch whole or absent. A sample runs by default; THONGTHIN_KILLS=200 asks for more,
/// THONGTHIN_KILL_SEED for other moments.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int UsualKills = 40;
    private const int Lanes = 2;
    private const int RoundsPerFolder = 8;

    private enum Phase
    {
        Start,
        Load,
        Use,
    }

    [Fact]
    public async Task Start_AfterKillsAtSeededMoments_RecoversWithEveryConfirmedRow()
    {
        var kills = Setting("THONGTHIN_KILLS", UsualKills);
        var seed = Setting("THONGTHIN_KILL_SEED", 2563);
        var plans = Enumerable.Range(0, kills).Select(round => Plan(seed, round)).Chunk(RoundsPerFolder).ToList();

        var outcomes = new System.Collections.Concurrent.ConcurrentBag<Outcome>();
        await Parallel.ForEachAsync(
            plans,
            new ParallelOptions { MaxDegreeOfParallelism = Lanes },
            async (rounds, _) =>
            {
                foreach (var outcome in await RunFolderAsync(rounds))
                {
                    outcomes.Add(outcome);
                }
            }
        );

        output.WriteLine(Summary(outcomes));
        outcomes.Count.ShouldBe(kills);
        // A run in which no kill met a living server, or all met the same moment, would prove nothing.
        outcomes.ShouldContain(outcome => outcome.Joined);
        outcomes.ShouldContain(outcome => outcome.ServerKilled);
        outcomes.ShouldContain(outcome => outcome.Confirmed > 0);
        outcomes.Select(outcome => outcome.Plan.Phase).Distinct().Count().ShouldBe(3);
    }

    /// <summary>Rounds share a folder, so that later ones meet a cluster that has been through earlier ones.</summary>
    private static async Task<List<Outcome>> RunFolderAsync(IEnumerable<KillPlan> plans)
    {
        var folder = TemporaryFolder.Create();
        try
        {
            var confirmed = new List<string>();
            var outcomes = new List<Outcome>();
            foreach (var plan in plans)
            {
                outcomes.Add(await RunRoundAsync(folder, plan, confirmed));
            }
            return outcomes;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Outcome> RunRoundAsync(string folder, KillPlan plan, List<string> confirmed)
    {
        await using var child = ChildProgram.Start(folder, TestProgram.WriteRows, folder);
        var phaseBegins = plan.Phase switch
        {
            Phase.Load => await child.WaitForLineAsync(line => line == RowWriter.Loading),
            Phase.Use => await child.WaitForLineAsync(line => Confirms(line, confirmed)),
            _ => true,
        };
        phaseBegins.ShouldBeTrue($"{plan}: the program ended by itself: {(phaseBegins ? "" : await child.Errors)}");
        await Task.Delay(plan.Moment);
        await child.KillAsync();
        var serverKilled = plan.KillsServer && KillServer(folder);
        var halfMade = HalfMade(folder);
        await foreach (var line in child.LinesAsync())
        {
            Confirms(line, confirmed);
        }

        var started = Stopwatch.GetTimestamp();
        var settings = new EmbeddedPostgresSettings { DataFolder = folder };
        await using var server = await EmbeddedPostgres.StartAsync(settings, CancellationToken.None);
        var recovery = Stopwatch.GetElapsedTime(started);
        await VerifyAsync(server, plan, confirmed);
        return new Outcome(plan, server.Joined, serverKilled, halfMade, confirmed.Count, recovery);
    }

    /// <summary>Notes what the program reported after the database had confirmed it.</summary>
    private static bool Confirms(string line, List<string> confirmed)
    {
        var confirms =
            line.StartsWith(RowWriter.Loaded, StringComparison.Ordinal)
            || line.StartsWith(RowWriter.Wrote, StringComparison.Ordinal);
        if (confirms)
        {
            confirmed.Add(line);
        }
        return confirms;
    }

    private static bool KillServer(string folder)
    {
        var cluster = Path.Combine(folder, "postgres", "server", "cluster");
        if (PostmasterFile.Read(cluster) is not { } note || !note.IsAlive(cluster))
        {
            return false;
        }
        using var postmaster = Process.GetProcessById(note.ProcessId);
        postmaster.Kill();
        return true;
    }

    /// <summary>Was the program killed while the cluster was being made?</summary>
    private static bool HalfMade(string folder)
    {
        var parent = Path.Combine(folder, "postgres", "server");
        return Directory.Exists(parent) && Directory.GetDirectories(parent, "cluster.making-*").Length > 0;
    }

    private static async Task VerifyAsync(EmbeddedPostgres server, KillPlan plan, List<string> confirmed)
    {
        await using var connection = new NpgsqlConnection($"{server.OwnerConnectionString};Pooling=false");
        await connection.OpenAsync();
        if (!await ReadAsync(connection, "select 1 where to_regclass('written') is not null").AnyAsync())
        {
            confirmed.ShouldBeEmpty($"{plan}: the tables are gone");
            return;
        }
        var written = await ReadAsync(connection, "select id::text from written").ToHashSetAsync();
        var batches = await ReadAsync(
                connection,
                "select batch || ' ' || count(*) || ' ' || count(distinct number) from loaded group by batch"
            )
            .ToHashSetAsync();
        var whole = string.Create(CultureInfo.InvariantCulture, $" {RowWriter.BatchSize} {RowWriter.BatchSize}");
        batches.ShouldAllBe(batch => batch.EndsWith(whole), $"{plan}: a batch is there in part");
        foreach (var line in confirmed)
        {
            if (line.StartsWith(RowWriter.Wrote, StringComparison.Ordinal))
            {
                written.ShouldContain(line[RowWriter.Wrote.Length..], $"{plan}: a confirmed row is gone");
            }
            else if (line.StartsWith(RowWriter.Loaded, StringComparison.Ordinal))
            {
                batches.ShouldContain(
                    $"{line[RowWriter.Loaded.Length..]}{whole}",
                    $"{plan}: a confirmed batch is gone"
                );
            }
        }
    }

    private static async IAsyncEnumerable<string> ReadAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            yield return reader.GetValue(0).ToString()!;
        }
    }

    /// <summary>The first round of a folder meets no cluster yet, so its start is longer.</summary>
    private static KillPlan Plan(int seed, int round)
    {
        var random = new Random(seed * 100_003 + round);
        var first = round % RoundsPerFolder == 0;
        var phase = first ? Phase.Start : (Phase)random.Next(3);
        var longest = phase switch
        {
            Phase.Start => first ? 1200 : 900,
            Phase.Load => 150,
            _ => 300,
        };
        return new KillPlan(round, phase, TimeSpan.FromMilliseconds(random.Next(longest)), random.Next(3) == 0);
    }

    private static int Setting(string name, int usual) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : usual;

    private static string Summary(IReadOnlyCollection<Outcome> outcomes) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{outcomes.Count} kills: {Count(outcomes, Phase.Start)} while starting, {Count(outcomes, Phase.Load)} while loading, {Count(outcomes, Phase.Use)} in use; the server survived {outcomes.Count(outcome => outcome.Joined)}, was killed too {outcomes.Count(outcome => outcome.ServerKilled)}, had a half-made cluster {outcomes.Count(outcome => outcome.HalfMade)}; slowest next start {outcomes.Max(outcome => outcome.Recovery).TotalMilliseconds:f0} ms"
        );

    private static int Count(IEnumerable<Outcome> outcomes, Phase phase) =>
        outcomes.Count(outcome => outcome.Plan.Phase == phase);

    private sealed record KillPlan(int Round, Phase Phase, TimeSpan Moment, bool KillsServer);

    private sealed record Outcome(
        KillPlan Plan,
        bool Joined,
        bool ServerKilled,
        bool HalfMade,
        int Confirmed,
        TimeSpan Recovery
    );
}

using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Thongthin.Platform;
using Thongthin.Platform.Postgres;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Postgres;

/// <summary>What an earlier program, another version or a careless hand may have left in a data folder.</summary>
public sealed class RecoveryTests : IDisposable
{
    private readonly string _folder = TemporaryFolder.Create();

    private EmbeddedPostgresSettings Settings => new() { DataFolder = _folder, Durable = false };

    private string Postgres => Path.Combine(_folder, "postgres");

    private string Cluster => Path.Combine(Postgres, "server", "cluster");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Start_WhenAProgramWasKilledAndItsServerLivesOn_TakesItOverAndStopsIt()
    {
        await using var child = ChildProgram.Start(_folder, TestProgram.WriteRows, _folder);
        (
            await child.WaitForLineAsync(line => line.StartsWith(RowWriter.Wrote, StringComparison.Ordinal))
        ).ShouldBeTrue();
        await child.KillAsync();
        var orphan = PostmasterFile.Read(Cluster)!;
        orphan.IsAlive(Cluster).ShouldBeTrue();

        await using (var server = await StartAsync())
        {
            server.Joined.ShouldBeTrue();
            PostmasterFile.Read(Cluster)!.ProcessId.ShouldBe(orphan.ProcessId);
        }

        orphan.IsAlive(Cluster).ShouldBeFalse();
        File.Exists(PostmasterFile.PathIn(Cluster)).ShouldBeFalse();
    }

    [Fact]
    public async Task Start_WhenTheServerItselfWasKilled_RecoversTheCluster()
    {
        var settings = Settings with { Durable = true };
        await using (var server = await EmbeddedPostgres.StartAsync(settings, default))
        {
            await ExecuteAsync(server, "create table kept (id int); insert into kept values (7)");
            using var postmaster = Process.GetProcessById(PostmasterFile.Read(Cluster)!.ProcessId);
            postmaster.Kill();
        }
        File.Exists(PostmasterFile.PathIn(Cluster)).ShouldBeTrue();

        await using var again = await EmbeddedPostgres.StartAsync(settings, default);

        again.Joined.ShouldBeFalse();
        (await ExecuteAsync(again, "select id from kept")).ShouldBe(7);
    }

    [Fact]
    public async Task Start_WhenTheServerWasKilledInTheMiddleOfALongStatement_DoesNotWaitForItsEnd()
    {
        const int statementSeconds = 60;
        var settings = Settings with { Durable = true };
        Task<object?> busy;
        await using (var server = await EmbeddedPostgres.StartAsync(settings, default))
        {
            await ExecuteAsync(server, "create table kept (id int)");
            // Works without ever waiting, so that its process does not notice the end of the server.
            busy = ExecuteAsync(
                server,
                $"""
                do $$
                declare ends timestamptz := clock_timestamp() + interval '{statementSeconds} s';
                begin
                    insert into kept values (7);
                    while clock_timestamp() < ends loop end loop;
                end $$
                """
            );
            await UntilAsync(
                server,
                "select count(*) from pg_stat_activity where query like '%do $$%declare ends%' and pid <> pg_backend_pid()"
            );
            using var postmaster = Process.GetProcessById(PostmasterFile.Read(Cluster)!.ProcessId);
            postmaster.Kill();
        }

        var started = Stopwatch.GetTimestamp();
        await using var again = await EmbeddedPostgres.StartAsync(settings, default);

        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(statementSeconds / 2));
        (await ExecuteAsync(again, "select count(*) from kept")).ShouldBe(0L);
        await Should.ThrowAsync<NpgsqlException>(() => busy);
    }

    [Fact]
    public async Task Start_WhenAClusterWasNeverFinished_RemovesItAndMakesAWholeOne()
    {
        var unfinished = Path.Combine(Postgres, "server", "cluster.making-0");
        Directory.CreateDirectory(Path.Combine(unfinished, "base"));
        await File.WriteAllTextAsync(Path.Combine(unfinished, "PG_VERSION"), "");
        await File.WriteAllTextAsync($"{unfinished}.password", "left behind");

        await using var server = await StartAsync();

        (await ExecuteAsync(server, "select 1")).ShouldBe(1);
        Directory.GetFileSystemEntries(Path.GetDirectoryName(Cluster)!, "cluster.making-*").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("2147483646\n/nowhere\n0\n1\n\n127.0.0.1\n")]
    public async Task Start_WhenThePidFileIsStale_GoesOn(string content)
    {
        await using (await StartAsync()) { }
        await File.WriteAllTextAsync(PostmasterFile.PathIn(Cluster), content);

        await using var server = await StartAsync();

        server.Joined.ShouldBeFalse();
        (await ExecuteAsync(server, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Start_WhenTheProcessOfThePidFileIsNowAnotherProgram_GoesOn()
    {
        await using (await StartAsync()) { }
        var ourselves = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n{Cluster}\n0\n1\n");
        await File.WriteAllTextAsync(PostmasterFile.PathIn(Cluster), ourselves);

        await using var server = await StartAsync();

        server.Joined.ShouldBeFalse();
        (await ExecuteAsync(server, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Start_WhenThePidFileNamesTheServerOfAnotherFolder_StartsItsOwn()
    {
        var otherFolder = Path.Combine(_folder, "other");
        await using (await StartAsync()) { }
        await using var other = await EmbeddedPostgres.StartAsync(Settings with { DataFolder = otherFolder }, default);
        var otherCluster = Path.Combine(otherFolder, "postgres", "server", "cluster");
        File.Copy(PostmasterFile.PathIn(otherCluster), PostmasterFile.PathIn(Cluster));

        await using var server = await StartAsync();

        server.Joined.ShouldBeFalse();
        server.ConnectionString.ShouldNotBe(other.ConnectionString);
        (await ExecuteAsync(other, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Start_WhenTheDataIsOfAnotherMajorVersion_RefusesSaysWhatToDoAndTouchesNothing()
    {
        await using (await StartAsync()) { }
        await File.WriteAllTextAsync(Path.Combine(Cluster, "PG_VERSION"), "14\n");

        var refusal = await Should.ThrowAsync<OperatorException>(() => StartAsync());

        refusal.English.ShouldContain("belongs to PostgreSQL 14");
        refusal.English.ShouldContain("THONGTHIN_POSTGRES_BIN");
        refusal.English.ShouldContain("pg_dump");
        refusal.Thai.ShouldContain("PostgreSQL 14");
        (await File.ReadAllTextAsync(Path.Combine(Cluster, "PG_VERSION"))).ShouldBe("14\n");
        File.Exists(PostmasterFile.PathIn(Cluster)).ShouldBeFalse();
    }

    [Fact]
    public async Task Start_WhenTheClusterFolderIsNoCluster_LeavesItAloneAndSaysWhatToDo()
    {
        Directory.CreateDirectory(Cluster);
        await File.WriteAllTextAsync(Path.Combine(Cluster, "notes.txt"), "mine");

        var refusal = await Should.ThrowAsync<OperatorException>(() => StartAsync());

        refusal.English.ShouldContain("is not a whole database");
        File.Exists(Path.Combine(Cluster, "notes.txt")).ShouldBeTrue();
    }

    [Fact]
    public async Task Start_WhenThePasswordFileIsLost_AsksForItBack()
    {
        await using (await StartAsync()) { }
        File.Delete(Path.Combine(Postgres, "password"));

        var refusal = await Should.ThrowAsync<OperatorException>(() => StartAsync());

        refusal.English.ShouldContain("password file");
        refusal.English.ShouldContain("is missing");
    }

    [Fact]
    public async Task Start_WhenThePasswordIsNotTheClusters_SaysSoAndLeavesNoServerBehind()
    {
        await using (await StartAsync()) { }
        await File.WriteAllTextAsync(Path.Combine(Postgres, "password"), new string('0', 64));

        var refusal = await Should.ThrowAsync<OperatorException>(() => StartAsync());

        refusal.English.ShouldContain("is not that of the database");
        File.Exists(PostmasterFile.PathIn(Cluster)).ShouldBeFalse();
    }

    [Fact]
    public async Task Start_WithAnotherIcuThanTheClusterWasSortedBy_RebuildsAndNotesIt()
    {
        var account = ServerAccount.Current();
        await using (var server = await StartAsync())
        {
            await ExecuteAsync(server, "create collation thai (provider = icu, locale = 'th-TH-u-kn')");
            var secret = ServerSecret.ReadOrCreate(ServerFolder.Open(_folder, account));
            var port = PostmasterFile.Read(Cluster)!.Port!.Value;
            await using var superuser = await new ServerConnections(secret, port).OpenSuperuserAsync(
                "thongthin",
                default
            );
            await using var older = new NpgsqlCommand(
                """
                update pg_database set datcollversion = '1.1' where datname = 'thongthin';
                update pg_collation set collversion = '1.1' where collname = 'thai';
                """,
                superuser
            );
            (await older.ExecuteNonQueryAsync()).ShouldBe(2);
        }

        await using var again = await StartAsync();

        const string stale = """
            select (select count(*) from pg_database
                    where datname = 'thongthin' and datcollversion <> pg_database_collation_actual_version(oid))
                 + (select count(*) from pg_collation where collversion <> pg_collation_actual_version(oid))
            """;
        (await ExecuteAsync(again, stale)).ShouldBe(0L);
    }

    [Fact]
    public async Task Start_WhenAFileOfTheClusterIsGone_ShowsWhatTheServerSays()
    {
        await using (await StartAsync()) { }
        File.Delete(Path.Combine(Cluster, "global", "pg_control"));

        var refusal = await Should.ThrowAsync<OperatorException>(() => StartAsync());

        refusal.English.ShouldContain("did not start");
        refusal.English.ShouldContain("pg_control");
    }

    private Task<EmbeddedPostgres> StartAsync() => EmbeddedPostgres.StartAsync(Settings, CancellationToken.None);

    private static async Task UntilAsync(EmbeddedPostgres server, string countSql)
    {
        while ((long)(await ExecuteAsync(server, countSql))! == 0)
        {
            await Task.Delay(20);
        }
    }

    private static async Task<object?> ExecuteAsync(EmbeddedPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection($"{server.OwnerConnectionString};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}

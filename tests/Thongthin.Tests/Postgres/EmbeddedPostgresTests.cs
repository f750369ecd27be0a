using Npgsql;
using Thongthin.Platform;
using Thongthin.Platform.Postgres;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Postgres;

/// <summary>A server of one's own: made, started, joined, stopped. Each test has its own data folder.</summary>
public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly string _folder = TemporaryFolder.Create();

    private EmbeddedPostgresSettings Settings => new() { DataFolder = _folder, Durable = false };

    private string Cluster => Path.Combine(_folder, "postgres", "server", "cluster");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Start_OnAnEmptyFolder_MakesAClusterThatReadsAndSortsThai()
    {
        await using var server = await StartAsync();

        server.Joined.ShouldBeFalse();
        (await ScalarAsync(server, "show server_encoding")).ShouldBe("UTF8");
        (
            await ScalarAsync(server, "select datlocprovider::text from pg_database where datname = 'thongthin'")
        ).ShouldBe("i");
        // Code points would put เชียงใหม่ after สงขลา.
        (
            await ScalarAsync(
                server,
                "select string_agg(name, ' ' order by name) from (values ('สงขลา'), ('เชียงใหม่'), ('กระบี่')) as province (name)"
            )
        ).ShouldBe("กระบี่ เชียงใหม่ สงขลา");
        (await ScalarAsync(server, "create extension pg_trgm; select show_trgm('แสนตอ') <> '{}'")).ShouldBe(true);
        (await ScalarAsync(server, "create extension btree_gist; select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Start_ByDefault_KeepsFullDurability()
    {
        await using var server = await StartAsync(Settings with { Durable = true });

        (await ScalarAsync(server, "show fsync")).ShouldBe("on");
        (await ScalarAsync(server, "show synchronous_commit")).ShouldBe("on");
        (await ScalarAsync(server, "show full_page_writes")).ShouldBe("on");
        (await ScalarAsync(server, "show data_checksums")).ShouldBe("on");
    }

    [Fact]
    public async Task Start_ListensOnLoopbackAloneAndAsksForAPassword()
    {
        await using var server = await StartAsync();

        (await ScalarAsync(server, "show listen_addresses")).ShouldBe("127.0.0.1");
        var guess = new NpgsqlConnectionStringBuilder(server.OwnerConnectionString)
        {
            Password = "guess",
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(guess.ConnectionString);
        (await Should.ThrowAsync<PostgresException>(() => connection.OpenAsync())).SqlState.ShouldBe(
            PostgresErrorCodes.InvalidPassword
        );
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(_folder, "postgres", "password"))
                .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task Roles_AreBoundByRowLevelSecurityAndTheApplicationCannotMakeTables()
    {
        await using var server = await StartAsync();

        const string free =
            "select count(*) from pg_roles where rolname like 'thongthin%' and (rolsuper or rolbypassrls or rolcreaterole)";
        (await ScalarAsync(server, free)).ShouldBe(0L);
        (await ScalarAsync(server, "select current_user", server.ConnectionString)).ShouldBe("thongthin_app");
        var refusal = await Should.ThrowAsync<PostgresException>(() =>
            ScalarAsync(server, "create table mine (id int)", server.ConnectionString)
        );
        refusal.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task Start_WhileAnotherUsesTheFolder_JoinsAndTheLastToLeaveStopsTheServer()
    {
        var first = await StartAsync();
        var second = await StartAsync();
        second.Joined.ShouldBeTrue();

        await first.DisposeAsync();
        (await ScalarAsync(second, "select 1")).ShouldBe(1);
        IsRunning().ShouldBeTrue();

        await second.DisposeAsync();
        IsRunning().ShouldBeFalse();
    }

    [Fact]
    public async Task Start_ByManyAtOnce_MakesOneServerForAll()
    {
        var servers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => StartAsync()));

        servers.Count(server => !server.Joined).ShouldBe(1);
        servers.Select(server => server.ConnectionString).Distinct().ShouldHaveSingleItem();
        await Task.WhenAll(servers.Select(server => server.DisposeAsync().AsTask()));
        IsRunning().ShouldBeFalse();
    }

    [Fact]
    public async Task Start_AfterAStop_FindsItsRows()
    {
        await using (var server = await StartAsync())
        {
            await ScalarAsync(server, "create table kept (id int); insert into kept values (7)");
        }

        await using var again = await StartAsync();
        (await ScalarAsync(again, "select id from kept")).ShouldBe(7);
    }

    [Fact]
    public async Task Dispose_Twice_DoesNothingMore()
    {
        var server = await StartAsync();
        await server.DisposeAsync();
        await using var next = await StartAsync();

        await server.DisposeAsync();

        (await ScalarAsync(next, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Start_WhenCancelled_LeavesNoLockBehind()
    {
        await Should.ThrowAsync<OperationCanceledException>(() =>
            EmbeddedPostgres.StartAsync(Settings, new CancellationToken(canceled: true))
        );

        await using var server = await StartAsync();
        (await ScalarAsync(server, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Start_WhenAnotherProgramHoldsTheStartForTooLong_SaysSo()
    {
        await using (await StartAsync()) { }
        using var other = FolderLock.TryExclusive(Path.Combine(_folder, "postgres", "start.lock"));
        other.ShouldNotBeNull();

        var refusal = await RefusalAsync(Settings with { Patience = TimeSpan.FromMilliseconds(100) });

        refusal.English.ShouldContain("Another program is starting or stopping the database");
    }

    [Fact]
    public async Task CreateDatabase_FromATemplate_CopiesItsRows()
    {
        await using var server = await StartAsync();
        await server.CreateDatabaseAsync("original", null, default);
        var original = $"{server.OwnerConnectionStringOf("original")};Pooling=false";
        await ScalarAsync(server, "create table kept (id int); insert into kept values (7)", original);

        await server.CreateDatabaseAsync("copy", "original", default);

        (await ScalarAsync(server, "select id from kept", server.OwnerConnectionStringOf("copy"))).ShouldBe(7);
    }

    [Fact]
    public async Task Start_InAFolderThatCannotBeUsed_NamesTheSettingThatChoosesAnother()
    {
        // Root may write anywhere, but the user that its server runs as may not enter; anybody else may not write.
        var closed = Path.Combine(_folder, "closed");
        Directory.CreateDirectory(closed);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var refusal = await RefusalAsync(Settings with { DataFolder = Path.Combine(closed, "data") });

        refusal.English.ShouldContain("THONGTHIN_DATA");
        refusal.Thai.ShouldContain("THONGTHIN_DATA");
    }

    private Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresSettings? settings = null) =>
        EmbeddedPostgres.StartAsync(settings ?? Settings, CancellationToken.None);

    private static Task<OperatorException> RefusalAsync(EmbeddedPostgresSettings settings) =>
        Should.ThrowAsync<OperatorException>(() => EmbeddedPostgres.StartAsync(settings, CancellationToken.None));

    private bool IsRunning() => PostmasterFile.Read(Cluster)?.IsAlive(Cluster) == true;

    private static async Task<object?> ScalarAsync(EmbeddedPostgres server, string sql, string? connectionString = null)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(connectionString ?? server.OwnerConnectionString)
        {
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(unpooled.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}

using Npgsql;
using Thongthin.Platform.Postgres;
using Thongthin.Startup;
using Thongthin.Startup.Commands;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Postgres;

/// <summary>The program's frame: exit codes, messages, signals, and which database a verb works on.</summary>
public sealed class VerbTests : IDisposable
{
    private readonly string _folder = TemporaryFolder.Create();
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _out.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData]
    [InlineData("nonsense")]
    [InlineData("serve", "--urls")]
    [InlineData("serve", "--urls", "nowhere")]
    [InlineData("migrate", "unexpected")]
    public async Task Run_WhenUsedWrongly_SaysSoAndReturns2(params string[] arguments)
    {
        (await RunAsync(Private(), arguments)).ShouldBe(CommandLine.WrongUse);
        _error.ToString().ShouldNotBeEmpty();
        Directory.GetFileSystemEntries(_folder).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://127.0.0.1:0;http://192.0.2.1:0")]
    [InlineData("http://demo.example:0")]
    public async Task Demo_OnAnAddressThatOthersReach_Refuses(string urls)
    {
        (await RunAsync(Private(), "demo", "--urls", urls)).ShouldBe(CommandLine.WrongUse);
        _error.ToString().ShouldContain("this machine only");
    }

    [Fact]
    public async Task Migrate_TwiceOnAnEmptyFolder_NamesWhatItAppliedAndThenNothing()
    {
        (await RunAsync(Private(), "migrate")).ShouldBe(CommandLine.Done);
        _out.ToString().ShouldContain("0001_");

        _out.GetStringBuilder().Clear();
        (await RunAsync(Private(), "migrate")).ShouldBe(CommandLine.Done);
        _out.ToString().ShouldNotContain("0001_");
        _error.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_WhenTheOperatorMustSettleSomething_PrintsTheSentenceAloneAndReturns1()
    {
        var cluster = Path.Combine(_folder, "postgres", "server", "cluster");
        Directory.CreateDirectory(cluster);
        await File.WriteAllTextAsync(Path.Combine(cluster, "notes.txt"), "mine");

        (await RunAsync(Private(), "migrate")).ShouldBe(CommandLine.Findings);

        _error.ToString().ShouldContain("is not a whole database");
        _error.ToString().ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Migrate_OnAnExternalDatabase_StartsNoServerOfItsOwn()
    {
        var external = await TestServer.CreateDatabaseAsync();

        (await RunAsync(External(external.ConnectionString, external.OwnerConnectionString), "migrate")).ShouldBe(
            CommandLine.Done
        );

        Directory.GetFileSystemEntries(_folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task Connection_WhileTheServerRuns_PrintsWhatPsqlNeedsAsTheOwner()
    {
        var settings = Private();
        await using var running = await RunningDatabase.OpenAsync(settings, TimeProvider.System, default);

        (await RunAsync(settings, "connection")).ShouldBe(CommandLine.Done);

        var owner = new NpgsqlConnectionStringBuilder(running.OwnerConnectionString);
        _out.ToString().ShouldContain($"export PGPORT='{owner.Port}'");
        _out.ToString().ShouldContain("export PGUSER='thongthin_owner'");
        _out.ToString().ShouldContain($"export PGPASSWORD='{owner.Password}'");
    }

    [Fact]
    public async Task Run_OnAnExternalDatabaseAsItsOwner_RefusesBecauseNothingWouldLimitIt()
    {
        var external = await TestServer.CreateDatabaseAsync();

        (await RunAsync(External(external.OwnerConnectionString, external.OwnerConnectionString), "migrate")).ShouldBe(
            CommandLine.Findings
        );

        _error.ToString().ShouldContain("not bound by row-level security");
    }

    [Fact]
    public async Task Run_OnAnEmptyExternalDatabaseWithoutItsOwner_AsksForTheOwnersConnection()
    {
        var external = await TestServer.CreateEmptyDatabaseAsync();

        (await RunAsync(External(external.ConnectionString, null), "migrate")).ShouldBe(CommandLine.Findings);

        _error.ToString().ShouldContain("ConnectionStrings__ThongthinOwner");
    }

    [Fact]
    public async Task Run_WhenTheExternalDatabaseDoesNotAnswer_NamesTheSettings()
    {
        var nowhere = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = 1,
            Database = "thongthin",
            Username = "thongthin_app",
            Timeout = 2,
        }.ConnectionString;

        (await RunAsync(External(nowhere, nowhere), "migrate")).ShouldBe(CommandLine.Findings);

        _error.ToString().ShouldContain("ConnectionStrings__Thongthin");
        _error.ToString().ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Serve_WhenAskedToEnd_StopsItsDatabaseAndReturns0()
    {
        await using var program = ChildProgram.Start(
            _folder,
            TestProgram.Verb,
            "serve",
            "--urls",
            "http://127.0.0.1:0"
        );
        var address = "";
        (
            await program.WaitForLineAsync(line =>
            {
                address = line.Split(' ')[^1];
                return line.Contains("Listening on", StringComparison.Ordinal);
            })
        ).ShouldBeTrue();
        using var http = new HttpClient();
        (await http.GetAsync(new Uri($"{address}/health/live"))).IsSuccessStatusCode.ShouldBeTrue();
        var cluster = Path.Combine(_folder, "postgres", "server", "cluster");
        var server = PostmasterFile.Read(cluster)!;
        server.IsAlive(cluster).ShouldBeTrue();

        (await program.TerminateAsync()).ShouldBe(CommandLine.Done);

        server.IsAlive(cluster).ShouldBeFalse();
        File.Exists(PostmasterFile.PathIn(cluster)).ShouldBeFalse();
    }

    private DatabaseSettings Private() =>
        new()
        {
            Embedded = new EmbeddedPostgresSettings { DataFolder = _folder, Durable = false },
        };

    private DatabaseSettings External(string connectionString, string? ownerConnectionString) =>
        Private() with
        {
            ConnectionString = connectionString,
            OwnerConnectionString = ownerConnectionString,
        };

    private Task<int> RunAsync(DatabaseSettings settings, params string[] arguments) =>
        CommandLine.RunAsync(
            arguments,
            new CommandServices
            {
                Out = _out,
                Error = _error,
                TimeProvider = TimeProvider.System,
                DatabaseSettings = () => settings,
            },
            CancellationToken.None
        );
}

using System.Globalization;
using Npgsql;
using Thongthin.Data;
using Thongthin.Platform.Postgres;

[assembly: AssemblyFixture(typeof(Thongthin.Tests.Support.TestServer))]

namespace Thongthin.Tests.Support;

/// <summary>
/// The one PostgreSQL server of a test process: a private cluster in a temporary folder, started by the first test that
/// asks, removed with the process's last test. It holds a migrated template, of which every caller gets its own copy in
/// about a tenth of a second.
/// </summary>
public sealed class TestServer : IAsyncDisposable
{
    private const string Template = "template_migrated";

    private static readonly Lazy<Task<Running>> Server = new(StartAsync);

    // PostgreSQL copies a template only while nobody else does.
    private static readonly SemaphoreSlim OneCopy = new(1);

    private static int _count;

    /// <summary>A fresh database with the whole schema and no rows.</summary>
    internal static async Task<TestDatabase> CreateDatabaseAsync()
    {
        var running = await Server.Value;
        return await running.CreateAsync(Template);
    }

    /// <summary>A fresh database with nothing in it.</summary>
    internal static async Task<TestDatabase> CreateEmptyDatabaseAsync()
    {
        var running = await Server.Value;
        return await running.CreateAsync(template: null);
    }

    public async ValueTask DisposeAsync()
    {
        if (Server.IsValueCreated)
        {
            var running = await Server.Value;
            NpgsqlConnection.ClearAllPools();
            await running.Postgres.DisposeAsync();
            Directory.Delete(running.Postgres.DataFolder, recursive: true);
        }
    }

    private static async Task<Running> StartAsync()
    {
        TemporaryFolder.RemoveAbandonedServers();
        var settings = EmbeddedPostgresSettings.FromEnvironment() with
        {
            DataFolder = TemporaryFolder.CreateForServer(),
            Durable = false,
            MaxConnections = 600,
        };
        var postgres = await EmbeddedPostgres.StartAsync(settings, CancellationToken.None);
        await postgres.CreateDatabaseAsync(Template, null, CancellationToken.None);
        await Migrator.Embedded(postgres.OwnerConnectionStringOf(Template)).MigrateAsync(CancellationToken.None);
        return new Running(postgres);
    }

    private sealed record Running(EmbeddedPostgres Postgres)
    {
        public async Task<TestDatabase> CreateAsync(string? template)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _count)}");
            await OneCopy.WaitAsync();
            try
            {
                await Postgres.CreateDatabaseAsync(name, template, CancellationToken.None);
            }
            finally
            {
                OneCopy.Release();
            }
            return new TestDatabase(
                Brief(Postgres.ConnectionStringOf(name)),
                Brief(Postgres.OwnerConnectionStringOf(name))
            );
        }

        /// <summary>Hundreds of databases share one server: a connection that a test left idle is closed soon.</summary>
        private static string Brief(string connectionString) =>
            new NpgsqlConnectionStringBuilder(connectionString)
            {
                ConnectionIdleLifetime = 3,
                ConnectionPruningInterval = 1,
            }.ConnectionString;
    }
}

/// <summary>A database of one test or test class; it goes with the server.</summary>
/// <param name="ConnectionString">the application role: row-level security applies</param>
/// <param name="OwnerConnectionString">the owner of the schema: sees and does everything</param>
internal sealed record TestDatabase(string ConnectionString, string OwnerConnectionString);

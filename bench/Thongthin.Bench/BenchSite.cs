using Microsoft.AspNetCore.Builder;
using Npgsql;
using Thongthin.Data;
using Thongthin.Features.Demonstration;
using Thongthin.Platform.Postgres;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;
using Thongthin.Startup;

namespace Thongthin.Bench;

/// <summary>
/// The program with the demonstration country on this machine's loopback: its own PostgreSQL with full durability, a real
/// port. Server and client share the machine's cores, as every figure says.
/// </summary>
internal sealed class BenchSite : IAsyncDisposable
{
    public const string Password = "Invented-bench-1";

    private readonly BenchFolder _folder;
    private readonly EmbeddedPostgres _postgres;
    private readonly WebApplication _app;

    private BenchSite(BenchFolder folder, EmbeddedPostgres postgres, WebApplication app) =>
        (_folder, _postgres, _app) = (folder, postgres, app);

    public string ConnectionString => _postgres.ConnectionString;

    public string OwnerConnectionString => _postgres.OwnerConnectionString;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<BenchSite> StartAsync()
    {
        var folder = new BenchFolder();
        var postgres = await EmbeddedPostgres.StartAsync(
            EmbeddedPostgresSettings.FromEnvironment() with
            {
                DataFolder = folder.Path,
            },
            CancellationToken.None
        );
        await Migrator.Embedded(postgres.OwnerConnectionString).MigrateAsync(CancellationToken.None);
        await DemonstrationCountry.LoadAsync(
            postgres.OwnerConnectionString,
            Password,
            TimeProvider.System,
            Console.Error.WriteLine,
            CancellationToken.None
        );
        var app = Web.Build(
            new WebSettings
            {
                Urls = ["http://127.0.0.1:0"],
                ConnectionString = postgres.ConnectionString,
                OwnerConnectionString = postgres.OwnerConnectionString,
                WrappingKey = WrappingKey.Ephemeral(),
                Demonstration = true,
            }
        );
        await app.StartAsync();
        return new BenchSite(folder, postgres, app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await _postgres.DisposeAsync();
        _folder.Dispose();
    }
}

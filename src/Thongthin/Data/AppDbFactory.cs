using Microsoft.EntityFrameworkCore;
using Npgsql;
using Thongthin.Platform.Security;

namespace Thongthin.Data;

/// <summary>Makes contexts of the application role. One per program; the data source pools the connections.</summary>
internal sealed class AppDbFactory : IAsyncDisposable
{
    private readonly DbContextOptions _options;

    /// <param name="connectionString">of the application role, which must not bypass row-level security</param>
    public AppDbFactory(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            NoResetOnClose = false,
            Multiplexing = false,
        };
        Source = new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
        _options = new DbContextOptionsBuilder()
            .UseNpgsql(Source)
            .UseSnakeCase()
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .AddInterceptors(new EnterActor())
            .Options;
    }

    public NpgsqlDataSource Source { get; }

    public AppDb Create(Actor actor) => new(_options, () => actor);

    public AppDb Create(Func<Actor> actor) => new(_options, actor);

    public SignInDb CreateSignIn(TimeProvider clock) => new(_options, () => Actor.SignIn(clock));

    /// <summary>An open connection on which the actor is named, for COPY and raw SQL.</summary>
    public async Task<NpgsqlConnection> OpenAsync(Actor actor, CancellationToken cancellationToken)
    {
        var connection = await Source.OpenConnectionAsync(cancellationToken);
        try
        {
            await EnterActor.ExecuteAsync(connection, actor, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}

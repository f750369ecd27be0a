using Thongthin.Platform.Security;

namespace Thongthin.Startup.Commands;

/// <summary>What a verb works with: where it writes, the clock, and the database.</summary>
internal sealed record CommandServices
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    /// <summary>Read only by verbs that use the database, so that others run anywhere.</summary>
    public required Func<DatabaseSettings> DatabaseSettings { get; init; }

    public static CommandServices FromEnvironment() =>
        new()
        {
            Out = Console.Out,
            Error = Console.Error,
            TimeProvider = TimeProvider.System,
            DatabaseSettings = Startup.DatabaseSettings.FromEnvironment,
        };

    /// <summary>The key outside the database, from the setting or the data folder.</summary>
    public WrappingKey LoadWrappingKey() =>
        WrappingKey.Load(
            Environment.GetEnvironmentVariable(WrappingKey.Setting),
            DatabaseSettings().Embedded.DataFolder
        );

    /// <summary>
    /// The database, running and migrated: <c>await using var database = await services.OpenDatabaseAsync(token);</c>.
    /// Joins a server that another program runs.
    /// </summary>
    public Task<RunningDatabase> OpenDatabaseAsync(CancellationToken cancellationToken) =>
        RunningDatabase.OpenAsync(DatabaseSettings(), TimeProvider, cancellationToken);
}

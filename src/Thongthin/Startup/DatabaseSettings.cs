using Thongthin.Platform.Postgres;

namespace Thongthin.Startup;

/// <summary>
/// Which database to work on. <c>ConnectionStrings__Thongthin</c> (the application role) names an external one;
/// <c>ConnectionStrings__ThongthinOwner</c> (the role that owns its schema) lets the program migrate it. Without the
/// first the program runs its own server.
/// </summary>
internal sealed record DatabaseSettings
{
    public const string ApplicationVariable = "ConnectionStrings__Thongthin";
    public const string OwnerVariable = "ConnectionStrings__ThongthinOwner";

    public string? ConnectionString { get; init; }

    public string? OwnerConnectionString { get; init; }

    /// <summary>The private server, used when no connection string is set.</summary>
    public required EmbeddedPostgresSettings Embedded { get; init; }

    public static DatabaseSettings FromEnvironment() =>
        new()
        {
            ConnectionString = Value(ApplicationVariable),
            OwnerConnectionString = Value(OwnerVariable),
            Embedded = EmbeddedPostgresSettings.FromEnvironment(),
        };

    private static string? Value(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

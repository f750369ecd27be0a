namespace Thongthin.Platform.Postgres;

/// <summary>What a private PostgreSQL server needs to know.</summary>
internal sealed record EmbeddedPostgresSettings
{
    /// <summary>The program's data folder; the server lives in its sub-folder <c>postgres</c>.</summary>
    public required string DataFolder { get; init; }

    /// <summary>A folder with <c>postgres</c>, <c>initdb</c> and <c>pg_ctl</c>; null searches as <see cref="PostgresBinaries"/> says.</summary>
    public string? BinariesFolder { get; init; }

    /// <summary>False gives up durability for speed: for databases that nobody will miss.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Connections that the server accepts; one program's pools take 100 at most.</summary>
    public int MaxConnections { get; init; } = 150;

    /// <summary>How long a start, a recovery or a stop may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The settings of the environment: <c>THONGTHIN_DATA</c> and <c>THONGTHIN_POSTGRES_BIN</c>.</summary>
    public static EmbeddedPostgresSettings FromEnvironment() =>
        new()
        {
            DataFolder = Platform.DataFolder.FromEnvironment(),
            BinariesFolder = Environment.GetEnvironmentVariable("THONGTHIN_POSTGRES_BIN") is { Length: > 0 } folder
                ? folder
                : null,
        };
}

using Npgsql;

namespace Thongthin.Platform.Postgres;

/// <summary>
/// The private PostgreSQL server of one data folder. Whoever comes first starts it, later programs join it, the last to
/// leave stops it: each holds a shared lock while it uses the server. A program that was killed leaves a running server
/// without users; the next one joins it and stops it in the end. Starting and stopping happen under an exclusive lock.
/// Whether a server runs is never believed, but tried: by connecting with the folder's own secret.
/// </summary>
internal sealed class EmbeddedPostgres : IAsyncDisposable
{
    private readonly ServerFolder _folder;
    private readonly PostgresCluster _cluster;
    private readonly ServerConnections _connections;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private FolderLock? _use;

    private EmbeddedPostgres(
        ServerFolder folder,
        PostgresCluster cluster,
        ServerConnections connections,
        FolderLock use,
        bool joined,
        EmbeddedPostgresSettings settings,
        TimeProvider time
    )
    {
        _folder = folder;
        _cluster = cluster;
        _connections = connections;
        _use = use;
        _time = time;
        _patience = settings.Patience;
        Joined = joined;
        DataFolder = settings.DataFolder;
    }

    public string DataFolder { get; }

    /// <summary>True when the server ran already: another program uses it, or one that was killed left it.</summary>
    public bool Joined { get; }

    /// <summary>The role that owns the schema; for migrations and bulk loading.</summary>
    public string OwnerConnectionString => _connections.Owner(ServerRoles.Database);

    /// <summary>The application's role: row-level security applies to it.</summary>
    public string ConnectionString => _connections.Application(ServerRoles.Database);

    public static Task<EmbeddedPostgres> StartAsync(
        EmbeddedPostgresSettings settings,
        CancellationToken cancellationToken
    ) => StartAsync(settings, TimeProvider.System, cancellationToken);

    public static async Task<EmbeddedPostgres> StartAsync(
        EmbeddedPostgresSettings settings,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var account = ServerAccount.Current();
        var folder = ServerFolder.Open(settings.DataFolder, account);
        using var start =
            await FolderLock.WaitAsync(folder.StartLock, settings.Patience, time, cancellationToken)
            ?? throw Busy(folder);
        // Nobody holds this lock exclusively but under the lock above.
        var use = FolderLock.TryShared(folder.UseLock) ?? throw Busy(folder);
        try
        {
            return await StartLockedAsync(settings, account, folder, use, time, cancellationToken);
        }
        catch
        {
            use.Dispose();
            throw;
        }
    }

    /// <summary>Creates a database of the owner, empty or as a copy of another to which nobody is connected.</summary>
    public async Task CreateDatabaseAsync(string name, string? template, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_connections.Owner("postgres", pooled: false));
        await connection.OpenAsync(cancellationToken);
        await ServerRoles.CreateDatabaseAsync(connection, name, template, cancellationToken);
    }

    /// <summary>The owner's connection to another database of this server.</summary>
    public string OwnerConnectionStringOf(string database) => _connections.Owner(database);

    /// <summary>The application role's connection to another database of this server.</summary>
    public string ConnectionStringOf(string database) => _connections.Application(database);

    /// <summary>Leaves the server; stops it when nobody else uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_use is null)
        {
            return;
        }
        using var start = await FolderLock.WaitAsync(_folder.StartLock, _patience, _time, CancellationToken.None);
        _use.Dispose();
        _use = null;
        // Without the start lock somebody is joining: that program will be the last.
        using var alone = start is null ? null : FolderLock.TryExclusive(_folder.UseLock);
        if (alone is not null)
        {
            await _cluster.StopAsync();
        }
    }

    private static async Task<EmbeddedPostgres> StartLockedAsync(
        EmbeddedPostgresSettings settings,
        ServerAccount account,
        ServerFolder folder,
        FolderLock use,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        await account.OwnAsync(folder.ClusterParent, cancellationToken);
        if (!await account.ReachesAsync(folder.ClusterParent, cancellationToken))
        {
            throw new OperatorException(
                $"PostgreSQL ทำงานในนามผู้ใช้ {account.UserName} ซึ่งเข้าโฟลเดอร์ {folder.Folder} ไม่ได้ โปรดกำหนดโฟลเดอร์อื่นด้วย {Platform.DataFolder.Variable} เช่น /var/lib/thongthin",
                $"PostgreSQL runs as user {account.UserName}, who cannot enter {folder.Folder}: name another folder with {Platform.DataFolder.Variable}, for example /var/lib/thongthin."
            );
        }
        folder.RemoveUnfinished();
        var binaries = await PostgresBinaries.FindAsync(settings, folder, account, cancellationToken);
        var cluster = new PostgresCluster(folder, binaries, account, settings, time);
        var exists = cluster.Exists();
        var secret = ServerSecret.ReadOrCreate(folder);
        if (exists)
        {
            cluster.CheckVersion();
        }
        else
        {
            await cluster.CreateAsync(secret, cancellationToken);
        }
        var running = await RunningServer.FindAsync(folder, secret, settings.Patience, time, cancellationToken);
        if (running is null)
        {
            folder.RotateLog();
            folder.RemoveCopiesBut(binaries);
        }
        try
        {
            var connections = new ServerConnections(secret, running ?? await cluster.StartAsync(cancellationToken));
            await ServerRoles.EnsureAsync(connections, cancellationToken);
            return new EmbeddedPostgres(folder, cluster, connections, use, running is not null, settings, time);
        }
        catch when (running is null)
        {
            await cluster.StopAsync();
            throw;
        }
    }

    private static OperatorException Busy(ServerFolder folder) =>
        new(
            $"โปรแกรมอื่นกำลังเริ่มหรือหยุดฐานข้อมูลใน {folder.Folder} อยู่ โปรดรอสักครู่แล้วสั่งงานใหม่",
            $"Another program is starting or stopping the database in {folder.Folder}: wait a moment and run the command again."
        );
}

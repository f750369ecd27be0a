namespace Thongthin.Platform.Postgres;

/// <summary>
/// The layout of <c>DATA/postgres</c>. The program owns it; <c>server/</c> alone is the server's user's, who may be another.
/// <code>
/// start.lock         held while somebody starts, recovers or stops the server
/// use.lock           shared by every program that uses the server: the last one stops it
/// password           the server's secret, readable by the program's user only
/// server/cluster     the cluster; server/cluster.making-* were never finished and are removed
/// server/server.log
/// binaries-*         a copy of PostgreSQL's programs, where the server's user cannot reach the originals
/// </code>
/// </summary>
internal sealed record ServerFolder
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode Readable =
        Private
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    private const long LargestLog = 10_000_000;

    private ServerFolder(string folder) => Folder = folder;

    public string Folder { get; }

    public string StartLock => Path.Combine(Folder, "start.lock");

    public string UseLock => Path.Combine(Folder, "use.lock");

    public string PasswordFile => Path.Combine(Folder, "password");

    public string ClusterParent => Path.Combine(Folder, "server");

    public string Cluster => Path.Combine(ClusterParent, "cluster");

    public string Log => Path.Combine(ClusterParent, "server.log");

    /// <summary>Creates what is missing and checks that the program may write here.</summary>
    public static ServerFolder Open(string dataFolder, ServerAccount account)
    {
        var folder = new ServerFolder(Path.Combine(Path.GetFullPath(dataFolder), "postgres"));
        try
        {
            if (!Directory.Exists(dataFolder))
            {
                CreateReadable(dataFolder, account.UserName is null ? Private : Readable);
            }
            CreateReadable(folder.Folder, account.UserName is null ? Private : Readable);
            if (!Directory.Exists(folder.ClusterParent))
            {
                CreateReadable(folder.ClusterParent, Private);
            }
            folder.CheckWritable();
            return folder;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new OperatorException(
                $"เขียนในโฟลเดอร์เก็บข้อมูล {dataFolder} ไม่ได้: {exception.Message} โปรดใช้ผู้ใช้ที่เป็นเจ้าของโฟลเดอร์ หรือกำหนดโฟลเดอร์อื่นด้วย {DataFolder.Variable}",
                $"The data folder {dataFolder} cannot be written: {exception.Message} Run as the user who owns it, or name another folder with {DataFolder.Variable}.",
                exception
            );
        }
    }

    public static void CreateReadable(string folder) => CreateReadable(folder, Readable);

    /// <summary>Opening a lock would not tell: it may rightly be held.</summary>
    private void CheckWritable()
    {
        var probe = Path.Combine(Folder, $"probe-{Guid.CreateVersion7():n}");
        File.WriteAllText(probe, "");
        File.Delete(probe);
    }

    /// <summary>What an earlier run could not finish: never the only copy of anything.</summary>
    public void RemoveUnfinished()
    {
        Array.ForEach(Directory.GetFiles(ClusterParent, "cluster.making-*.password"), File.Delete);
        foreach (
            var unfinished in Directory
                .GetDirectories(ClusterParent, "cluster.making-*")
                .Concat(Directory.GetDirectories(Folder, "binaries-*.making-*"))
        )
        {
            try
            {
                Directory.Delete(unfinished, recursive: true);
            }
            catch (IOException)
            {
                // An initdb that outlived its program still writes here; the next start removes the rest.
            }
        }
    }

    /// <summary>Copies of programs that an earlier version ran; call it while no server runs.</summary>
    public void RemoveCopiesBut(PostgresBinaries used)
    {
        foreach (var copy in Directory.GetDirectories(Folder, "binaries-*"))
        {
            if (!used.Folder.StartsWith(copy + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                Directory.Delete(copy, recursive: true);
            }
        }
    }

    public string NewCluster() => Path.Combine(ClusterParent, $"cluster.making-{Guid.CreateVersion7():n}");

    public void RotateLog()
    {
        if (File.Exists(Log) && new FileInfo(Log).Length > LargestLog)
        {
            File.Move(Log, $"{Log}.1", overwrite: true);
        }
    }

    private static void CreateReadable(string folder, UnixFileMode mode)
    {
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(folder) != mode)
        {
            File.SetUnixFileMode(folder, mode);
        }
    }
}

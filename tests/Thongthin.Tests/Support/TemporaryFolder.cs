using System.Diagnostics;
using Thongthin.Platform.Postgres;

namespace Thongthin.Tests.Support;

/// <summary>Folders of tests, and what is left of those whose test program was killed.</summary>
internal static class TemporaryFolder
{
    private const string ServerPrefix = "thongthin-test-server-";

    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(10);

    /// <summary>A new folder that other users may enter: a server started by root runs as one of them.</summary>
    public static string Create() => Create("thongthin-test-");

    public static string CreateForServer() => Create(ServerPrefix);

    /// <summary>Ends servers of earlier test programs that nobody uses any more, and removes their folders.</summary>
    public static void RemoveAbandonedServers()
    {
        foreach (var folder in new DirectoryInfo(Path.GetTempPath()).GetDirectories($"{ServerPrefix}*"))
        {
            var useLock = Path.Combine(folder.FullName, "postgres", "use.lock");
            if (!File.Exists(useLock) || Age(useLock) < Abandoned)
            {
                continue;
            }
            try
            {
                using var alone = FolderLock.TryExclusive(useLock);
                if (alone is not null)
                {
                    Remove(folder);
                }
            }
            catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
            {
                // Another user's, or its processes are still ending: somebody's next run removes it.
            }
        }
    }

    /// <summary>A lock file is written once, when it is made.</summary>
    private static TimeSpan Age(string path) => TimeProvider.System.GetUtcNow() - File.GetLastWriteTimeUtc(path);

    private static void Remove(DirectoryInfo folder)
    {
        var cluster = Path.Combine(folder.FullName, "postgres", "server", "cluster");
        if (PostmasterFile.Read(cluster) is { } note && note.IsAlive(cluster))
        {
            using var postmaster = Process.GetProcessById(note.ProcessId);
            postmaster.Kill();
        }
        folder.Delete(recursive: true);
    }

    private static string Create(string prefix)
    {
        var folder = Directory.CreateTempSubdirectory(prefix).FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                folder,
                File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute
            );
        }
        return folder;
    }
}

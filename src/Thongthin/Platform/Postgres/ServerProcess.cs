using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Thongthin.Platform.Postgres;

/// <summary>
/// Tells processes of one cluster's server from others by what the system shows: the name, and on Linux the current
/// folder, which for all processes of a server is its cluster.
/// </summary>
internal static class ServerProcess
{
    private const string Name = "postgres";

    /// <summary>Is this a PostgreSQL, and as far as the system tells, one of this cluster?</summary>
    public static bool IsAlive(int processId, string cluster)
    {
        if (processId <= 0)
        {
            return false;
        }
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.ProcessName.StartsWith(Name, StringComparison.Ordinal)
                && !IsZombie(processId)
                && WorksIn(processId, cluster) is not false;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>
    /// Ends what a killed server left working for clients that are gone: such a process notices only when its statement
    /// ends, and keeps the cluster until then. Safe, because the next start replays the log; done only where the system
    /// shows that a process belongs to this cluster.
    /// </summary>
    public static void EndOrphans(string cluster)
    {
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                try
                {
                    // Its title says what it does: "postgres: thongthin_owner thongthin … SELECT".
                    if (
                        process.ProcessName.StartsWith(Name, StringComparison.Ordinal)
                        && WorksIn(process.Id, cluster) is true
                    )
                    {
                        process.Kill();
                    }
                }
                catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
                {
                    // It ended by itself in this moment.
                }
            }
        }
    }

    /// <summary>Ended, but not yet collected by its parent: PostgreSQL itself would take it for alive.</summary>
    private static bool IsZombie(int processId)
    {
        try
        {
            var status = File.ReadAllText(InProc(processId, "stat"));
            return status[(status.LastIndexOf(')') + 1)..].TrimStart().StartsWith('Z');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Null where the system does not show it.</summary>
    private static bool? WorksIn(int processId, string cluster)
    {
        try
        {
            return new FileInfo(InProc(processId, "cwd")).LinkTarget is { } folder ? folder == Resolved(cluster) : null;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            return null;
        }
    }

    private static string InProc(int processId, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/{name}");

    private static string Resolved(string folder)
    {
        var parent = Path.GetDirectoryName(folder);
        if (parent is null)
        {
            return folder;
        }
        var own = Path.Combine(Resolved(parent), Path.GetFileName(folder));
        return new DirectoryInfo(own).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? own;
    }
}

using System.Diagnostics;
using System.Globalization;

namespace Thongthin.Platform.Postgres;

/// <summary>
/// <c>postmaster.pid</c>, which PostgreSQL writes into a cluster that it runs: process, start, port. It is the only note
/// of a running server; after a crash it may be stale, and its process id may since belong to somebody else.
/// </summary>
internal sealed record PostmasterFile(int ProcessId, int? Port)
{
    public static string PathIn(string cluster) => Path.Combine(cluster, "postmaster.pid");

    public static PostmasterFile? Read(string cluster)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(PathIn(cluster));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        // A server in single-user mode writes its process id with a minus sign.
        return int.TryParse(lines.FirstOrDefault()?.TrimStart('-'), CultureInfo.InvariantCulture, out var process)
            ? new PostmasterFile(process, Number(lines, 3))
            : new PostmasterFile(0, null);
    }

    /// <summary>Is the process still a PostgreSQL, and as far as this system tells, the one of this cluster?</summary>
    public bool IsAlive(string cluster)
    {
        if (ProcessId <= 0)
        {
            return false;
        }
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            return process.ProcessName.StartsWith("postgres", StringComparison.Ordinal)
                && !IsZombie()
                && WorksIn(cluster) is not false;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Ended, but not yet collected by its parent: PostgreSQL itself would take it for alive.</summary>
    private bool IsZombie()
    {
        try
        {
            var status = File.ReadAllText(ProcPath("stat"));
            return status[(status.LastIndexOf(')') + 1)..].TrimStart().StartsWith('Z');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>A postmaster's current folder is its cluster; null where the system does not show it.</summary>
    private bool? WorksIn(string cluster)
    {
        var link = new FileInfo(ProcPath("cwd"));
        try
        {
            return link.LinkTarget is { } folder ? folder == Resolved(cluster) : null;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            return null;
        }
    }

    private string ProcPath(string name) => string.Create(CultureInfo.InvariantCulture, $"/proc/{ProcessId}/{name}");

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

    private static int? Number(string[] lines, int index) =>
        index < lines.Length && int.TryParse(lines[index], CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

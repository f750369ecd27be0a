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
    public bool IsAlive(string cluster) => ServerProcess.IsAlive(ProcessId, cluster);

    private static int? Number(string[] lines, int index) =>
        index < lines.Length && int.TryParse(lines[index], CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

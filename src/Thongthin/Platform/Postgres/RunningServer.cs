using Npgsql;

namespace Thongthin.Platform.Postgres;

/// <summary>
/// Finds a server that already runs on a cluster, whoever left it. The note in the cluster is only a hint: the server
/// must accept the folder's own password and name this cluster as its own. One that is still starting, recovering or
/// ending is waited for; a note without a living server is stale and removed.
/// </summary>
internal static class RunningServer
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>The port of the running server, or null when none runs.</summary>
    public static async Task<int?> FindAsync(
        ServerFolder folder,
        ServerSecret secret,
        TimeSpan patience,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var started = time.GetTimestamp();
        while (PostmasterFile.Read(folder.Cluster) is { } note)
        {
            if (!note.IsAlive(folder.Cluster))
            {
                File.Delete(PostmasterFile.PathIn(folder.Cluster));
                return null;
            }
            if (note.Port is { } port && await AnswersAsync(folder, secret, port, cancellationToken))
            {
                return port;
            }
            if (time.GetElapsedTime(started) > patience)
            {
                throw new OperatorException(
                    $"ฐานข้อมูลใน {folder.Cluster} (โพรเซส {note.ProcessId}) ทำงานอยู่แต่ไม่ตอบ โปรดดูบันทึก {folder.Log} หยุดโพรเซสนั้นแล้วสั่งงานใหม่",
                    $"The database in {folder.Cluster} (process {note.ProcessId}) runs but does not answer: read {folder.Log}, end that process and run the command again."
                );
            }
            await Task.Delay(Pause, time, cancellationToken);
        }
        return null;
    }

    private static async Task<bool> AnswersAsync(
        ServerFolder folder,
        ServerSecret secret,
        int port,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var connections = new ServerConnections(secret, port);
            await using var connection = await connections.OpenSuperuserAsync("postgres", cancellationToken);
            await using var command = new NpgsqlCommand("select current_setting('data_directory')", connection);
            var answer = (string?)await command.ExecuteScalarAsync(cancellationToken);
            return Path.GetFullPath(answer!) == Path.GetFullPath(folder.Cluster);
        }
        catch (NpgsqlException)
        {
            // Starting, recovering, ending, or not listening yet: the caller asks again.
            return false;
        }
    }
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Thongthin.Platform.Postgres;

/// <summary>
/// One cluster on disk and its server process. A cluster is made under a temporary name and renamed when it is whole.
/// The server is started by pg_ctl, which puts it in a session of its own: Ctrl-C in the terminal reaches the program
/// alone, which ends its work first and then stops the server.
/// </summary>
internal sealed class PostgresCluster(
    ServerFolder server,
    PostgresBinaries binaries,
    ServerAccount account,
    EmbeddedPostgresSettings settings,
    TimeProvider time
)
{
    public const string Superuser = "postgres";

    private const string StillInUse = "shared memory block";

    /// <summary>
    /// Trigrams of Thai need a UTF-8 character type: with plain "C" PostgreSQL sees no letters in Thai. Sorting and case
    /// are ICU's. The names differ by system, so they are tried in turn.
    /// </summary>
    private static readonly string[] CharacterTypes = ["C.UTF-8", "en_US.UTF-8", "UTF-8", "C"];

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Is there a cluster? A folder of that name which is none was put there by somebody else, and is left alone.</summary>
    public bool Exists()
    {
        if (File.Exists(Path.Combine(server.Cluster, "PG_VERSION")))
        {
            return true;
        }
        return Directory.Exists(server.Cluster)
            ? throw new OperatorException(
                $"โฟลเดอร์ {server.Cluster} ไม่ใช่ฐานข้อมูลที่สมบูรณ์ (ไม่มี PG_VERSION) โปรดนำข้อมูลกลับมาจากสำเนาสำรอง หรือย้ายโฟลเดอร์นี้ออกเพื่อเริ่มใหม่",
                $"The folder {server.Cluster} is not a whole database (PG_VERSION is missing): bring it back from a backup, or move it away to begin anew."
            )
            : false;
    }

    /// <summary>Refuses a cluster that the programs at hand cannot read.</summary>
    public void CheckVersion()
    {
        var text = File.ReadAllText(Path.Combine(server.Cluster, "PG_VERSION")).Trim();
        if (text != binaries.MajorVersion.ToString(CultureInfo.InvariantCulture))
        {
            throw new OperatorException(
                $"ฐานข้อมูลใน {server.Cluster} เป็นของ PostgreSQL {text} แต่โปรแกรมที่พบใน {binaries.Folder} เป็นรุ่น {binaries.MajorVersion} ข้อมูลยังอยู่ครบ: กำหนด THONGTHIN_POSTGRES_BIN เป็นโฟลเดอร์ bin ของ PostgreSQL {text} หรือย้ายข้อมูลด้วย pg_dump และ pg_restore ตาม docs/operations.md หรือใช้โฟลเดอร์เก็บข้อมูลใหม่ด้วย {DataFolder.Variable}",
                $"The database in {server.Cluster} belongs to PostgreSQL {text}, but the programs in {binaries.Folder} are version {binaries.MajorVersion}. Nothing was changed: name the bin folder of PostgreSQL {text} with THONGTHIN_POSTGRES_BIN, or move the data with pg_dump and pg_restore as docs/operations.md says, or use a new data folder with {DataFolder.Variable}."
            );
        }
    }

    /// <summary>Makes the cluster: UTF-8, Thai ICU collation, passwords for every connection.</summary>
    public async Task CreateAsync(ServerSecret secret, CancellationToken cancellationToken)
    {
        var making = server.NewCluster();
        var passwordFile = $"{making}.password";
        ServerSecret.WritePrivate(passwordFile, secret.PasswordOf(Superuser));
        try
        {
            await account.OwnAsync(passwordFile, cancellationToken);
            var result = new ProcessResult(ProcessResult.CouldNotStart, "");
            foreach (var characterType in CharacterTypes)
            {
                result = await InitDbAsync(making, passwordFile, characterType, cancellationToken);
                if (result.ExitCode == 0 || !result.Text.Contains("invalid locale", StringComparison.Ordinal))
                {
                    break;
                }
            }
            if (result.ExitCode != 0)
            {
                throw new OperatorException(
                    $"สร้างฐานข้อมูลใน {server.Folder} ไม่สำเร็จ โปรดแก้ตามข้อความของ initdb:",
                    $"The database in {server.Folder} could not be made; initdb says:{Environment.NewLine}{result.Text}"
                );
            }
            Directory.Move(making, server.Cluster);
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }

    /// <summary>Starts the server on a free loopback port and returns the port when it answers.</summary>
    public async Task<int> StartAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var port = FreePort();
            var logLength = File.Exists(server.Log) ? new FileInfo(server.Log).Length : 0;
            var result = await account.RunAsync(
                binaries.PgCtl,
                [
                    "start",
                    "--silent",
                    "--wait",
                    .. Timeout(),
                    "--pgdata",
                    server.Cluster,
                    "--log",
                    server.Log,
                    "--options",
                    ServerOptions(port),
                ],
                server.ClusterParent,
                cancellationToken
            );
            if (result.ExitCode == 0)
            {
                return port;
            }
            var said = NewLines(logLength);
            if (!IsPassing(said) || time.GetElapsedTime(started) > settings.Patience)
            {
                throw new OperatorException(
                    $"เริ่มฐานข้อมูลใน {server.Cluster} ไม่สำเร็จ โปรดแก้ตามบันทึก {server.Log}",
                    $"The database in {server.Cluster} did not start; {server.Log} says:{Environment.NewLine}{result.Text}{Environment.NewLine}{said}"
                );
            }
            if (said.Contains(StillInUse, StringComparison.Ordinal))
            {
                ServerProcess.EndOrphans(server.Cluster);
            }
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>Ends all connections, writes everything out and waits until the server is gone.</summary>
    public async Task StopAsync()
    {
        var result = await account.RunAsync(
            binaries.PgCtl,
            ["stop", "--silent", "--wait", .. Timeout(), "--mode", "fast", "--pgdata", server.Cluster],
            server.ClusterParent,
            CancellationToken.None
        );
        if (result.ExitCode != 0 && PostmasterFile.Read(server.Cluster)?.IsAlive(server.Cluster) == true)
        {
            throw new OperatorException(
                $"หยุดฐานข้อมูลใน {server.Cluster} ไม่สำเร็จ การเริ่มครั้งต่อไปจะรับช่วงต่อเอง: {result.Text}",
                $"The database in {server.Cluster} did not stop; the next start takes it over: {result.Text}"
            );
        }
    }

    private Task<ProcessResult> InitDbAsync(
        string folder,
        string passwordFile,
        string characterType,
        CancellationToken cancellationToken
    )
    {
        string[] arguments =
        [
            "--pgdata",
            folder,
            "--username",
            Superuser,
            "--pwfile",
            passwordFile,
            "--auth",
            "scram-sha-256",
            "--encoding",
            "UTF8",
            "--locale-provider",
            "icu",
            "--icu-locale",
            "th",
            "--locale",
            "C",
            "--lc-ctype",
            characterType,
            "--data-checksums",
            "--no-instructions",
        ];
        return account.RunAsync(
            binaries.InitDb,
            settings.Durable ? arguments : [.. arguments, "--no-sync"],
            server.ClusterParent,
            cancellationToken
        );
    }

    private string ServerOptions(int port)
    {
        List<string> options =
        [
            string.Create(CultureInfo.InvariantCulture, $"-p {port}"),
            "-c listen_addresses=127.0.0.1",
            "-c unix_socket_directories=",
            string.Create(CultureInfo.InvariantCulture, $"-c max_connections={settings.MaxConnections}"),
            "-c timezone=UTC",
        ];
        if (!settings.Durable)
        {
            options.AddRange(["-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off"]);
        }
        return string.Join(' ', options);
    }

    private string[] Timeout() =>
        ["--timeout", ((int)settings.Patience.TotalSeconds).ToString(CultureInfo.InvariantCulture)];

    /// <summary>
    /// Troubles that pass: somebody else took the port in this moment, or the processes of a server that was killed are
    /// still ending.
    /// </summary>
    private static bool IsPassing(string said) =>
        said.Contains("Address already in use", StringComparison.Ordinal)
        || said.Contains("could not bind", StringComparison.Ordinal)
        || said.Contains(StillInUse, StringComparison.Ordinal);

    private string NewLines(long from)
    {
        if (!File.Exists(server.Log))
        {
            return "";
        }
        using var log = new FileStream(server.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Seek(Math.Min(from, log.Length), SeekOrigin.Begin);
        using var reader = new StreamReader(log);
        return reader.ReadToEnd();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

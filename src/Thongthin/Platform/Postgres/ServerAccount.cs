using System.ComponentModel;
using System.Diagnostics;

namespace Thongthin.Platform.Postgres;

/// <summary>
/// The operating-system user that PostgreSQL runs as. PostgreSQL refuses root, so a program run by root starts it as
/// <c>postgres</c> or else <c>nobody</c>; .NET sets user and groups between fork and exec, no other tool is needed.
/// Anybody else runs it as themselves.
/// </summary>
internal sealed class ServerAccount
{
    private ServerAccount(string? userName) => UserName = userName;

    /// <summary>The user to become; null when none is needed.</summary>
    public string? UserName { get; }

    public static ServerAccount Current()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return new ServerAccount(null);
        }
        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')[0]).ToHashSet(StringComparer.Ordinal);
        var user = new[] { "postgres", "_postgres", "nobody" }.FirstOrDefault(users.Contains);
        return user is not null
            ? new ServerAccount(user)
            : throw new OperatorException(
                "PostgreSQL ทำงานในนาม root ไม่ได้ และเครื่องนี้ไม่มีผู้ใช้ postgres หรือ nobody โปรดสร้างผู้ใช้ postgres",
                "PostgreSQL does not run as root, and there is no user postgres or nobody here: create the user postgres."
            );
    }

    /// <summary>Gives a file or a whole folder to the server's user; nothing to do when that is ourselves.</summary>
    public async Task OwnAsync(string path, CancellationToken cancellationToken)
    {
        if (UserName is null)
        {
            return;
        }
        var result = await RunAsSelfAsync("chown", ["-R", $"{UserName}:", path], cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new OperatorException(
                $"มอบโฟลเดอร์ {path} ให้ผู้ใช้ {UserName} ไม่ได้: {result.Text}",
                $"Folder {path} could not be given to user {UserName}: {result.Text}"
            );
        }
    }

    /// <summary>Can the server's user work in this folder?</summary>
    public async Task<bool> ReachesAsync(string folder, CancellationToken cancellationToken) =>
        UserName is null
        || (await RunAsync("/bin/sh", ["-c", "cd \"$0\" && test -w .", folder], "/", cancellationToken)).ExitCode == 0;

    /// <summary>Runs a program as the server's user and returns what it said.</summary>
    public Task<ProcessResult> RunAsync(
        string file,
        IEnumerable<string> arguments,
        string workingFolder,
        CancellationToken cancellationToken
    ) => RunAsync(file, arguments, workingFolder, UserName, cancellationToken);

    private static Task<ProcessResult> RunAsSelfAsync(
        string file,
        IEnumerable<string> arguments,
        CancellationToken cancellationToken
    ) => RunAsync(file, arguments, "/", null, cancellationToken);

    private static async Task<ProcessResult> RunAsync(
        string file,
        IEnumerable<string> arguments,
        string workingFolder,
        string? userName,
        CancellationToken cancellationToken
    )
    {
        // A server started on Windows inherits redirected handles, and reading them would wait for its end.
        var redirect = !OperatingSystem.IsWindows();
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = redirect,
            RedirectStandardError = redirect,
            UseShellExecute = false,
        };
        if (userName is not null)
        {
            start.UserName = userName;
        }
        foreach (var name in start.Environment.Keys.Where(IsPostgresVariable).ToList())
        {
            start.Environment.Remove(name);
        }
        start.Environment["LC_ALL"] = "C";
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = redirect ? process.StandardOutput.ReadToEndAsync(cancellationToken) : Task.FromResult("");
            var error = redirect ? process.StandardError.ReadToEndAsync(cancellationToken) : Task.FromResult("");
            await process.WaitForExitAsync(cancellationToken);
            return new ProcessResult(process.ExitCode, $"{await output}{await error}".Trim());
        }
        catch (Win32Exception exception)
        {
            return new ProcessResult(ProcessResult.CouldNotStart, exception.Message);
        }
    }

    /// <summary>PGPORT, PGDATA and their like would reach into our server's programs from the caller's shell.</summary>
    private static bool IsPostgresVariable(string name) => name.StartsWith("PG", StringComparison.Ordinal);
}

internal sealed record ProcessResult(int ExitCode, string Text)
{
    public const int CouldNotStart = -1;
}

using System.Diagnostics;
using System.Threading.Channels;

namespace Thongthin.Tests.Support;

/// <summary>This program started again as another process, of which the test reads the lines and ends the life.</summary>
internal sealed class ChildProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Task _reading;
    private readonly Task<string> _errors;

    private ChildProgram(Process process)
    {
        _process = process;
        _reading = ReadAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    public int ExitCode => _process.ExitCode;

    public Task<string> Errors => _errors;

    public static ChildProgram Start(string dataFolder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            ["exec", typeof(ChildProgram).Assembly.Location, .. arguments]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["THONGTHIN_DATA"] = dataFolder;
        start.Environment.Remove("ConnectionStrings__Thongthin");
        start.Environment.Remove("ConnectionStrings__ThongthinOwner");
        return new ChildProgram(Process.Start(start)!);
    }

    /// <summary>The lines as they come; ends with the process.</summary>
    public IAsyncEnumerable<string> LinesAsync() => _lines.Reader.ReadAllAsync();

    /// <summary>Waits for a line; false when the program ended without it.</summary>
    public async Task<bool> WaitForLineAsync(Func<string, bool> wanted)
    {
        await foreach (var line in LinesAsync())
        {
            if (wanted(line))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>As <c>kill -9</c>: nothing in it runs any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _reading;
    }

    /// <summary>Asks it to end, as the system does, and waits for its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        return await WaitForExitAsync();
    }

    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync();
        await _reading;
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _lines.Writer.TryWrite(line);
        }
        _lines.Writer.Complete();
    }
}

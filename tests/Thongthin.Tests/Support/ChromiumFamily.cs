using System.Diagnostics;
using Thongthin.Platform.Print;

namespace Thongthin.Tests.Support;

/// <summary>
/// The browser of the tests is one that is installed. On Debian as root the package chromium is installed when there is
/// none; elsewhere the tests fail with the one thing to do.
/// </summary>
internal static class ChromiumFamily
{
    public static async Task<string> PathAsync()
    {
        if (InstalledBrowser.Find() is { } found)
        {
            return found;
        }
        if (File.Exists("/etc/debian_version") && Environment.UserName == "root")
        {
            await InstallAsync();
            if (InstalledBrowser.Find() is { } installed)
            {
                return installed;
            }
        }
        throw new InvalidOperationException(
            "The tests need Chromium, Chrome or Edge: install one (Debian: apt-get install chromium), or name it in "
                + InstalledBrowser.Setting
                + "."
        );
    }

    /// <summary>Test processes run side by side: one installs, the others wait for it.</summary>
    private static async Task InstallAsync()
    {
        await using var turn = await TurnAsync();
        if (InstalledBrowser.Find() is null)
        {
            await RunAsync("apt-get", "update", "-qq");
            await RunAsync("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-thai-tlwg");
        }
    }

    private static async Task<FileStream> TurnAsync()
    {
        var path = Path.Combine(Path.GetTempPath(), "thongthin-tests-browser.lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(500);
            }
        }
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await output;
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {await error}");
        }
    }
}

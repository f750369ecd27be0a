using System.ComponentModel;
using System.Diagnostics;

namespace Thongthin.Forms.Tests.Agreement;

/// <summary>Starts Node, which runs the browser's modules. Without it these tests fail and say so.</summary>
internal static class Node
{
    public static string Folder => Repository.Path("tests", "Thongthin.Forms.Tests", "js");

    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("node", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        };
        // Set by an outer test run of Node, it would change how the inner one reports.
        start.Environment.Remove("NODE_TEST_CONTEXT");
        using var node = Start(start);
        var errors = node.StandardError.ReadToEndAsync();
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        return (node.ExitCode, output + await errors);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException(
                "Node.js was not found. The browser's modules are tested with it: install Node 20 or later so that 'node' can be started.",
                e
            );
        }
    }
}

using System.ComponentModel;
using System.Diagnostics;

namespace Thongthin.Forms.Tests.Corpus;

/// <summary>Runs the tests of the browser's modules with Node, so that one command runs the corpus on both sides.</summary>
public sealed class BrowserModulesTests
{
    [Fact]
    public async Task NodeTest_OfTheBrowserModules_Passes()
    {
        var (exitCode, output) = await RunNodeAsync(Directory.GetFiles(Folder, "*.test.js"));
        exitCode.ShouldBe(0, Failures(output));
        output.ShouldContain("# pass ");
    }

    [Fact]
    public async Task NodeTest_OfAFileWithAFailure_Fails()
    {
        var planted = Path.Combine(Path.GetTempPath(), $"planted-{Guid.CreateVersion7():N}.test.mjs");
        await File.WriteAllTextAsync(
            planted,
            "import {test} from 'node:test'; test('planted', () => { throw new Error(); });"
        );
        try
        {
            (await RunNodeAsync([planted])).ExitCode.ShouldNotBe(0);
        }
        finally
        {
            File.Delete(planted);
        }
    }

    private static string Folder => Repository.Path("tests", "Thongthin.Forms.Tests", "js");

    private static async Task<(int ExitCode, string Output)> RunNodeAsync(string[] files)
    {
        var start = new ProcessStartInfo("node", ["--test", "--test-reporter=tap", .. files])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        };
        // Set by an outer test run of Node, it would change how the inner one reports.
        start.Environment.Remove("NODE_TEST_CONTEXT");
        using var node = StartNode(start);
        var errors = node.StandardError.ReadToEndAsync();
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        return (node.ExitCode, output + await errors);
    }

    private static Process StartNode(ProcessStartInfo start)
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

    private static string Failures(string output) =>
        string.Join('\n', output.Split('\n').SkipWhile(l => !l.Contains("not ok", StringComparison.Ordinal)).Take(60));
}

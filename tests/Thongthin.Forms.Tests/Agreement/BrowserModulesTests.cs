namespace Thongthin.Forms.Tests.Agreement;

/// <summary>Runs the tests of the browser's modules with Node, so that one command runs the corpus on both sides.</summary>
public sealed class BrowserModulesTests
{
    [Fact]
    public async Task NodeTest_OfTheBrowserModules_Passes()
    {
        var (exitCode, output) = await RunTestsAsync(Directory.GetFiles(Node.Folder, "*.test.js"));
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
            (await RunTestsAsync([planted])).ExitCode.ShouldNotBe(0);
        }
        finally
        {
            File.Delete(planted);
        }
    }

    private static Task<(int ExitCode, string Output)> RunTestsAsync(string[] files) =>
        Node.RunAsync(["--test", "--test-reporter=tap", .. files]);

    private static string Failures(string output) =>
        string.Join('\n', output.Split('\n').SkipWhile(l => !l.Contains("not ok", StringComparison.Ordinal)).Take(60));
}

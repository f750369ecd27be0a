using System.Text.RegularExpressions;

namespace Thongthin.Tests.Inventories;

/// <summary>The tree speaks of the product alone, and is finished: nobody's machine, no marks of things left undone.</summary>
public sealed partial class TreeTests
{
    private static readonly string[] Read =
    [
        ".cs",
        ".cshtml",
        ".sql",
        ".md",
        ".json",
        ".js",
        ".css",
        ".csproj",
        ".props",
        ".targets",
        ".slnx",
        ".txt",
        ".yml",
        "run",
    ];

    /// <summary>Where a word is what the file is about.</summary>
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["tests/Thongthin.Tests/Inventories/TreeTests.cs"] = "names the words",
        ["package-lock.json"] = "made by npm",
        ["BannedSymbols.txt"] = "names what is banned",
    };

    [Fact]
    public void Tree_SpeaksOfTheProductAlone()
    {
        var files = SourceTree.Files("", Read).Where(file => !Allowed.ContainsKey(file.Path)).ToList();
        files.Count.ShouldBeGreaterThan(150);

        files.SelectMany(Findings).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("see /home/somchai/notes")]
    [InlineData("copied from C:\\Users\\somchai")]
    [InlineData("// TODO: finish")]
    [InlineData("await Task.Delay(5); Thread.Sleep(5);")]
    [InlineData("var answer = task.Result;")]
    [InlineData("task.Wait();")]
    [InlineData("throw new NotImplementedException();")]
    [InlineData("[Fact(Skip = \"later\")]")]
    [InlineData("as issue 12 says")]
    public void Tree_WhenAWordDoesNotBelong_IsFound(string text) =>
        Findings(new SourceFile("src/Planted.cs", text)).ShouldNotBeEmpty();

    private static IEnumerable<string> Findings(SourceFile file) =>
        Foreign()
            .Matches(file.Text)
            .Concat(file.Path.EndsWith(".cs", StringComparison.Ordinal) ? Unfinished().Matches(file.Code) : [])
            .Select(match => $"{file.Path}: {match.Value}");

    [GeneratedRegex(
        @"/home/\w+/|/root/(?!item\b)\w+|/work/\w+|/tmp/\w+/|[A-Z]:\\Users\\|\bissue \d+|\b(TODO|FIXME|HACK|XXX)\b|\bas an AI\b|\bassistant\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Foreign();

    [GeneratedRegex(
        @"\bThread\.Sleep\b|(?<=task|Task|Async\([^()\n]*\))\.(Result\b(?!\()|Wait\(\))|\bNotImplementedException\b|\bSkip\s*=\s*"""
    )]
    private static partial Regex Unfinished();
}

using System.Text.RegularExpressions;

namespace Thongthin.Tests.Inventories;

/// <summary>A file of the repository.</summary>
/// <param name="Path">from the repository's root, with slashes</param>
internal sealed record SourceFile(string Path, string Text)
{
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The text without comments.</summary>
    public string Code => SourceTree.WithoutComments(this);

    /// <summary>The feature it belongs to, or null.</summary>
    public string? Feature =>
        Path.StartsWith("src/Thongthin/Features/", StringComparison.Ordinal) && Path.Split('/') is { Length: > 4 } parts
            ? parts[3]
            : null;

    public bool IsPage =>
        Path.EndsWith(".cshtml", StringComparison.Ordinal) || Path.EndsWith(".cshtml.cs", StringComparison.Ordinal);
}

/// <summary>The repository as files, for the inventories that read the source.</summary>
internal static partial class SourceTree
{
    private static readonly string[] Skipped = [".git", "bin", "obj", "node_modules", "lib", "TestResults"];

    /// <summary>The folder of the solution that these tests were built from.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The program's own source: C# and pages of both source projects.</summary>
    public static IReadOnlyList<SourceFile> Program { get; } =
    [.. Files("src", ".cs", ".cshtml").Where(file => !file.Path.Contains("/Migrations/", StringComparison.Ordinal))];

    /// <summary>Files under a folder with one of these ends, sorted.</summary>
    public static IReadOnlyList<SourceFile> Files(string folder, params string[] ends) =>
        [
            .. Walk(Path.Combine(Root, folder))
                .Where(path => ends.Length == 0 || ends.Any(end => path.EndsWith(end, StringComparison.Ordinal)))
                .Select(path => new SourceFile(
                    Path.GetRelativePath(Root, path).Replace('\\', '/'),
                    File.ReadAllText(path)
                ))
                .OrderBy(file => file.Path, StringComparer.Ordinal),
        ];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static string WithoutComments(SourceFile file) =>
        file.Path.EndsWith(".cshtml", StringComparison.Ordinal)
            ? PageComment().Replace(file.Text, "")
            : CodeComment().Replace(file.Text, match => match.Value[0] is '/' ? "" : match.Value);

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            yield return file;
        }
        foreach (var child in Directory.EnumerateDirectories(folder))
        {
            if (!Skipped.Contains(Path.GetFileName(child)))
            {
                foreach (var file in Walk(child))
                {
                    yield return file;
                }
            }
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Thongthin.slnx")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new InvalidOperationException("These tests run inside the repository.");
    }

    // strings stand first, so that // inside one is no comment
    [GeneratedRegex(
        """"
            """[\s\S]*?"""|@"(?:[^"]|"")*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'|//[^\n]*|/\*[\s\S]*?\*/
            """"
    )]
    private static partial Regex CodeComment();

    [GeneratedRegex(@"@\*[\s\S]*?\*@|<!--[\s\S]*?-->")]
    private static partial Regex PageComment();
}

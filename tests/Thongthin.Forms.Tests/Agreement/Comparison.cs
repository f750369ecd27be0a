using System.Text;
using System.Text.Json.Nodes;
using Thongthin.Forms.Tests.Corpus;

namespace Thongthin.Forms.Tests.Agreement;

/// <summary>Has the browser's modules compute again what C# computed, and fails with the differences.</summary>
internal sealed class Comparison
{
    private readonly StringBuilder lines = new();

    public int Count { get; private set; }

    public void Add(JsonObject c)
    {
        lines.Append(CorpusFile.Text(c)).Append('\n');
        Count++;
    }

    public async Task<(int ExitCode, string Output)> RunAsync()
    {
        var file = Path.Combine(Path.GetTempPath(), $"agreement-{Guid.CreateVersion7():N}.jsonl");
        await File.WriteAllTextAsync(file, lines.ToString());
        try
        {
            return await Node.RunAsync("compare.js", file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    public async Task ShouldAgreeAsync()
    {
        var (exitCode, output) = await RunAsync();
        exitCode.ShouldBe(0, output);
        output.ShouldContain($"{Count} cases, 0 differences");
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Thongthin.Forms.Tests.Corpus;

/// <summary>A file of the corpus. In writing mode the parts that the library writes are filled in and the file is saved.</summary>
internal sealed class CorpusFile
{
    private static readonly JsonSerializerOptions Written = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 500,
    };

    private static readonly JsonDocumentOptions Read = new() { MaxDepth = 500 };

    private readonly string path;

    public CorpusFile(string name)
    {
        path = Repository.Path("tests", "Thongthin.Forms.Tests", "Corpus", name + ".json");
        Cases = [.. JsonNode.Parse(File.ReadAllText(path), null, Read)!.AsArray().Select(c => c!.AsObject())];
    }

    public static bool IsWriting => Environment.GetEnvironmentVariable("THONGTHIN_WRITE_CORPUS") == "1";

    public IReadOnlyList<JsonObject> Cases { get; }

    public static string Text(JsonNode? json) => json is null ? "null" : json.ToJsonString(Written);

    /// <summary>One case a line, so that a change of one is a change of one line.</summary>
    public void Save() => File.WriteAllText(path, $"[\n{string.Join(",\n", Cases.Select(c => "  " + Text(c)))}\n]\n");
}

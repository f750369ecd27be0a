using System.Text.Json;
using System.Text.Json.Nodes;

namespace Thongthin.Forms.Answers;

/// <summary>
/// The stored answer of a question that takes a file: which one it is, and what it was when it was attached. In expressions it is
/// its name.
/// </summary>
/// <param name="Id">of the attachment</param>
/// <param name="Name">as the person's machine called it</param>
/// <param name="Size">bytes</param>
/// <param name="Type">media type, e.g. <c>application/pdf</c></param>
public sealed record StoredFile(Guid Id, string Name, long Size, string Type)
{
    /// <summary>Name of the member with the attachment's id.</summary>
    public const string IdMember = "_file";

    /// <summary>null when the stored value is no file.</summary>
    public static StoredFile? Of(JsonNode? stored) =>
        stored is JsonObject json
        && Guid.TryParseExact(TextOf(json, IdMember), "D", out var id)
        && TextOf(json, "name") is { Length: > 0 } name
            ? new StoredFile(id, name, SizeOf(json), TextOf(json, "type") ?? "")
            : null;

    /// <summary>What <see cref="ToText"/> wrote; null when the text is something else.</summary>
    public static StoredFile? Parse(string text)
    {
        if (!text.StartsWith('{'))
        {
            return null;
        }
        try
        {
            return Of(JsonNode.Parse(text));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The text that stands for it in a form field: the stored value itself.</summary>
    public string ToText() => ToJson().ToJsonString(AnswerJson.Options);

    public JsonObject ToJson() =>
        new()
        {
            [IdMember] = Id.ToString("D"),
            ["name"] = Name,
            ["size"] = Size,
            ["type"] = Type,
        };

    private static string? TextOf(JsonObject json, string member) =>
        json[member] is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : null;

    private static long SizeOf(JsonObject json) =>
        TypedAnswer.NumberOf(json["size"]) is { } size and >= 0 and <= long.MaxValue / 2 ? (long)size : 0;
}

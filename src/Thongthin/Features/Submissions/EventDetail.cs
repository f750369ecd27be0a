using System.Text.Json;

namespace Thongthin.Features.Submissions;

/// <summary>What an event says besides its columns; stored as JSON in snake case.</summary>
internal sealed record EventDetail(
    IReadOnlyList<FieldReference>? Fields = null,
    Guid? CertificateId = null,
    bool? Nil = null,
    Guid? UnitEventId = null
)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static EventDetail Read(string json) => JsonSerializer.Deserialize<EventDetail>(json, Json)!;
}

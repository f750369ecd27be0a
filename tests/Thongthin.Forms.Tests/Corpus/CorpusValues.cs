using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Thongthin.Forms.Expressions;

namespace Thongthin.Forms.Tests.Corpus;

/// <summary>Values as the corpus writes them.</summary>
internal static class CorpusValues
{
    public static FormValue Read(JsonNode? json)
    {
        if (json is JsonObject special)
        {
            return special switch
            {
                _ when special["date"] is { } date => FormValue.Of(
                    DateOnly.ParseExact(date.GetValue<string>(), "yyyy-MM-dd", CultureInfo.InvariantCulture)
                ),
                _ when special["nodes"] is { } nodes => FormValue.Of([.. nodes.AsArray().Select(Read)]),
                _ => FormValue.Of(
                    double.Parse(
                        special["number"]!.GetValue<string>(),
                        NumberStyles.Float,
                        CultureInfo.InvariantCulture
                    )
                ),
            };
        }
        return json!.GetValueKind() switch
        {
            JsonValueKind.Number => FormValue.Of(json.GetValue<double>()),
            JsonValueKind.True => FormValue.Of(true),
            JsonValueKind.False => FormValue.Of(false),
            _ => FormValue.Of(json.GetValue<string>()),
        };
    }

    /// <summary>The same text for equal values of the same kind, as the corpus would write them.</summary>
    public static string Write(FormValue value) =>
        value.Kind switch
        {
            ValueKind.Date => $"{{\"date\":\"{value.ToText()}\"}}",
            ValueKind.Nodes => $"{{\"nodes\":[{string.Join(',', value.Items.Select(Write))}]}}",
            ValueKind.Number when !double.IsFinite(value.ToNumber()) => $"{{\"number\":\"{value.ToText()}\"}}",
            ValueKind.Number => value.ToNumber().ToString("R", CultureInfo.InvariantCulture),
            ValueKind.Boolean => value.ToText(),
            _ => CorpusFile.Text(JsonValue.Create(value.ToText())),
        };
}

using System.Text.Json;

namespace Thongthin.Platform.Web;

/// <summary>One text in both languages.</summary>
internal sealed record TextPair(string Th, string En);

/// <summary>
/// All page texts: every feature's <c>Texts.json</c> is embedded and read once. A key is defined once in the whole
/// program; both languages are required. Reading fails at start, so a broken file never reaches a reader.
/// </summary>
internal sealed class TextCatalog(IReadOnlyDictionary<string, TextPair> texts, bool missingIsAnError)
{
    public IReadOnlyDictionary<string, TextPair> All => texts;

    public static TextCatalog LoadEmbedded(bool missingIsAnError)
    {
        var assembly = typeof(TextCatalog).Assembly;
        var texts = new Dictionary<string, TextPair>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(IsTexts).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var (key, pair) in Read(name, stream))
            {
                if (!texts.TryAdd(key, pair))
                {
                    throw new InvalidDataException($"{name}: the text '{key}' is defined twice.");
                }
            }
        }
        return new TextCatalog(texts, missingIsAnError);

        static bool IsTexts(string name) => name.StartsWith("texts/", StringComparison.Ordinal);
    }

    /// <summary>The text of a key, or null when there is none and that is not an error here.</summary>
    public TextPair? Find(string key) =>
        texts.TryGetValue(key, out var pair) ? pair
        : missingIsAnError ? throw new KeyNotFoundException($"There is no text '{key}' in any Texts.json.")
        : null;

    private static IEnumerable<KeyValuePair<string, TextPair>> Read(string name, Stream stream)
    {
        using var document = JsonDocument.Parse(stream, new JsonDocumentOptions { AllowDuplicateProperties = false });
        foreach (var property in document.RootElement.EnumerateObject())
        {
            yield return new(property.Name, new TextPair(Text(property, "th"), Text(property, "en")));
        }

        string Text(JsonProperty property, string language) =>
            property.Value.TryGetProperty(language, out var text) && !string.IsNullOrWhiteSpace(text.GetString())
                ? text.GetString()!
                : throw new InvalidDataException($"{name}: the text '{property.Name}' has no '{language}'.");
    }
}

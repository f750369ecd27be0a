using System.Text.RegularExpressions;
using Thongthin.Data;
using Thongthin.Platform.Web;

namespace Thongthin.Tests.Inventories;

/// <summary>
/// Every text is used and every used text exists. A key is used when a source file names it in quotes, or names its beginning
/// up to a dot or an underscore (<c>"role." + role</c>, <c>$"home.waiting_{role}"</c>). That both languages are there is checked when texts are read.
/// </summary>
public sealed partial class TextInventoryTests
{
    private static readonly string[] Sources = [.. SourceTree.Program.Select(file => file.Code)];

    [Fact]
    public void EveryText_IsUsed() => Unused(Catalog().All.Keys, Sources).ShouldBeEmpty();

    [Fact]
    public void ATextThatNobodyUses_IsFound() =>
        Unused(["shared.product", "planted.text"], Sources).ShouldBe(["planted.text"]);

    [Fact]
    public void EveryUsedText_Exists() => Missing(Catalog(), SourceTree.Program).ShouldBeEmpty();

    [Fact]
    public void AUsedTextThatDoesNotExist_IsFound() =>
        Missing(Catalog(), [new SourceFile("Planted.cshtml", """<p>@T["planted.missing", 3]</p>""")])
            .ShouldBe(["Planted.cshtml: planted.missing"]);

    [Fact]
    public void EveryRefusal_HasItsText()
    {
        var codes = SourceTree
            .Program.SelectMany(file => Refusal().Matches(file.Code))
            .Select(match => match.Groups["code"].Value);

        codes.Distinct().Where(code => !Catalog().All.ContainsKey("refusal." + code)).ShouldBeEmpty();
    }

    [Fact]
    public void EveryConstraintMessage_HasItsText() =>
        ConstraintMessages
            .All.Values.Distinct()
            .Where(code => !Catalog().All.ContainsKey("refusal." + code))
            .ShouldBeEmpty();

    [Fact]
    public void BothLanguages_HaveTheSamePlaceholders() =>
        Catalog()
            .All.Where(pair => !pair.Key.EndsWith(".one", StringComparison.Ordinal))
            .Where(pair => !Placeholders(pair.Value.Th).SetEquals(Placeholders(pair.Value.En)))
            .Select(pair => pair.Key)
            .ShouldBeEmpty();

    private static TextCatalog Catalog() => TextCatalog.LoadEmbedded(missingIsAnError: true);

    private static IEnumerable<string> Unused(IEnumerable<string> keys, IReadOnlyList<string> sources)
    {
        var named = sources
            .SelectMany(text => Literal().Matches(text))
            .Select(match => match.Groups["key"].Value)
            .ToHashSet();
        return keys.Where(key => !IsUsed(key, named));
    }

    private static bool IsUsed(string key, HashSet<string> named)
    {
        if (named.Contains(key) || (key.EndsWith(".one", StringComparison.Ordinal) && IsUsed(key[..^4], named)))
        {
            return true;
        }
        for (var end = key.Length - 1; end > 0; end--)
        {
            if ((key[end - 1] is '.' or '_') && named.Contains(key[..end]))
            {
                return true;
            }
        }
        return false;
    }

    private static IEnumerable<string> Missing(TextCatalog catalog, IEnumerable<SourceFile> files) =>
        from file in files
        from match in Use().Matches(file.Code)
        let key = match.Groups["key"].Value
        where !catalog.All.ContainsKey(key)
        select $"{file.Name}: {key}";

    private static HashSet<string> Placeholders(string text) =>
        [.. Placeholder().Matches(text).Select(match => match.Value)];

    // A quoted key, or the beginning of one before a closing quote or an interpolation.
    [GeneratedRegex("\"(?<key>[a-z][a-z0-9_]*\\.([A-Za-z0-9_.]+|))(?=[\"{])", RegexOptions.ExplicitCapture)]
    private static partial Regex Literal();

    [GeneratedRegex("\\b(T|[Tt]exts)\\[\"(?<key>[a-z][A-Za-z0-9_.]*[A-Za-z0-9_])\"[],]", RegexOptions.ExplicitCapture)]
    private static partial Regex Use();

    [GeneratedRegex("new Refusal\\(\\s*\"(?<code>[a-z_]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Refusal();

    [GeneratedRegex("\\{[0-9]+\\}")]
    private static partial Regex Placeholder();
}

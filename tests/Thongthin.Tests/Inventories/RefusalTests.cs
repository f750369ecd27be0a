using System.Text.RegularExpressions;
using Thongthin.Data;
using Thongthin.Platform.Web;

namespace Thongthin.Tests.Inventories;

/// <summary>
/// Every refusal has its text in both languages and its line in docs/refusals.md, and neither speaks of one that nothing
/// raises. Codes are permanent: they are what scripts and help pages go by.
/// </summary>
public sealed partial class RefusalTests
{
    private static readonly TextCatalog Texts = TextCatalog.LoadEmbedded(missingIsAnError: false);

    [Fact]
    public void Refusal_HasATextInBothLanguages()
    {
        var raised = Raised(SourceTree.Program).Concat(ConstraintMessages.All.Values).Distinct().ToList();
        raised.Count.ShouldBeGreaterThan(40);

        raised
            .Where(code => !Texts.All.ContainsKey("refusal." + code))
            .ShouldBeEmpty("write refusal.CODE in a Texts.json");
    }

    [Fact]
    public void Text_IsOfARefusalThatIsRaised() => Texted().Except(Mentioned(SourceTree.Program)).ShouldBeEmpty();

    [Fact]
    public void Document_TellsEveryRefusal()
    {
        var told = TableRow().Matches(SourceTree.Read("docs/refusals.md")).Select(row => row.Groups[1].Value).ToList();

        Texted().Except(told).ShouldBeEmpty("add these to docs/refusals.md");
        told.Except(Texted()).ShouldBeEmpty("docs/refusals.md tells of refusals that are not raised");
        told.ShouldBeUnique();
    }

    [Theory]
    [InlineData("throw new Refusal(\"planted_code\", 3);", "planted_code")]
    [InlineData("throw new Refusal(late ? \"planted_code\" : \"other_code\");", "planted_code,other_code")]
    [InlineData("_ => new Refusal(\n    \"planted_code\"\n)", "planted_code")]
    [InlineData("throw new Refusal(\"planted_code\", \"argument\", x);", "planted_code")]
    public void Refusal_WhenOneIsNew_IsFound(string code, string found)
    {
        var planted = new SourceFile("src/Thongthin/Features/Rounds/Planted.cs", code);

        string.Join(',', Raised([planted])).ShouldBe(found);
        Texts.All.ContainsKey("refusal.planted_code").ShouldBeFalse();
    }

    /// <summary>The codes of texts; plural forms belong to their code.</summary>
    private static List<string> Texted() =>
        [
            .. Texts
                .All.Keys.Where(key => key.StartsWith("refusal.", StringComparison.Ordinal))
                .Select(key => key["refusal.".Length..].Replace(".one", "", StringComparison.Ordinal))
                .Distinct(),
        ];

    /// <summary>The codes that stand in the first argument of a new Refusal.</summary>
    private static List<string> Raised(IReadOnlyList<SourceFile> files) =>
        [
            .. files
                .SelectMany(file => NewRefusal().Matches(file.Code))
                .SelectMany(refusal => Code().Matches(refusal.Groups[1].Value))
                .Select(code => code.Groups[1].Value)
                .Distinct(),
        ];

    /// <summary>Words that may be a code chosen elsewhere in the file, for the reverse direction.</summary>
    private static IEnumerable<string> Mentioned(IReadOnlyList<SourceFile> files) =>
        files.SelectMany(file => Code().Matches(file.Code)).Select(code => code.Groups[1].Value);

    [GeneratedRegex(@"\bnew Refusal\(([^,;()]*)")]
    private static partial Regex NewRefusal();

    [GeneratedRegex(@"""([a-z]+(?:_[a-z]+)*)""")]
    private static partial Regex Code();

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}

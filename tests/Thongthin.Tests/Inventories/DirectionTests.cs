using System.Text.RegularExpressions;

namespace Thongthin.Tests.Inventories;

/// <summary>
/// Who may know whom, read from the source: <c>Thongthin.Forms ← ground ← Data ← Platform ← Features ← Startup</c>. The
/// ground is the part of Platform that knows no database and that Data itself speaks of: who asks (Actor), what is
/// refused (Refusal, OperatorException), Thai text, tables of strangers' files. See docs/decisions/0009.
/// </summary>
public sealed partial class DirectionTests
{
    private const string Ground =
        @"^src/Thongthin/Platform/(Thai/|Spreadsheets/|[^/]+\.cs$|Security/(Actor|Refusal)\.cs$)";

    /// <summary>Types of the ground in the namespace Platform.Security, which Data may use.</summary>
    private static readonly string[] GroundOfSecurity = ["Actor", "ActorKind", "Role", "UnitLevel", "Refusal"];

    private static readonly (string Files, string Forbidden, string Why)[] Rules =
    [
        (
            @"^src/Thongthin\.Forms/",
            @"\bThongthin\.(?!Forms\b)\w+|\bMicrosoft\.(AspNetCore|EntityFrameworkCore)|\bNpgsql\b|\bTimeProvider\b"
                + @"|\bDateTime(Offset)?\.(Now|UtcNow|Today)\b|(?<![\w.])(File|Directory|Path(?=\.(Combine|GetFullPath|GetTemp))|Environment|Console|HttpClient)\.\w"
                + @"|\bCultureInfo\.(CurrentCulture|CurrentUICulture|GetCultureInfo)\b",
            "Thongthin.Forms is pure"
        ),
        (
            Ground,
            @"\bThongthin\.(Data|Features|Startup)\b|(?<![\w.])(Features|Startup)\.[A-Z]",
            "the ground knows nobody"
        ),
        (
            "^src/Thongthin/Data/",
            @"\bThongthin\.(Features|Startup)\b|\bThongthin\.Platform\.(?!Security\b|Spreadsheets\b|Thai\b)\w+|(?<![\w.])(Features|Startup)\.[A-Z]",
            "Data knows the ground only"
        ),
        (
            "^src/Thongthin/Platform/",
            @"\bThongthin\.(Features|Startup)\b|(?<![\w.])(Features|Startup)\.[A-Z]",
            "Platform knows no feature"
        ),
        (
            "^src/Thongthin/Features/",
            @"\bThongthin\.Startup\b|(?<![\w.])Startup\.[A-Z]",
            "Features know nothing of the start"
        ),
    ];

    [Fact]
    public void Source_KeepsTheDirections()
    {
        SourceTree.Program.Count.ShouldBeGreaterThan(100);

        Violations(SourceTree.Program).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("src/Thongthin.Forms/Planted.cs", "using Thongthin.Data;", "Thongthin.Data")]
    [InlineData("src/Thongthin.Forms/Planted.cs", "var now = DateTime.UtcNow;", "DateTime.UtcNow")]
    [InlineData("src/Thongthin.Forms/Planted.cs", "File.ReadAllText(path);", "File.R")]
    [InlineData("src/Thongthin/Platform/Thai/Planted.cs", "using Thongthin.Data;", "Thongthin.Data")]
    [InlineData("src/Thongthin/Data/Planted.cs", "using Thongthin.Features.Rounds;", "Thongthin.Features")]
    [InlineData("src/Thongthin/Data/Planted.cs", "using Thongthin.Platform.Web;", "Thongthin.Platform.Web")]
    [InlineData(
        "src/Thongthin/Data/Planted.cs",
        "using Thongthin.Platform.Security;\nclass P(CurrentActor c);",
        "CurrentActor"
    )]
    [InlineData(
        "src/Thongthin/Platform/Web/Planted.cs",
        "Thongthin.Features.Rounds.Round round;",
        "Thongthin.Features"
    )]
    [InlineData("src/Thongthin/Platform/Web/Planted.cs", "var limits = Startup.Limits.FormFields;", "Startup.L")]
    [InlineData("src/Thongthin/Features/Rounds/Planted.cs", "using Thongthin.Startup;", "Thongthin.Startup")]
    [InlineData(
        "src/Thongthin/Features/Rounds/Planted.cs",
        "using Thongthin.Features.Accounts;\nvar m = new SignInModel();",
        "SignInModel"
    )]
    [InlineData(
        "src/Thongthin/Features/Rounds/Planted.cshtml",
        "<partial name=\"/Features/Accounts/_NewPassword.cshtml\" />",
        "/Features/Accounts/_NewPassword"
    )]
    public void Source_WhenADirectionIsBroken_SaysWhere(string path, string text, string found)
    {
        var page = new SourceFile(
            "src/Thongthin/Features/Accounts/SignIn.cshtml.cs",
            "namespace Thongthin.Features.Accounts;\ninternal sealed class SignInModel : PageModel;"
        );

        Violations([page, new SourceFile(path, text)]).ShouldHaveSingleItem().ShouldContain($"{path}: {found}");
    }

    [Fact]
    public void Source_WhenOnlyACommentSpeaksOfIt_IsNotTouched() =>
        Violations([new SourceFile("src/Thongthin/Data/Planted.cs", "// using Thongthin.Features.Rounds;\n")])
            .ShouldBeEmpty();

    private static List<string> Violations(IReadOnlyList<SourceFile> files)
    {
        var pages = files
            .Where(file => file.Feature is not null && file.Path.EndsWith(".cshtml.cs", StringComparison.Ordinal))
            .SelectMany(file =>
                TypeName().Matches(file.Code).Select(name => (file.Feature, Name: name.Groups[1].Value))
            )
            .ToList();
        var security = files
            .Where(file => file.Path.StartsWith("src/Thongthin/Platform/Security/", StringComparison.Ordinal))
            .SelectMany(file => TypeName().Matches(file.Code).Select(name => name.Groups[1].Value))
            .Append("CurrentActor")
            .Except(GroundOfSecurity)
            .Distinct()
            .ToList();
        return
        [
            .. files.SelectMany(file =>
                ByRules(file).Concat(SecurityInData(file, security)).Concat(PagesOfOthers(file, pages!))
            ),
        ];
    }

    private static IEnumerable<string> ByRules(SourceFile file)
    {
        // the first rule that speaks of a file is the strictest
        var rule = Array.Find(Rules, rule => Regex.IsMatch(file.Path, rule.Files));
        return rule.Forbidden is null
            ? []
            : Regex
                .Matches(NamespaceLine().Replace(file.Code, ""), rule.Forbidden)
                .Select(match => $"{file.Path}: {match.Value}: {rule.Why}");
    }

    private static IEnumerable<string> SecurityInData(SourceFile file, List<string> types) =>
        file.Path.StartsWith("src/Thongthin/Data/", StringComparison.Ordinal)
            ? types
                .Where(type => Regex.IsMatch(file.Code, $@"\b{type}\b"))
                .Select(type => $"{file.Path}: {type}: Data knows the ground only")
            : [];

    /// <summary>A feature uses another's operations, queries, access class and entities, never its pages.</summary>
    private static IEnumerable<string> PagesOfOthers(SourceFile file, IEnumerable<(string Feature, string Name)> pages)
    {
        if (file.Feature is not { } feature)
        {
            yield break;
        }
        foreach (var page in pages.Where(page => page.Feature != feature && page.Feature != "Shared"))
        {
            if (
                Regex.IsMatch(file.Code, $@"\bThongthin\.Features\.{page.Feature}\b|(?<![\w.]){page.Feature}\.[A-Z]")
                && Regex.IsMatch(file.Code, $@"\b{page.Name}\b")
            )
            {
                yield return $"{file.Path}: {page.Name}: a page of {page.Feature}";
            }
        }
        foreach (Match partial in PartialOfFeature().Matches(file.Code))
        {
            if (partial.Groups[1].Value != feature && partial.Groups[1].Value != "Shared")
            {
                yield return $"{file.Path}: {partial.Value}: a page of {partial.Groups[1].Value}";
            }
        }
    }

    [GeneratedRegex(@"\b(?:class|record|struct|enum|interface)\s+(?:struct\s+)?(\w+)")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"^\s*(namespace|@namespace)\s.*$", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"/Features/(\w+)/_\w+")]
    private static partial Regex PartialOfFeature();
}

using System.Text.Json.Nodes;
using Thongthin.Startup;
using Thongthin.Startup.Commands;
using Thongthin.Tests.Inventories;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.FormVerbs;

/// <summary>The verbs <c>forms check</c> and <c>forms eval</c>: output and exit codes. Neither touches a database.</summary>
public sealed class FormVerbTests : IDisposable
{
    private readonly string _folder = TemporaryFolder.Create();
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _out.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Check_OfTheShippedForms_FindsNothing()
    {
        (
            await RunAsync("forms", "check", Shipped("infrastructure.md"), Shipped("international-agreements.md"))
        ).ShouldBe(0);
        _error.ToString().ShouldBeEmpty();
        _out.ToString().Split('\n').Count(l => l.Contains("can be published", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Check_OfABrokenForm_NamesFileSheetRowColumnAndReturns1()
    {
        var file = Write("broken.md", "| survey |\n| | type | name | label::th | label::en |\n| | txt | a | ก | A |");
        (await RunAsync("forms", "check", Shipped("infrastructure.md"), file)).ShouldBe(CommandLine.Findings);
        _error.ToString().ShouldContain("broken.md:survey:3:type: error F020: ");
        _out.ToString().ShouldContain("broken.md: เผยแพร่ไม่ได้ / cannot be published");
    }

    [Fact]
    public async Task Check_AsJson_IsJsonWithEveryFinding()
    {
        var file = Write("broken.md", "| survey |\n| | type | name | label::th | label::en |\n| | txt | a | ก | A |");
        (await RunAsync("forms", "check", file, "--json")).ShouldBe(CommandLine.Findings);
        var report = JsonNode.Parse(_out.ToString())!.AsArray().ShouldHaveSingleItem()!;
        report["publishable"]!.GetValue<bool>().ShouldBeFalse();
        var finding = report["findings"]!.AsArray().First(f => f!["code"]!.GetValue<string>() == "F020")!;
        finding["row"]!.GetValue<int>().ShouldBe(3);
        finding["message"]!["th"]!.GetValue<string>().ShouldContain("txt");
    }

    [Fact]
    public async Task Check_OfAFileThatIsNotThere_SaysSoAndReturns1()
    {
        (await RunAsync("forms", "check", Path.Combine(_folder, "nothing.md"))).ShouldBe(CommandLine.Findings);
        _error.ToString().ShouldContain("cannot be opened");
    }

    [Fact]
    public async Task Check_WithoutAFile_Returns2() =>
        (await RunAsync("forms", "check")).ShouldBe(CommandLine.WrongUse);

    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("concat('สถ', '.')", "สถ.")]
    [InlineData("today()", "2026-06-11")]
    [InlineData("fiscal-year()", "2569")]
    [InlineData("1 div 0", "Infinity")]
    [InlineData("${missing} = ''", "true")]
    public async Task Eval_OfAnExpression_PrintsItsValue(string expression, string value)
    {
        (await RunAsync("forms", "eval", expression)).ShouldBe(0);
        _out.ToString().Trim().ShouldBe(value);
    }

    [Theory]
    [InlineData("sum(${km})", "3.5")]
    [InlineData("${name} = 'ก'", "true")]
    [InlineData("selected(${fields}, 'b')", "true")]
    [InlineData("today() - ${signed}", "1")]
    [InlineData("count(${roads})", "2")]
    [InlineData(". + 1", "6")]
    public async Task Eval_WithAnswers_UsesThem(string expression, string value)
    {
        var answers = Write(
            "answers.json",
            """{"name": "ก", "fields": ["a", "b"], "signed": "2026-06-10", ".": 5, "roads": [{"_id": "x", "km": 1}, {"km": 2.5}]}"""
        );
        (await RunAsync("forms", "eval", expression, "--answers", answers)).ShouldBe(0);
        _out.ToString().Trim().ShouldBe(value);
    }

    [Fact]
    public async Task Eval_OfManyValues_PrintsALineEach()
    {
        var answers = Write("answers.json", """{"roads": [{"km": 1}, {"km": 2.5}]}""");
        (await RunAsync("forms", "eval", "${km}", "--answers", answers)).ShouldBe(0);
        _out.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim()).ShouldBe(["1", "2.5"]);
    }

    [Fact]
    public async Task Eval_OfABrokenExpression_PointsAtTheErrorAndReturns1()
    {
        (await RunAsync("forms", "eval", "1 + * 2")).ShouldBe(CommandLine.Findings);
        var lines = _error.ToString().Split(Environment.NewLine);
        lines[0].ShouldBe("1 + * 2");
        lines[1].ShouldBe("    ^");
        lines[2].ShouldStartWith("5: ");
    }

    [Fact]
    public async Task Eval_OfABrokenPattern_PointsIntoThePattern()
    {
        (await RunAsync("forms", "eval", "regex('a', 'a(b')")).ShouldBe(CommandLine.Findings);
        _error.ToString().ShouldContain("16: ");
    }

    [Fact]
    public async Task Eval_WithAnswersThatAreNoJson_NamesTheLine()
    {
        (await RunAsync("forms", "eval", "1", "--answers", Write("answers.json", "{\n  \"a\": \n}"))).ShouldBe(1);
        _error.ToString().ShouldContain("answers.json:3:");
    }

    private static string Shipped(string file) => Path.Combine(SourceTree.Root, "forms", file);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private Task<int> RunAsync(params string[] arguments) =>
        CommandLine.RunAsync(
            arguments,
            new CommandServices
            {
                Out = _out,
                Error = _error,
                TimeProvider = new TestClock(new DateTimeOffset(2026, 6, 11, 9, 0, 0, TimeSpan.FromHours(7))),
                DatabaseSettings = () => throw new InvalidOperationException("This verb needs no database."),
            },
            CancellationToken.None
        );
}

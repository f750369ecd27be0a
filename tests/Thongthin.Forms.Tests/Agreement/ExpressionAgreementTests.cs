using System.Text.Json.Nodes;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Tests.Corpus;

namespace Thongthin.Forms.Tests.Agreement;

/// <summary>Random expressions, patterns and typed texts mean the same in C# and in the browser's modules.</summary>
public sealed class ExpressionAgreementTests
{
    private static readonly string[] PatternPieces =
    [
        "a",
        "b",
        "ก",
        "1",
        ".",
        "\\d",
        "\\w",
        "\\s",
        "[a-c]",
        "[^a]",
        "[ก-ฮ0-9]",
        "(",
        ")",
        "(?:",
        "|",
        "*",
        "+",
        "?",
        "{2}",
        "{1,3}",
        "{0,}",
        "^",
        "$",
        "\\.",
        "-",
        "]",
        "{",
    ];

    private static readonly string[] TextPieces = ["a", "b", "c", "ก", "1", "๑", " ", "-", ".", "\n", "😀"];

    private static readonly string[] TypedPieces =
    [
        "1",
        "2",
        "0",
        "๓",
        ",",
        ".",
        "-",
        "+",
        " ",
        "/",
        "11",
        "2563",
        "2020",
        "มิ.ย.",
        "มกราคม",
        "feb",
        "พ.ศ.",
        "a",
        "b",
        "z",
        "e",
        "\n",
        "\u00a0",
        "000",
        "−",
        ":",
        "10:30",
        "T",
        "Z",
        "น.",
        ";",
        "17 100",
        "ok",
    ];

    [Fact]
    public async Task Evaluate_OfRandomExpressions_GivesTheSameValue()
    {
        var random = new RandomExpressions(20260611);
        var comparison = new Comparison();
        for (var i = 0; i < 4_000; i++)
        {
            var answers = RandomExpressions.Names.ToDictionary(
                n => n,
                n => n == "many" ? random.Values() : random.Value()
            );
            answers["."] = random.Value();
            comparison.Add(Case(random.Tree(4), answers));
        }
        await comparison.ShouldAgreeAsync();
    }

    [Fact]
    public async Task IsMatch_OfRandomPatterns_IsTheSame()
    {
        var random = new RandomExpressions(42);
        var comparison = new Comparison();
        var matches = 0;
        for (var i = 0; i < 6_000; i++)
        {
            var pattern = random.Text(PatternPieces, 5);
            var text = random.Text(TextPieces, 4);
            var isMatch = RegexSubset.IsMatch(text, pattern);
            matches += isMatch ? 1 : 0;
            comparison.Add(
                new JsonObject
                {
                    ["kind"] = "pattern",
                    ["text"] = text,
                    ["pattern"] = pattern,
                    ["expected"] = isMatch,
                }
            );
        }
        matches.ShouldBeGreaterThan(300);
        await comparison.ShouldAgreeAsync();
    }

    [Fact]
    public async Task Parse_OfRandomTypedTexts_StoresTheSame()
    {
        var random = new RandomExpressions(7);
        var comparison = new Comparison();
        var names = new ChoiceList("list", [new("a", LocalText.None), new("b", LocalText.None)]);
        foreach (var type in Enum.GetValues<QuestionType>())
        {
            for (var i = 0; i < 1_500; i++)
            {
                var raw = random.Text(
                    TypedPieces,
                    type is QuestionType.Date or QuestionType.DateTime or QuestionType.Geoshape ? 9 : 5
                );
                comparison.Add(
                    new JsonObject
                    {
                        ["kind"] = "typed",
                        ["type"] = QuestionTypes.NameOf(type),
                        ["raw"] = raw,
                        ["names"] = new JsonArray("a", "b"),
                        ["expected"] = TypedAnswer.Parse(new Question { Name = "q", Type = type }, names, raw),
                    }
                );
            }
        }
        await comparison.ShouldAgreeAsync();
    }

    [Fact]
    public async Task Comparison_WithAPlantedDifference_Fails()
    {
        var comparison = new Comparison();
        comparison.Add(
            new JsonObject
            {
                ["kind"] = "pattern",
                ["text"] = "a",
                ["pattern"] = "a",
                ["expected"] = false,
            }
        );
        var (exitCode, output) = await comparison.RunAsync();
        exitCode.ShouldBe(1);
        output.ShouldContain("1 cases, 1 differences");
    }

    [Fact]
    public void ToText_OfRandomTrees_ParsesToTheSameTree()
    {
        var random = new RandomExpressions(99);
        for (var i = 0; i < 5_000; i++)
        {
            var tree = random.Tree(5);
            var text = tree.ToText();
            var again = ExpressionParser.Parse(text);
            again.Error.ShouldBeNull(text);
            again.Tree!.ToJson().ToJsonString().ShouldBe(tree.ToJson().ToJsonString(), text);
        }
    }

    private static JsonObject Case(Expression tree, Dictionary<string, FormValue> answers)
    {
        var context = new EvaluationContext(new DateOnly(2026, 6, 11), 2569)
        {
            Now = new DateTimeOffset(2026, 6, 11, 10, 30, 0, TimeSpan.FromHours(7)),
        };
        var value = Evaluator.Evaluate(tree, context, new GivenAnswers(answers));
        return new JsonObject
        {
            ["kind"] = "expression",
            ["tree"] = tree.ToJson(),
            ["context"] = new JsonObject
            {
                ["today"] = "2026-06-11",
                ["fiscalYear"] = 2569,
                ["now"] = "2026-06-11T10:30:00+07:00",
            },
            ["answers"] = new JsonObject(
                answers.Select(a => KeyValuePair.Create(a.Key, JsonNode.Parse(CorpusValues.Write(a.Value))))
            ),
            ["expected"] = JsonNode.Parse(CorpusValues.Write(value)),
        };
    }

    private sealed class GivenAnswers(Dictionary<string, FormValue> answers) : IValueSource
    {
        public FormValue Current => answers["."];

        public FormValue ValueOf(string name) => answers.GetValueOrDefault(name, FormValue.Empty);
    }
}

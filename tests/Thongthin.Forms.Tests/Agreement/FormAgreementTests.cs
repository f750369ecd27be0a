using System.Text.Json.Nodes;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Tests.Corpus;
using Thongthin.Forms.Validation;
using Thongthin.Forms.XlsForm;

namespace Thongthin.Forms.Tests.Agreement;

/// <summary>Random sheets of the shipped forms: everything that follows from them is the same in C# and in the browser's modules.</summary>
public sealed class FormAgreementTests
{
    private static readonly EvaluationContext Context = new(new DateOnly(2026, 6, 11), 2569);

    [Theory]
    [InlineData("infrastructure.md")]
    [InlineData("international-agreements.md")]
    public async Task Evaluate_OfRandomSheets_FindsTheSame(string file)
    {
        var definition = XlsFormReader
            .Read(await File.ReadAllTextAsync(Repository.Path("forms", file)), file)
            .Definition!;
        var random = new RandomExpressions(2569);
        var comparison = new Comparison();
        comparison.Add(
            new JsonObject
            {
                ["kind"] = "definition",
                ["definition"] = definition.ToBrowserJson(),
                ["expected"] = true,
            }
        );
        var valid = 0;
        for (var i = 0; i < 250; i++)
        {
            var sheet = RandomSheet(definition, random);
            var evaluation = FormEvaluation.Evaluate(definition, sheet, Context);
            valid += evaluation.States.Count(s => s.IsAnswered);
            comparison.Add(Case(definition, sheet, evaluation));
        }
        valid.ShouldBeGreaterThan(1_000);
        await comparison.ShouldAgreeAsync();
    }

    [Fact]
    public async Task Evaluate_OfRandomExpressionsInAForm_FindsTheSame()
    {
        var random = new RandomExpressions(2570);
        var comparison = new Comparison();
        var answered = 0;
        for (var i = 0; i < 600; i++)
        {
            var definition = FormWith(i, random);
            comparison.Add(
                new JsonObject
                {
                    ["kind"] = "definition",
                    ["definition"] = definition.ToBrowserJson(),
                    ["expected"] = true,
                }
            );
            for (var j = 0; j < 3; j++)
            {
                var sheet = RandomSheet(definition, random);
                var evaluation = FormEvaluation.Evaluate(definition, sheet, Context);
                answered += evaluation.Field("x")!.IsAnswered ? 1 : 0;
                comparison.Add(Case(definition, sheet, evaluation));
            }
        }
        answered.ShouldBeGreaterThan(300);
        await comparison.ShouldAgreeAsync();
    }

    // Questions outside and inside a group and a repeat, a list with a column, and calculations nobody would write.
    private static FormDefinition FormWith(int number, RandomExpressions random)
    {
        var list = new ChoiceList(
            "k",
            [
                .. "pqr".Select(
                    (c, i) =>
                        new Choice($"{c}", new LocalText($"ป้าย {c}", null))
                        {
                            Columns = new Dictionary<string, string> { ["size"] = $"{i}" },
                        }
                ),
            ]
        );
        return new FormDefinition(
            new FormSettings($"random-{number}", LocalText.None, 1, FormShape.Annual, 2569, "1", "th"),
            [
                new Question { Name = "a", Type = QuestionType.Integer },
                new Group
                {
                    Name = "g",
                    Nodes =
                    [
                        new Question { Name = "b", Type = QuestionType.Text },
                        new Question { Name = "c", Type = QuestionType.Date },
                    ],
                },
                new Repeat
                {
                    Name = "many",
                    Nodes =
                    [
                        new Question
                        {
                            Name = "d",
                            Type = QuestionType.SelectOne,
                            List = "k",
                        },
                        new Question { Name = "e", Type = QuestionType.Decimal },
                        Computed("y", random),
                    ],
                },
                Computed("x", random),
            ],
            new Dictionary<string, ChoiceList> { ["k"] = list },
            null
        );
    }

    private static Question Computed(string name, RandomExpressions random)
    {
        var tree = random.Tree(4);
        return new Question
        {
            Name = name,
            Type = QuestionType.Calculate,
            Calculation = new Formula(name, tree),
        };
    }

    private static AnswerSheet RandomSheet(FormDefinition definition, RandomExpressions random)
    {
        var answers = new JsonObject();
        Fill(answers, null, definition, random);
        foreach (var repeat in definition.AllNodes.OfType<Repeat>())
        {
            var rows = new JsonArray();
            for (var i = random.Next(4); i > 0; i--)
            {
                var row = new JsonObject { ["_id"] = $"01920000-0000-7000-8000-{i:x12}" };
                Fill(row, repeat, definition, random);
                rows.Add(row);
            }
            answers[repeat.Name] = rows;
        }
        return AnswerSheet.Of(answers);
    }

    private static void Fill(JsonObject container, Repeat? repeat, FormDefinition definition, RandomExpressions random)
    {
        foreach (
            var question in definition.Questions.Where(q => definition.RepeatOf(q) == repeat && random.Next(4) > 0)
        )
        {
            container[question.Name] =
                random.Next(12) == 0
                    ? Nonsense(random)
                    : TypedAnswer.Parse(
                        question,
                        definition.ListOf(question),
                        Typed(question, definition.ListOf(question), random)
                    );
        }
    }

    private static string Typed(Question question, ChoiceList? list, RandomExpressions random) =>
        question.Type switch
        {
            QuestionType.Integer => $"{random.Next(200) - 10}",
            QuestionType.Decimal => $"{random.Next(20_000) - 10}.{random.Next(100)}",
            QuestionType.Date => $"{random.Next(31) + 1}/{random.Next(12) + 1}/{2560 + random.Next(10)}",
            QuestionType.SelectOne => random.OneOf(list!.Choices).Name,
            QuestionType.SelectMultiple => $"{random.OneOf(list!.Choices).Name} {random.OneOf(list.Choices).Name}",
            _ => random.OneOf(["ก", "a long enough text for a summary", "0812345678", "a@b.co", "x"]),
        };

    private static JsonNode? Nonsense(RandomExpressions random) =>
        random.Next(7) switch
        {
            0 => JsonValue.Create("text"),
            1 => JsonValue.Create(1.5),
            2 => JsonValue.Create(true),
            3 => new JsonArray("x", 1),
            4 => new JsonObject { ["_raw"] = "1.5" },
            5 => new JsonObject(),
            _ => null,
        };

    private static JsonObject Case(FormDefinition definition, AnswerSheet sheet, FormEvaluation evaluation) =>
        new()
        {
            ["kind"] = "form",
            ["form"] = definition.Id,
            ["answers"] = sheet.ToJson(),
            ["context"] = new JsonObject { ["today"] = "2026-06-11", ["fiscalYear"] = 2569 },
            ["expected"] = new JsonObject
            {
                ["fields"] = new JsonObject(
                    evaluation.States.Select(s =>
                        KeyValuePair.Create(
                            s.Path.ToString(),
                            (JsonNode?)
                                new JsonArray(s.IsRelevant, s.IsRequired, JsonNode.Parse(CorpusValues.Write(s.Value)))
                        )
                    )
                ),
                ["issues"] = new JsonArray([
                    .. evaluation.Issues.Select(i => new JsonArray(
                        i.Code,
                        i.Severity == Severity.Warn ? "warn" : "block",
                        i.Path.ToString(),
                        i.Message.In("th"),
                        i.Message.In("en")
                    )),
                ]),
                ["content"] = evaluation.Content.DeepClone(),
                ["completeness"] = FormCorpusTests.Counts(evaluation.Completeness),
                ["parts"] = new JsonObject(
                    definition.Nodes.Select(n =>
                        KeyValuePair.Create(
                            n.Name,
                            (JsonNode?)FormCorpusTests.Counts(evaluation.CompletenessOf(n.Name))
                        )
                    )
                ),
            },
        };
}

using System.Text.Json.Nodes;
using Thongthin.Features.Demonstration;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Validation;
using Thongthin.Forms.XlsForm;

namespace Thongthin.Tests.Demonstration;

/// <summary>
/// The rules of the shipped forms against invented answers: what is invented breaks none, and each rule is found broken by
/// an answer made to break it.
/// </summary>
public sealed class InventedSheetTests
{
    private static readonly EvaluationContext Context = new(new DateOnly(2026, 6, 11), 2569);

    private static readonly string[] Kinds =
    [
        "pao",
        "city_municipality",
        "town_municipality",
        "subdistrict_municipality",
        "sao",
    ];

    public static TheoryData<string> Forms() =>
        [.. DemonstrationRound.Sectors, .. DemonstrationRound.Registers, "transferred-missions"];

    private static FormDefinition Read(string formId) =>
        XlsFormReader.Read(DemonstrationData.Text($"forms/{formId}.md"), $"{formId}.md").Definition.ShouldNotBeNull();

    /// <summary>Sheets of LAOs of every kind.</summary>
    private static IEnumerable<JsonObject> Sheets(FormDefinition form, int count = 40) =>
        Enumerable
            .Range(0, count)
            .Select(i =>
            {
                var kind = Kinds[i % Kinds.Length];
                var lao = new DemonstrationLao(i, $"{i:00000000}", kind, "อบต.", "สมมุติ", "", 1, 1, "ก", 1, "ข", 1);
                return InventedSheet.Of(form, lao, Context, form.Shape == FormShape.Annual ? "" : "1");
            });

    private static FormEvaluation Evaluate(FormDefinition form, JsonObject answers) =>
        FormEvaluation.Evaluate(form, AnswerSheet.Of(answers), Context);

    [Theory]
    [MemberData(nameof(Forms))]
    public void Of_LaosOfEveryKind_BreaksNoRule(string formId)
    {
        var form = Read(formId);
        var issues = Sheets(form)
            .SelectMany(sheet => Evaluate(form, sheet).Issues)
            .Select(i => $"{i.Code} {i.Path}")
            .ToList();
        string.Join('\n', issues).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void EveryRule_IsFoundBrokenByAnAnswerMadeToBreakIt(string formId)
    {
        var form = Read(formId);
        var rules = form
            .Questions.Where(q => q.TakesAnswer)
            .SelectMany(q =>
                new[]
                {
                    q.Constraint is null ? null : $"{q.Name} {IssueCodes.Constraint}",
                    q.Plausible is null ? null : $"{q.Name} {IssueCodes.Plausible}",
                    q.Required is null ? null : $"{q.Name} {IssueCodes.Required}",
                }
            )
            .OfType<string>()
            .ToHashSet();
        rules.Count.ShouldBeGreaterThan(10);
        foreach (var sheet in Sheets(form))
        {
            foreach (var question in form.Questions.Where(q => q.TakesAnswer))
            {
                rules.ExceptWith(BrokenBy(form, sheet, question));
            }
        }
        string.Join('\n', rules).ShouldBeEmpty();
    }

    private static IEnumerable<string> BrokenBy(FormDefinition form, JsonObject sheet, Question question)
    {
        foreach (var wrong in Wrong(question))
        {
            var changed = (JsonObject)sheet.DeepClone();
            var answers = form.RepeatOf(question) is { } repeat
                ? changed[repeat.Name]?.AsArray()[0]?.AsObject()
                : changed;
            if (answers is null)
            {
                continue;
            }
            answers[question.Name] = wrong?.DeepClone();
            foreach (var issue in Evaluate(form, changed).Issues.Where(i => i.Path.Name == question.Name))
            {
                yield return $"{question.Name} {issue.Code}";
            }
        }
    }

    private static JsonNode?[] Wrong(Question question) =>
        question.Type switch
        {
            QuestionType.Integer => [null, -1, 0, 1_000, 2_000_000_000],
            QuestionType.Decimal => [null, -1, 0, 1_000, 2_000_000_000_000],
            QuestionType.Date => [null, "1900-01-01", "2999-01-01"],
            QuestionType.Geopoint => ["0 0 0 0"],
            QuestionType.Text => [null, new string('ก', 6_000), "ก"],
            _ => [null],
        };

    [Fact]
    public void Of_TwoYears_IsTheSameLaoALittleLarger()
    {
        var form = Read("governance");
        var lao = new DemonstrationLao(1, "05530301", "sao", "อบต.", "สมมุติ", "", 1, 1, "ก", 1, "ข", 1);
        var (before, now) = (
            InventedSheet.Of(form, lao, Context with { FiscalYear = 2568 }),
            InventedSheet.Of(form, lao, Context)
        );
        double Of(JsonObject sheet) => (double)sheet["population_male"]!;
        (Of(now) / Of(before)).ShouldBeInRange(1.0, 1.05);
        InventedSheet.Of(form, lao, Context).ToJsonString().ShouldBe(now.ToJsonString());
    }

    [Theory]
    [InlineData(Severity.Block)]
    [InlineData(Severity.Warn)]
    public void Plant_AMistake_IsFoundWithItsSeverity(Severity severity)
    {
        var form = Read("infrastructure");
        var planted = Sheets(form, 10)
            .Select(sheet =>
                Evaluate(form, DemonstrationMistakes.Plant(form, sheet, Context, severity, w => w == "made" ? 0 : 0.3))
            )
            .ToList();
        planted.ShouldAllBe(e => e.Issues.Count > 0 && e.IsValid == (severity == Severity.Warn));
    }
}

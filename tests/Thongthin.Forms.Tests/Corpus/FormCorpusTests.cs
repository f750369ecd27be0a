using System.Globalization;
using System.Text.Json.Nodes;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Validation;
using Thongthin.Forms.XlsForm;

namespace Thongthin.Forms.Tests.Corpus;

/// <summary>Whole forms in C#; <c>js/form.test.js</c> runs the same file.</summary>
public sealed class FormCorpusTests
{
    private const string File = "forms";

    public static TheoryData<string> Names() =>
        [.. new CorpusFile(File).Cases.Select(c => c["name"]!.GetValue<string>())];

    [Fact]
    public void Read_OfEveryForm_GivesWhatBrowsersEvaluate()
    {
        var file = new CorpusFile(File);
        if (CorpusFile.IsWriting)
        {
            foreach (var form in file.Cases)
            {
                var cases = form["cases"]!.DeepClone();
                form.Remove("cases");
                form["browser"] = Read(form).ToBrowserJson();
                form["cases"] = cases;
            }
            file.Save();
        }
        foreach (var form in file.Cases)
        {
            CorpusFile.Text(Read(form).ToBrowserJson()).ShouldBe(CorpusFile.Text(form["browser"]));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Evaluate_OfEveryCase_FindsWhatItSays(string name)
    {
        var form = new CorpusFile(File).Cases.Single(c => c["name"]!.GetValue<string>() == name);
        var definition = Read(form);
        foreach (var c in form["cases"]!.AsArray().Select(c => c!.AsObject()))
        {
            var evaluation = Evaluate(definition, c);
            foreach (var part in c.Where(p => p.Key is not ("answers" or "today" or "fiscalYear" or "facts")))
            {
                CorpusFile
                    .Text(Actual(part.Key, part.Value!, evaluation))
                    .ShouldBe(CorpusFile.Text(part.Value), $"{part.Key} of {CorpusFile.Text(c)}");
            }
        }
    }

    private static FormDefinition Read(JsonObject form)
    {
        var reading = XlsFormReader.Read(string.Join('\n', form["form"]!.AsArray()), "form.md");
        return reading.Definition ?? throw new InvalidOperationException(string.Join('\n', reading.Findings));
    }

    private static FormEvaluation Evaluate(FormDefinition definition, JsonObject c)
    {
        var today = DateOnly.ParseExact(
            c["today"]?.GetValue<string>() ?? "2026-06-11",
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture
        );
        var context = new EvaluationContext(today, c["fiscalYear"]?.GetValue<int>() ?? 2569)
        {
            Facts = c["facts"] is { } facts
                ? new RecordedFacts(
                    "1234567890",
                    facts.AsObject().ToDictionary(f => f.Key, f => CorpusValues.Read(f.Value!))
                )
                : null,
        };
        return FormEvaluation.Evaluate(definition, AnswerSheet.Of(c["answers"]!.AsObject()), context);
    }

    private static JsonNode? Actual(string part, JsonNode expected, FormEvaluation evaluation) =>
        part switch
        {
            "issues" => new JsonArray([
                .. evaluation.Issues.Select(i => new JsonArray(
                    i.Code,
                    i.Severity == Severity.Warn ? "warn" : "block",
                    i.Path.ToString()
                )),
            ]),
            "content" => evaluation.Content,
            "completeness" => Counts(evaluation.Completeness),
            _ => new JsonObject(
                expected.AsObject().Select(p => KeyValuePair.Create(p.Key, Fact(part, evaluation.Field(p.Key)!)))
            ),
        };

    private static JsonNode? Fact(string part, FieldState field) =>
        part switch
        {
            "relevant" => field.IsRelevant,
            "required" => field.IsRequired,
            "values" => JsonNode.Parse(CorpusValues.Write(field.Value)),
            _ => throw new InvalidOperationException($"A case cannot say {part}."),
        };

    internal static JsonObject Counts(Completeness counts) =>
        new()
        {
            ["answered"] = counts.Answered,
            ["questions"] = counts.Questions,
            ["requiredAnswered"] = counts.RequiredAnswered,
            ["required"] = counts.Required,
            ["blocking"] = counts.Blocking,
            ["warnings"] = counts.Warnings,
        };
}

using System.Globalization;
using System.Text.Json.Nodes;
using Thongthin.Forms.Expressions;

namespace Thongthin.Forms.Tests.Corpus;

/// <summary>The corpus of expressions in C#; <c>js/expressions.test.js</c> runs the same files.</summary>
public sealed class ExpressionCorpusTests
{
    private static readonly string[] Files =
    [
        "operators-and-functions",
        "functions-of-odk",
        "nodes-and-digests",
        "references",
        "patterns",
        "writing",
    ];

    public static TheoryData<string> Names() => [.. Files];

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_OfEveryCase_GivesTheTreeThatBrowsersEvaluate(string name)
    {
        var file = new CorpusFile(name);
        if (CorpusFile.IsWriting)
        {
            WriteTrees(file);
        }
        var wrong = file
            .Cases.Where(c => CorpusFile.Text(c["tree"]) != CorpusFile.Text(Parse(c).ToJson()))
            .Select(Describe);
        string.Join("\n", wrong).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Evaluate_OfEveryCase_GivesItsValue(string name)
    {
        var wrong = new CorpusFile(name)
            .Cases.Select(c =>
                (Case: c, Expected: CorpusValues.Write(CorpusValues.Read(c["value"])), Actual: Evaluate(c))
            )
            .Where(c => c.Expected != c.Actual)
            .Select(c => $"{Describe(c.Case)}: expected {c.Expected}, is {c.Actual}");
        string.Join("\n", wrong).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ToText_OfEveryTree_ParsesToTheSameTree(string name)
    {
        foreach (var tree in new CorpusFile(name).Cases.Select(Parse))
        {
            Parse(tree.ToText()).ToJson().ToJsonString().ShouldBe(tree.ToJson().ToJsonString(), tree.ToText());
        }
    }

    [Fact]
    public void Corpus_HasSeveralHundredExpressions() =>
        Files.Sum(f => new CorpusFile(f).Cases.Count).ShouldBeGreaterThan(600);

    [Fact]
    public void Corpus_UsesEveryFunction()
    {
        var used = Files
            .SelectMany(f => new CorpusFile(f).Cases)
            .SelectMany(c => Parse(c).Descendants())
            .OfType<FunctionCall>()
            .Select(c => c.Name)
            .ToHashSet();
        Functions.All.Select(f => f.Name).Where(n => !used.Contains(n)).ShouldBeEmpty();
    }

    private static void WriteTrees(CorpusFile file)
    {
        foreach (var c in file.Cases)
        {
            var value = c["value"]!;
            c.Remove("value");
            c["tree"] = Parse(c).ToJson();
            c["value"] = value.DeepClone();
        }
        file.Save();
    }

    private static string Describe(JsonObject c) => $"{c["expression"]} with {CorpusFile.Text(c["answers"])}";

    private static Expression Parse(JsonObject c) => Parse(c["expression"]!.GetValue<string>());

    private static Expression Parse(string text)
    {
        var result = ExpressionParser.Parse(text);
        return result.Tree ?? throw new InvalidOperationException($"{text}: {result.Error}");
    }

    private static string Evaluate(JsonObject c)
    {
        var today = c["today"]?.GetValue<string>() ?? "2026-06-11";
        var fiscalYear = c.ContainsKey("fiscalYear") ? c["fiscalYear"]?.GetValue<int>() : 2569;
        var context = new EvaluationContext(
            DateOnly.ParseExact(today, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            fiscalYear
        )
        {
            Now = new DateTimeOffset(2026, 6, 11, 10, 30, 0, TimeSpan.FromHours(7)),
        };
        return CorpusValues.Write(
            Evaluator.Evaluate(Parse(c), context, new CorpusAnswers(c["answers"]?.AsObject() ?? []))
        );
    }

    private sealed class CorpusAnswers(JsonObject answers) : IValueSource
    {
        public FormValue Current => ValueOf(".");

        public FormValue ValueOf(string name) =>
            answers[name] is { } value ? CorpusValues.Read(value) : FormValue.Empty;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Tests.Corpus;
using Thongthin.Forms.Validation;
using Thongthin.Forms.XForms;
using Thongthin.Forms.XlsForm;

namespace Thongthin.Forms.Tests.Agreement;

/// <summary>
/// ODK's own engine beside ours: every exported form loads there, and what expressions of the corpus give is the same, but for
/// differences that are named with their reason in <c>Corpus/second-opinion.json</c>.
/// </summary>
public sealed class SecondOpinionTests
{
    private static readonly XNamespace X = "http://www.w3.org/2002/xforms";

    /// <summary>Ours alone, or different every time.</summary>
    private static readonly HashSet<string> NotAsked = new(StringComparer.Ordinal)
    {
        "fiscal-year",
        "fiscal-year-start",
        "fiscal-year-end",
        "now",
        "today",
        "random",
        "uuid",
        "randomize",
        "version",
        "pulldata",
        "jr:choice-name",
        "indexed-repeat",
        "instance",
        "current",
        "position",
        "last",
    };

    [Fact]
    public async Task ShippedForms_LoadInOdksEngine()
    {
        using var folder = new Folder();
        foreach (var file in Directory.EnumerateFiles(Repository.Path("forms"), "*.md"))
        {
            var form = XlsFormReader.Read(await File.ReadAllTextAsync(file), Path.GetFileName(file)).Definition!;
            folder.Save(form.Id, XFormWriter.Write(form));
        }
        foreach (var form in new CorpusFile("forms").Cases)
        {
            folder.Save("corpus-" + form["name"], XFormWriter.Write(Common(Read(form))));
        }
        var opinions = await folder.AskAsync();
        opinions.Count.ShouldBeGreaterThan(20);
        opinions
            .Where(o => o["status"]!.GetValue<string>() != "success")
            .Select(o => $"{o["file"]}: {o["status"]} {o["error"]}")
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task Export_ThatIsNoForm_IsRefused()
    {
        using var folder = new Folder();
        folder.Save("broken", new XDocument(new XElement(X + "data")));
        (await folder.AskAsync()).ShouldHaveSingleItem()["status"]!.GetValue<string>().ShouldNotBe("success");
    }

    [Fact]
    public async Task Calculations_OfACorpusForm_GiveTheSame()
    {
        using var folder = new Folder();
        var corpus = new CorpusFile("forms").Cases.Single(c => c["name"]!.GetValue<string>() == "paths");
        var form = Common(Read(corpus));
        var sheet = AnswerSheet.Of(corpus["cases"]![0]!["answers"]!.AsObject());
        var document = XFormWriter.Write(form);
        Fill(document.Descendants(X + "data").Single(), sheet.ToJson());
        folder.Save("paths", document);
        var values = (await folder.AskAsync()).Single()["values"]!.AsObject();

        var evaluation = FormEvaluation.Evaluate(form, sheet, new EvaluationContext(new DateOnly(2026, 6, 11), 2569));
        var explained = Explained("form");
        var differences = form
            .Questions.Where(q => q.IsCalculated && form.RepeatOf(q) is null && !IsOurs(q.Calculation!.Tree))
            .Select(q =>
                (
                    q.Calculation!.Text,
                    Ours: evaluation.Field(q.Name)!.Value.ToText(),
                    Theirs: values[$"/data/{q.Name}"]?.GetValue<string>()
                )
            )
            .Where(c => c.Ours != c.Theirs)
            .ToList();
        differences
            .Where(d => !explained.ContainsKey(d.Text))
            .Select(d => $"{d.Text}: ours {d.Ours}, theirs {d.Theirs}")
            .ShouldBeEmpty();
        explained.Keys.Except(differences.Select(d => d.Text)).ShouldBeEmpty("differs no longer");
    }

    [Fact]
    public async Task Expressions_OfTheCorpus_GiveTheSame()
    {
        using var folder = new Folder();
        var cases = new List<(string Name, string Expression, string Ours)>();
        foreach (
            var file in (string[])["operators-and-functions", "functions-of-odk", "nodes-and-digests", "references"]
        )
        {
            foreach (var c in new CorpusFile(file).Cases)
            {
                var tree = ExpressionParser.Parse(c["expression"]!.GetValue<string>()).Tree!;
                var answers = c["answers"]?.AsObject() ?? [];
                if (
                    IsOurs(tree)
                    || answers.Any(a => a.Value is JsonObject)
                    || c.ContainsKey("today")
                    || tree.Descendants().Any(p => p is PathExpression)
                )
                {
                    continue;
                }
                var name = $"c{cases.Count:0000}";
                folder.Save(name, FormOf(tree, answers));
                cases.Add(
                    (name, $"{c["expression"]} {CorpusFile.Text(answers)}", CorpusValues.Read(c["value"]!).ToText())
                );
            }
        }
        var values = (await folder.AskAsync()).ToDictionary(
            o => Path.GetFileNameWithoutExtension(o["file"]!.GetValue<string>()),
            o => o["values"]!["/data/x"]?.GetValue<string>() ?? $"{o["status"]}: {o["error"]}"
        );
        cases.Count.ShouldBeGreaterThan(400);
        var explained = Explained("expressions");
        var differences = cases.Where(c => c.Ours != values[c.Name]).ToList();
        string.Join(
                '\n',
                differences
                    .Where(d => !explained.ContainsKey(d.Expression))
                    .Select(d => JsonSerializer.Serialize(new[] { d.Expression, d.Ours, values[d.Name] }))
            )
            .ShouldBeEmpty();
        explained.Keys.Except(differences.Select(d => d.Expression)).ShouldBeEmpty("differs no longer");
    }

    private static Dictionary<string, string> Explained(string part) =>
        JsonNode.Parse(
            File.ReadAllText(Repository.Path("tests", "Thongthin.Forms.Tests", "Corpus", "second-opinion.json"))
        )![part]!
            .AsObject()
            .SelectMany(reason => reason.Value!.AsArray().Select(e => (Expression: e!.GetValue<string>(), reason.Key)))
            .ToDictionary(e => e.Expression, e => e.Key, StringComparer.Ordinal);

    private static bool IsOurs(Expression tree) =>
        tree.Descendants().OfType<FunctionCall>().Any(call => NotAsked.Contains(call.Name));

    // Without the calculations that only we have; the engine has neither predicates of a whole path, (a/b)[2], nor a | b yet.
    private static FormDefinition Common(FormDefinition form) =>
        new(
            form.Settings,
            [
                .. form.Nodes.Where(n =>
                    n is not Question { Calculation: { } c } || !(IsOurs(c.Tree) || IsFiltered(c.Tree))
                ),
            ],
            form.ChoiceLists,
            form.Entity
        );

    private static bool IsFiltered(Expression tree) =>
        tree.Descendants().Any(part => part is Union or PathExpression { From: PathExpression });

    private static FormDefinition Read(JsonObject form) =>
        XlsFormReader.Read(string.Join('\n', form["form"]!.AsArray()), "form.md").Definition!;

    // The answers as questions with their values in them, and the expression as a calculation; the own answer has a name too.
    private static XDocument FormOf(Expression tree, JsonObject answers)
    {
        var names = tree.References().Append("own").Concat(answers.Select(a => NameOf(a.Key))).Distinct().ToList();
        var text = tree.Rewrite(part =>
            part switch
            {
                CurrentValue => new Reference(0, "own"),
                _ => null,
            }
        );
        var form = new FormDefinition(
            new FormSettings("opinion", new LocalText("ก", "A"), 1, FormShape.Annual, 2569, "1", "th"),
            [
                .. names.Select(name => new Question
                {
                    Name = name,
                    Type = QuestionType.Text,
                    Label = new LocalText("ก", "A"),
                }),
                new Question
                {
                    Name = "x",
                    Type = QuestionType.Calculate,
                    Calculation = new Formula("x", text),
                },
            ],
            new Dictionary<string, ChoiceList>(),
            null
        );
        var document = XFormWriter.Write(form);
        var data = document.Descendants(X + "data").Single();
        foreach (var (name, value) in answers)
        {
            data.Element(X + NameOf(name))!.Value = CorpusValues.Read(value!).ToText();
        }
        return document;
    }

    private static string NameOf(string answer) => answer == "." ? "own" : answer;

    private static void Fill(XElement element, JsonObject answers)
    {
        foreach (var (name, value) in answers)
        {
            var places = element
                .Descendants(X + name)
                .Where(e => e.Attributes().All(a => a.Name.LocalName != "template"))
                .ToList();
            if (value is JsonArray rows)
            {
                foreach (var row in rows.OfType<JsonObject>())
                {
                    var copy = new XElement(places[0]);
                    Fill(copy, row);
                    places[0].AddBeforeSelf(copy);
                }
                places[0].Remove();
            }
            else if (places.Count > 0 && value is JsonValue scalar)
            {
                places[0].Value = scalar.ToString();
            }
        }
    }

    /// <summary>Forms in files, for the engine to load.</summary>
    private sealed class Folder : IDisposable
    {
        private readonly string path = Directory.CreateTempSubdirectory("opinion-").FullName;

        public void Save(string name, XDocument form) => form.Save(Path.Combine(path, name + ".xml"));

        public async Task<IReadOnlyList<JsonNode>> AskAsync()
        {
            var (exitCode, output) = await Node.RunAsync("second-opinion/load.js", path);
            exitCode.ShouldBe(0, output);
            return [.. output.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!)];
        }

        public void Dispose() => Directory.Delete(path, recursive: true);
    }
}

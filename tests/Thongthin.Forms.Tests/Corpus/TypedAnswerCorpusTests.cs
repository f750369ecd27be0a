using System.Text.Json.Nodes;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Tests.Corpus;

/// <summary>What people type, in C#; <c>js/answers.test.js</c> runs the same file.</summary>
public sealed class TypedAnswerCorpusTests
{
    private static readonly CorpusFile File = new("typed-answers");

    [Fact]
    public void Parse_OfEveryCase_GivesWhatIsStored()
    {
        var wrong = File
            .Cases.Select(c => (Case: c, Actual: CorpusFile.Text(Stored(c))))
            .Where(c => CorpusFile.Text(c.Case["stored"]) != c.Actual)
            .Select(c => $"{CorpusFile.Text(c.Case)}: is {c.Actual}");
        string.Join("\n", wrong).ShouldBeEmpty();
    }

    [Fact]
    public void Parse_OfTheFieldTextOfWhatIsStored_StoresTheSame()
    {
        foreach (var c in File.Cases)
        {
            var again = c.DeepClone().AsObject();
            again["raw"] = TypedAnswer.ToRaw(c["stored"]);
            CorpusFile.Text(Stored(again)).ShouldBe(CorpusFile.Text(c["stored"]), CorpusFile.Text(c));
        }
    }

    private static JsonNode? Stored(JsonObject c)
    {
        var type = QuestionTypes.Find(c["type"]!.GetValue<string>())!.Value;
        var list = c["names"] is JsonArray names
            ? new ChoiceList("list", [.. names.Select(n => new Choice(n!.GetValue<string>(), LocalText.None))])
            : null;
        return TypedAnswer.Parse(new Question { Name = "q", Type = type }, list, c["raw"]!.GetValue<string>());
    }
}

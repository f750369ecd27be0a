using System.Text.Json.Nodes;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Tests.Corpus;
using Thongthin.Forms.XlsForm;

namespace Thongthin.Forms.Tests.XlsForm;

/// <summary>What is written out is read back as the same form.</summary>
public sealed class WriterTests
{
    public static TheoryData<string> Files() =>
        [.. Directory.EnumerateFiles(Repository.Path("forms"), "*.md").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Files))]
    public void ToMarkdown_OfAShippedForm_ReadsBackTheSame(string file) =>
        ShouldReadBack(XlsFormReader.Read(File.ReadAllText(Repository.Path("forms", file)), file).Definition!);

    public static TheoryData<string> Forms() =>
        [.. new CorpusFile("forms").Cases.Select(c => c["name"]!.GetValue<string>())];

    [Theory]
    [MemberData(nameof(Forms))]
    public void ToMarkdown_OfTheCorpus_ReadsBackTheSame(string name)
    {
        var form = new CorpusFile("forms").Cases.Single(c => c["name"]!.GetValue<string>() == name);
        ShouldReadBack(XlsFormReader.Read(string.Join('\n', form["form"]!.AsArray()), "form.md").Definition!);
    }

    [Fact]
    public void ToMarkdown_OfEverything_ReadsBackTheSame() =>
        ShouldReadBack(
            new FormText()
                .Columns(
                    "default | parameters | trigger | choice_filter | repeat_count | personal | public | analyse | guidance_hint::th | guidance_hint::en | carry_forward | calculation"
                )
                .Row("text | a | ก | A | ว่าง ๆ | | | | | yes | | | ช่วย | Help | no |")
                .Row("date | b | ข | B | today() | | | | | | yes | yes | | | |")
                .Row("select_one k or_other | c | ค | C | | randomize=true | | name != ${a} | | | | | | | |")
                .Row("range | d | ง | D | | start=1 end=9 step=2 | | | | | | | | | |")
                .Row("start | e | | | | | | | | | | | | | |")
                .Row("begin_repeat | r | จ | R | | | | | ${d} | | | | | | |")
                .Row("text | f | ฉ | F \\| G | it's | | | | | | | | | | |")
                .Row("end_repeat | | | | | | | | | | | | | | |")
                .Row("select_multiple ${f} | g | ช | G | | | | | | | | | | | |")
                .Row(
                    "calculate | h | | | | | ${a} | | | | | | | | | concat(${a}, ' | ')".Replace(
                        " | ')",
                        " \\| ')",
                        StringComparison.Ordinal
                    )
                )
                .Choice("k | x | เอ | X")
                .Choice("k | y | วาย | Y")
                .Definition()
        );

    private static void ShouldReadBack(FormDefinition definition)
    {
        var markdown = XlsFormWriter.ToMarkdown(definition);
        var reading = XlsFormReader.Read(markdown, "again.md");
        reading.Definition.ShouldNotBeNull(string.Join('\n', reading.Findings));
        WithoutRows(reading.Definition.ToJson()).ShouldBe(WithoutRows(definition.ToJson()));
    }

    // Which line a question stood in is about the file, not the form.
    private static string WithoutRows(JsonObject json)
    {
        Remove(json);
        return json.ToJsonString();

        static void Remove(JsonNode? node)
        {
            if (node is JsonObject members)
            {
                members.Remove("row");
                foreach (var member in members)
                {
                    Remove(member.Value);
                }
            }
            foreach (var item in node as JsonArray ?? [])
            {
                Remove(item);
            }
        }
    }
}

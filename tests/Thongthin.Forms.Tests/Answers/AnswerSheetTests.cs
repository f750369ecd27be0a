using System.Text.Json.Nodes;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Tests.XlsForm;

namespace Thongthin.Forms.Tests.Answers;

public sealed class AnswerSheetTests
{
    private const string One = "01920000-0000-7000-8000-000000000001";
    private const string Two = "01920000-0000-7000-8000-000000000002";

    private static readonly EvaluationContext Context = new(new DateOnly(2026, 6, 11), 2569);

    private static readonly FormDefinition Form = new FormText()
        .Columns("calculation | readonly | default | unit::th | unit::en")
        .Row("text | title | ชื่อ | Title | | | ร่าง")
        .Row("integer | people | คน | People | | | | คน | people")
        .Row("date | day | วัน | Day | | | today()")
        .Row("select_multiple field | fields | สาขา | Fields")
        .Row("note | hello | สวัสดี | Hello")
        .Row("calculate | twice | | | ${people} * 2")
        .Row("text | fixed | คงที่ | Fixed | | yes | x")
        .Row("begin_repeat | partners | คู่ภาคี | Partners")
        .Row("begin_group | inner | ใน | Inner")
        .Row("text | country | ประเทศ | Country | | | LA")
        .Row("end_group")
        .Row("end_repeat")
        .Choice("field | health | สุขภาพ | Health")
        .Choice("field | sport | กีฬา | Sport")
        .Definition();

    private static AnswerPath RowOne => AnswerPath.OfRow("partners", Guid.Parse(One));

    private static Dictionary<string, string> Fields(params (string, string)[] fields) =>
        fields.ToDictionary(f => f.Item1, f => f.Item2);

    [Fact]
    public void Apply_ReadsEachFieldByItsType()
    {
        var applied = AnswerSheet.Empty.Apply(
            Form,
            Fields(("title", " ก "), ("people", "๑,๒๐๐"), ("day", "11/6/2563"), ("fields", "sport health"))
        );
        applied
            .Sheet.ToJsonString()
            .ShouldBe("""{"title":"ก","people":1200,"day":"2020-06-11","fields":["health","sport"]}""");
        applied.Changed.Select(p => p.ToString()).ShouldBe(["title", "people", "day", "fields"]);
        applied.Ignored.ShouldBeEmpty();
    }

    [Fact]
    public void Apply_OfATextWhereANumberBelongs_KeepsItAsTyped()
    {
        var sheet = AnswerSheet.Empty.Apply(Form, Fields(("people", "สิบสอง"))).Sheet;
        sheet.ToJsonString().ShouldBe("""{"people":{"_raw":"สิบสอง"}}""");
        sheet.GetRaw(AnswerPath.Of("people")).ShouldBe("สิบสอง");
    }

    [Fact]
    public void Apply_OfAnEmptyField_RemovesTheAnswer()
    {
        var applied = AnswerSheet.Parse("""{"title":"ก","people":5}""").Apply(Form, Fields(("title", "  ")));
        applied.Sheet.ToJsonString().ShouldBe("""{"people":5}""");
        applied.Changed.ShouldHaveSingleItem().ToString().ShouldBe("title");
    }

    [Fact]
    public void Apply_OfTheSameValueInOtherWords_ChangesNothing()
    {
        var sheet = AnswerSheet.Parse("""{"people":1200,"day":"2020-06-11","fields":["health","sport"]}""");
        sheet
            .Apply(Form, Fields(("people", "1,200"), ("day", "๑๑ มิถุนายน ๒๕๖๓"), ("fields", "sport health")))
            .Changed.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("nothing", IgnoredReason.Unknown)]
    [InlineData("__RequestVerificationToken", IgnoredReason.Unknown)]
    [InlineData("<script>", IgnoredReason.Unknown)]
    [InlineData("country", IgnoredReason.Unknown)]
    [InlineData($"partners[{Two}].title", IgnoredReason.Unknown)]
    [InlineData("partners", IgnoredReason.Unknown)]
    [InlineData("inner", IgnoredReason.Unknown)]
    [InlineData($"partners[{Two}]", IgnoredReason.Unknown)]
    [InlineData("hello", IgnoredReason.NotTyped)]
    [InlineData("twice", IgnoredReason.NotTyped)]
    [InlineData("fixed", IgnoredReason.NotTyped)]
    [InlineData($"partners[{Two}].country", IgnoredReason.NoSuchRow)]
    public void Apply_OfAFieldThatCannotBeTyped_IgnoresAndNamesIt(string field, IgnoredReason reason)
    {
        var applied = AnswerSheet.Empty.Apply(Form, Fields((field, "x")));
        applied.Sheet.IsEmpty.ShouldBeTrue();
        applied.Ignored.ShouldHaveSingleItem().ShouldBe(new IgnoredField(field, reason));
    }

    [Fact]
    public void Apply_OfTwoThousandUnknownFields_ChangesNothing()
    {
        var fields = Enumerable.Range(0, 2_000).ToDictionary(i => $"field{i}", i => "x");
        var applied = AnswerSheet.Empty.Apply(Form, fields);
        (applied.Sheet.IsEmpty, applied.Ignored.Count).ShouldBe((true, 2_000));
    }

    [Fact]
    public void Apply_OfATextThatIsTooLong_KeepsTheOldOne()
    {
        var sheet = AnswerSheet.Parse("""{"title":"ก"}""");
        var applied = sheet.Apply(Form, Fields(("title", new string('x', TypedAnswer.MaximumLength + 1))));
        applied.Changed.ShouldBeEmpty();
        applied.Ignored.ShouldHaveSingleItem().Reason.ShouldBe(IgnoredReason.TooLong);
    }

    [Fact]
    public void Apply_OfARowAndItsFields_AppendsTheRowWithItsId()
    {
        var changes = new AnswerChanges(Fields(($"partners[{One}].country", "JP")), [RowOne]);
        var applied = AnswerSheet.Empty.Apply(Form, changes);
        applied.Sheet.ToJsonString().ShouldBe($$"""{"partners":[{"_id":"{{One}}","country":"JP"}]}""");
        applied.Changed.ShouldHaveSingleItem().ShouldBe(RowOne);
        applied.Sheet.RowIds("partners").ShouldBe([Guid.Parse(One)]);
    }

    [Fact]
    public void Apply_OfARowThatIsThere_LeavesIt()
    {
        var sheet = AnswerSheet.Parse($$"""{"partners":[{"_id":"{{One}}","country":"JP"}]}""");
        sheet.Apply(Form, new AnswerChanges(Fields(), [RowOne]), Context).Changed.ShouldBeEmpty();
    }

    [Fact]
    public void Apply_WithContext_FillsANewRowWithDefaults()
    {
        var sheet = AnswerSheet.Empty.Apply(Form, new AnswerChanges(Fields(), [RowOne]), Context).Sheet;
        sheet.Get(RowOne.Question("country"))!.GetValue<string>().ShouldBe("LA");
    }

    [Fact]
    public void Apply_OfARemovedRow_RemovesItAndAnEmptyRepeat()
    {
        var sheet = AnswerSheet.Parse($$"""{"people":1,"partners":[{"_id":"{{One}}","country":"JP"}]}""");
        var applied = sheet.Apply(Form, new AnswerChanges(Fields(), RemovedRows: [RowOne]));
        applied.Sheet.ToJsonString().ShouldBe("""{"people":1}""");
        applied.Changed.ShouldHaveSingleItem().ShouldBe(RowOne);
        applied.Sheet.Apply(Form, new AnswerChanges(Fields(), RemovedRows: [RowOne])).Ignored.Count.ShouldBe(1);
    }

    [Fact]
    public void Apply_OfTooManyRows_StopsAtTheLimit()
    {
        var rows = Enumerable
            .Range(1, AnswerSheet.MaximumRows + 2)
            .Select(i => AnswerPath.OfRow("partners", RowId(i)))
            .ToList();
        var applied = AnswerSheet.Empty.Apply(Form, new AnswerChanges(Fields(), rows));
        applied.Sheet.RowIds("partners").Count.ShouldBe(AnswerSheet.MaximumRows);
        applied.Ignored.Select(i => i.Reason).ShouldBe([IgnoredReason.TooManyRows, IgnoredReason.TooManyRows]);
    }

    [Fact]
    public void Apply_LeavesTheSheetThatItStartedFrom()
    {
        var sheet = AnswerSheet.Parse($$"""{"title":"ก","partners":[{"_id":"{{One}}"}]}""");
        var before = sheet.ToJsonString();
        sheet.Apply(
            Form,
            new AnswerChanges(Fields(("title", "ข"), ($"partners[{One}].country", "VN")), RemovedRows: [RowOne])
        );
        sheet.ToJsonString().ShouldBe(before);
    }

    [Fact]
    public void CarryForward_LeavesOutWhatStartsEmpty()
    {
        var form = new FormText()
            .Columns("carry_forward")
            .Row("text | a | ก | A")
            .Row("text | b | ข | B | no")
            .Row("begin_group | g | ค | G | no")
            .Row("text | c | ค | C")
            .Row("begin_repeat | r | ง | R")
            .Row("text | d | ง | D")
            .Row("end_repeat")
            .Row("end_group")
            .Row("begin_repeat | s | จ | S")
            .Row("text | e | จ | E")
            .Row("text | f | ฉ | F | no")
            .Row("end_repeat")
            .Definition();
        var answers =
            $$"""{"a":"1","b":"2","c":"3","r":[{"_id":"{{One}}","d":"4"}],"s":[{"_id":"{{Two}}","e":"5","f":"6"}],"old":7}""";
        var sheet = AnswerSheet.Parse(answers);
        sheet.CarryForward(form).ToJsonString().ShouldBe($$"""{"a":"1","s":[{"_id":"{{Two}}","e":"5"}],"old":7}""");
        sheet.ToJsonString().ShouldBe(answers);
        FormDefinition.FromJson(form.ToJson()).ToJson().ToJsonString().ShouldBe(form.ToJson().ToJsonString());
    }

    [Fact]
    public void New_StartsFromTheDefaults()
    {
        var json = AnswerSheet.New(Form, Context).ToJson();
        json.Select(p => p.Key).ShouldBe(["title", "day", "fixed"]);
        json["day"]!.GetValue<string>().ShouldBe("2026-06-11");
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""", "")]
    [InlineData("""{"a":1}""", """{"a":1.0}""", "")]
    [InlineData("""{"a":1}""", """{"a":2}""", "a")]
    [InlineData("""{"a":1,"b":"x"}""", """{"b":"x"}""", "a")]
    [InlineData("""{}""", """{"b":["x"]}""", "b")]
    [InlineData("""{"b":["x"]}""", """{"b":["x","y"]}""", "b")]
    [InlineData($$"""{"p":[{"_id":"{{One}}","q":1}]}""", $$"""{"p":[{"_id":"{{One}}","q":2}]}""", $"p[{One}].q")]
    [InlineData($$"""{"p":[{"_id":"{{One}}","q":1}]}""", """{}""", $"p[{One}]")]
    [InlineData("""{}""", $$"""{"p":[{"_id":"{{One}}"}]}""", $"p[{One}]")]
    [InlineData(
        $$"""{"p":[{"_id":"{{One}}","q":1},{"_id":"{{Two}}","q":2}]}""",
        $$"""{"p":[{"_id":"{{Two}}","q":2},{"_id":"{{One}}","q":1}]}""",
        ""
    )]
    [InlineData(
        $$"""{"p":[{"_id":"{{One}}","q":1},{"_id":"{{Two}}","q":2}]}""",
        $$"""{"p":[{"_id":"{{Two}}","q":3}]}""",
        $"p[{One}] p[{Two}].q"
    )]
    public void Changes_NameEveryPathThatDiffers(string before, string after, string paths) =>
        string.Join(' ', AnswerSheet.Changes(AnswerSheet.Parse(before), AnswerSheet.Parse(after))).ShouldBe(paths);

    [Theory]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("")]
    public void Parse_OfWhatIsNoObject_Throws(string json) =>
        Should.Throw<FormatException>(() => AnswerSheet.Parse(json));

    [Fact]
    public void With_ReplacesOneValue()
    {
        var sheet = AnswerSheet.Parse($$"""{"p":[{"_id":"{{One}}","q":1}]}""");
        var path = AnswerPath.Parse($"p[{One}].q")!;
        sheet.With(path, JsonValue.Create(2)).Get(path)!.GetValue<int>().ShouldBe(2);
        sheet.With(path, null).Get(path).ShouldBeNull();
        sheet.Get(path)!.GetValue<int>().ShouldBe(1);
        Should.Throw<ArgumentException>(() => sheet.With(AnswerPath.Parse($"p[{Two}].q")!, null));
    }

    /// <summary>A field says only which file it is; what the file is comes from who knows it.</summary>
    [Theory]
    [InlineData(One, "known.pdf", null)]
    [InlineData(Two, "stored.pdf", null)]
    [InlineData("01920000-0000-7000-8000-000000000003", "stored.pdf", IgnoredReason.NoSuchFile)]
    [InlineData("plan.pdf", "stored.pdf", IgnoredReason.NotTyped)]
    [InlineData("", null, null)]
    public void Apply_OfAFile_StoresWhatIsKnownOfIt(string posted, string? name, IgnoredReason? ignored)
    {
        var form = new FormText().Row("file | plan | แผน | Plan").Definition();
        var known = new StoredFile(Guid.Parse(One), "known.pdf", 5, "application/pdf");
        var stored = known with { Id = Guid.Parse(Two), Name = "stored.pdf" };
        var before = AnswerSheet.Of(new JsonObject { ["plan"] = stored.ToJson() });
        var text = Guid.TryParse(posted, out var id)
            ? new StoredFile(id, "posted.exe", 1, "text/html").ToText()
            : posted;
        var files = new Dictionary<Guid, StoredFile> { [known.Id] = known };

        var applied = before.Apply(form, new AnswerChanges(Fields(("plan", text)), Files: files));

        StoredFile.Of(applied.Sheet.Get("plan"))?.Name.ShouldBe(name);
        applied.Sheet.IsEmpty.ShouldBe(name is null);
        applied.Ignored.Select(i => (IgnoredReason?)i.Reason).SingleOrDefault().ShouldBe(ignored);
    }

    [Theory]
    [InlineData(
        """{"_file":"01920000-0000-7000-8000-000000000001","name":"แผน.pdf","size":5,"type":"application/pdf"}""",
        true
    )]
    [InlineData("""{"_file":"01920000-0000-7000-8000-000000000001"}""", false)]
    [InlineData("""{"_file":1,"name":"a"}""", false)]
    [InlineData("{", false)]
    [InlineData("[]", false)]
    [InlineData("แผน.pdf", false)]
    public void File_OfItsText_IsTheSame(string text, bool isFile)
    {
        var file = StoredFile.Parse(text);

        (file is not null).ShouldBe(isFile);
        (file?.ToText() ?? text).ShouldBe(text);
    }

    private static Guid RowId(int number) => new($"01920000-0000-7000-8000-{number:x12}");
}

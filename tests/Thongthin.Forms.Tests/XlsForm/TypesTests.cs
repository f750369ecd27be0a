using System.Text;
using Thongthin.Forms.Schema;
using Thongthin.Forms.XlsForm;

namespace Thongthin.Forms.Tests.XlsForm;

/// <summary>Question types and where their choices come from.</summary>
public sealed class TypesTests
{
    private static FormText Form => new();

    [Theory]
    [InlineData("range", QuestionType.Range)]
    [InlineData("time", QuestionType.Time)]
    [InlineData("dateTime", QuestionType.DateTime)]
    [InlineData("date time", QuestionType.DateTime)]
    [InlineData("geopoint", QuestionType.Geopoint)]
    [InlineData("gps", QuestionType.Geopoint)]
    [InlineData("geotrace", QuestionType.Geotrace)]
    [InlineData("geoshape", QuestionType.Geoshape)]
    [InlineData("photo", QuestionType.Image)]
    [InlineData("audio", QuestionType.Audio)]
    [InlineData("video", QuestionType.Video)]
    [InlineData("file", QuestionType.File)]
    [InlineData("barcode", QuestionType.Barcode)]
    [InlineData("acknowledge", QuestionType.Acknowledge)]
    [InlineData("hidden", QuestionType.Hidden)]
    [InlineData("rank k", QuestionType.Rank)]
    [InlineData("select_one_external k", QuestionType.SelectOne)]
    [InlineData("select all that apply from k", QuestionType.SelectMultiple)]
    [InlineData("deviceid", QuestionType.Hidden)]
    [InlineData("today", QuestionType.Hidden)]
    public void Read_OfEveryType_FindsIt(string written, QuestionType type)
    {
        var form = Form.Row("text | z | ก | Z").Row($"{written} | a | ก | A").Choice("k | x | ก | X");
        form.Definition().FindQuestion("a")!.Type.ShouldBe(type);
    }

    [Fact]
    public void OrOther_AddsTheChoiceAndItsQuestion()
    {
        var form = Form.Row("select_one k or_other | a | ก | A")
            .Row("select_one k | b | ข | B")
            .Choice("k | x | ก | X")
            .Definition();
        form.ListOf(form.FindQuestion("a")!)!.Choices.Select(c => c.Name).ShouldBe(["x", "other"]);
        form.ListOf(form.FindQuestion("b")!)!.Choices.Select(c => c.Name).ShouldBe(["x"]);
        form.FindQuestion("a_other")!.Relevant!.Text.ShouldBe("selected(${a}, 'other')");
    }

    [Fact]
    public void Range_HasItsBounds()
    {
        var form = Form.Columns("parameters")
            .Row("range | a | ก | A | start=-1 end = 2.5, step=0.5")
            .Row("range | b | ข | B | ")
            .Definition();
        form.FindQuestion("a")!.Bounds.ShouldBe((-1, 2.5));
        form.FindQuestion("a")!.Interval.ShouldBe(0.5);
        form.FindQuestion("b")!.Bounds.ShouldBe((0, 10));
    }

    [Fact]
    public void Choices_KeepTheirColumns_AndAFormHoldsListsFromOutside()
    {
        const string Csv = "name,label::th,label::en,province\n5301,เมือง,Mueang,53\n5302,ตรอน,Tron,53\n";
        var (list, _) = XlsFormReader.ReadList(new MemoryStream(Encoding.UTF8.GetBytes(Csv)), "places.csv");
        var text = Form.Columns("choice_filter")
            .Row("text | p | ก | P")
            .Row("select_one_from_file places.csv | d | ก | D | province = ${p}")
            .ToString();
        var reading = XlsFormReader.Read(text, "form.md", name => name == "places.csv" ? list : null);
        reading.Definition!.ChoiceLists["places"].Find("5302")!.Columns["province"].ShouldBe("53");

        // Its source needs no file any more.
        var again = XlsFormReader.Read(reading.Source!, "form.md");
        again.Definition!.ToJson().ToJsonString().ShouldBe(reading.Definition.ToJson().ToJsonString());
        XlsFormReader.Read(text, "form.md").Findings.ShouldContain(f => f.Code == "F036");
    }

    [Fact]
    public void Flags_AreRead()
    {
        var form = Form.Columns("personal | public | analyse | guidance_hint::th | guidance_hint::en")
            .Row("text | a | ก | A | yes | no | | ช่วย | Help")
            .Row("integer | b | ข | B | | yes | yes | |")
            .Definition();
        var (a, b) = (form.FindQuestion("a")!, form.FindQuestion("b")!);
        (a.Personal, a.Public, a.Analyse).ShouldBe((true, false, false));
        (b.Personal, b.Public, b.Analyse).ShouldBe((false, true, true));
        a.GuidanceHint.In("en").ShouldBe("Help");
    }
}

using Thongthin.Forms.Answers;
using Thongthin.Forms.Comparison;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Tests.XlsForm;
using Thongthin.Forms.Validation;

namespace Thongthin.Forms.Tests.Validation;

public sealed class YearComparisonTests
{
    private const string Row = "01920000-0000-7000-8000-000000000001";

    private static readonly FormDefinition Form = new FormText()
        .Columns("unit::th | unit::en | yoy_bound | calculation | relevant")
        .Row("integer | lights | ไฟ | Lights | จุด | points | ±20%")
        .Row("decimal | paved | ลาดยาง | Paved | กม. | km | -5%")
        .Row("integer | sites | แหล่ง | Sites | แห่ง | sites | 2")
        .Row("integer | free | ฟรี | Free | คน | people")
        .Row("integer | hidden | ซ่อน | Hidden | คน | people | 1% | | ${free} > 100")
        .Row("calculate | total | รวม | Total | | | 10% | ${lights} + ${sites}")
        .Row("begin_repeat | roads | ถนน | Roads")
        .Row("decimal | km | ยาว | Length | กม. | km | 10%")
        .Row("end_repeat")
        .Definition();

    private static YearComparison Compare(string before, string now)
    {
        FormEvaluation Evaluate(string answers) =>
            FormEvaluation.Evaluate(Form, AnswerSheet.Parse(answers), new EvaluationContext(new DateOnly(2026, 6, 11)));
        return YearComparison.Between(Evaluate(before), Evaluate(now));
    }

    [Theory]
    [InlineData("lights", 100, 120, false)]
    [InlineData("lights", 100, 121, true)]
    [InlineData("lights", 100, 80, false)]
    [InlineData("lights", 100, 79, true)]
    [InlineData("lights", 0, 1, true)]
    [InlineData("lights", 0, 0, false)]
    [InlineData("paved", 100, 95, false)]
    [InlineData("paved", 100, 94.9, true)]
    [InlineData("paved", 100, 500, false)]
    [InlineData("sites", 5, 7, false)]
    [InlineData("sites", 5, 8, true)]
    [InlineData("sites", 5, 2, true)]
    [InlineData("free", 5, 50, false)]
    [InlineData("hidden", 5, 50, false)]
    public void BeyondBound_FollowsTheBound(string name, double before, double now, bool isBeyond)
    {
        var comparison = Compare($$"""{"{{name}}":{{before}}}""", $$"""{"{{name}}":{{now}}}""");
        comparison.BeyondBound.Any(n => n.Path.Name == name).ShouldBe(isBeyond);
    }

    [Fact]
    public void Numbers_HaveChangeAndPercent()
    {
        var number = Compare("""{"free":200}""", """{"free":150}""").Numbers.ShouldHaveSingleItem();
        (number.Change, number.Percent, number.IsBeyondBound).ShouldBe((-50, -25, false));
        Compare("""{"free":0}""", """{"free":5}""").Numbers.ShouldHaveSingleItem().Percent.ShouldBeNull();
    }

    [Fact]
    public void Numbers_OfRows_AreMatchedById()
    {
        var before =
            $$"""{"roads":[{"_id":"01920000-0000-7000-8000-000000000009","km":1},{"_id":"{{Row}}","km":10}]}""";
        var comparison = Compare(before, $$"""{"roads":[{"_id":"{{Row}}","km":12}]}""");
        comparison.BeyondBound.ShouldHaveSingleItem().Path.ToString().ShouldBe($"roads[{Row}].km");
        comparison.Changed.Count.ShouldBe(2);
    }

    [Fact]
    public void Numbers_OfACalculation_AreCompared() =>
        Compare("""{"lights":10,"sites":1}""", """{"lights":20,"sites":1}""")
            .BeyondBound.Select(n => n.Path.Name)
            .ShouldBe(["lights", "total"]);

    [Fact]
    public void Changed_LeavesOutWhatDoesNotCount() =>
        Compare("""{"hidden":1}""", """{"hidden":2,"unknown":3}""").Changed.ShouldBeEmpty();

    [Fact]
    public void Issues_WarnInBothLanguagesWithTheOldValue()
    {
        var issue = Compare("""{"lights":1000}""", """{"lights":2500.0}""").Issues().ShouldHaveSingleItem();
        (issue.Code, issue.Severity).ShouldBe((IssueCodes.YearChange, Severity.Warn));
        issue.Message.In("th").ShouldContain("(1,000)");
        issue.Message.In("en").ShouldContain("(+150%)");
    }

    [Theory]
    [InlineData("±10%", "±10%")]
    [InlineData("10 %", "±10%")]
    [InlineData("−5%", "-5%")]
    [InlineData("+2.5", "+2.5")]
    [InlineData("3", "±3")]
    public void Parse_OfABound_WritesItInOneWay(string text, string written) =>
        YearBound.Parse(text)!.ToString().ShouldBe(written);

    [Theory]
    [InlineData("")]
    [InlineData("ten")]
    [InlineData("10%%x")]
    [InlineData("--")]
    [InlineData("NaN")]
    [InlineData("1e5")]
    public void Parse_OfAnythingElse_IsNull(string text) => YearBound.Parse(text).ShouldBeNull();
}

using Thongthin.Forms.Answers;

namespace Thongthin.Forms.Tests.Answers;

public sealed class AnswerPathTests
{
    private const string Id = "01920000-0000-7000-8000-000000000001";

    [Theory]
    [InlineData("title_th")]
    [InlineData("a-b")]
    [InlineData($"partners[{Id}]")]
    [InlineData($"partners[{Id}].country")]
    [InlineData($"a[{Id}].b[{Id}].c")]
    public void Parse_OfAPath_WritesItBack(string text) => AnswerPath.Parse(text)!.ToString().ShouldBe(text);

    [Fact]
    public void Parse_OfAnIdInCapitals_WritesItSmall() =>
        AnswerPath.Parse($"p[{Id.ToUpperInvariant()}].q")!.ToString().ShouldBe($"p[{Id}].q");

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a.b")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("1a")]
    [InlineData("a b")]
    [InlineData("_id")]
    [InlineData("_raw")]
    [InlineData("ก")]
    [InlineData("p[0].q")]
    [InlineData("p[].q")]
    [InlineData("p[0192000000007000800000000000000a].q")]
    [InlineData($"p[{Id}")]
    [InlineData($"p[{Id}]x.q")]
    [InlineData($"[{Id}].q")]
    [InlineData($"p[{Id}].q.r")]
    [InlineData("__RequestVerificationToken.")]
    public void Parse_OfAnythingElse_IsNull(string text) => AnswerPath.Parse(text).ShouldBeNull();

    [Fact]
    public void Parse_OfAVeryLongText_IsNull() => AnswerPath.Parse(new string('a', 100_000)).ShouldBeNull();

    [Fact]
    public void Equals_OfTheSamePath_IsTrue()
    {
        var id = Guid.Parse(Id);
        AnswerPath.OfRow("p", id).Question("q").ShouldBe(AnswerPath.Parse($"p[{Id}].q"));
        AnswerPath.Of("q").ShouldNotBe(AnswerPath.OfRow("p", id).Question("q"));
    }

    [Fact]
    public void Question_OfAPathThatIsNoRow_Throws() =>
        Should.Throw<InvalidOperationException>(() => AnswerPath.Of("a").Question("b"));
}

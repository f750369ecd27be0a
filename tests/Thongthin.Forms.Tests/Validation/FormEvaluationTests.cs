using Thongthin.Forms.Answers;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Tests.XlsForm;
using Thongthin.Forms.Validation;

namespace Thongthin.Forms.Tests.Validation;

/// <summary>What evaluation says beyond the corpus: messages, parts, records.</summary>
public sealed class FormEvaluationTests
{
    private static readonly EvaluationContext Context = new(new DateOnly(2026, 6, 11), 2569);

    private static FormEvaluation Evaluate(FormText form, string answers) =>
        FormEvaluation.Evaluate(form.Definition(), AnswerSheet.Parse(answers), Context);

    private static FormText Rules =>
        new FormText().Columns(
            "required | required_message::th | required_message::en | constraint | constraint_message::th | constraint_message::en"
        );

    [Fact]
    public void Issue_WithTheAuthorsMessage_SaysIt()
    {
        var issue = Evaluate(Rules.Row("text | a | ก | A | yes | บอกชื่อ | Say the name"), "{}")
            .Issues.ShouldHaveSingleItem();
        issue.Message.ShouldBe(new LocalText("บอกชื่อ", "Say the name"));
    }

    [Fact]
    public void Issue_WithoutAMessage_NamesTheQuestionInBothLanguages()
    {
        var issue = Evaluate(Rules.Row("text | a | ชื่อ | Name | yes"), "{}").Issues.ShouldHaveSingleItem();
        issue.Message.ShouldBe(new LocalText("กรุณากรอก “ชื่อ”", "Please answer “Name”"));
    }

    [Fact]
    public void Issue_WithAMessageInOneLanguage_SaysThatInBoth()
    {
        var issue = Evaluate(Rules.Row("text | a | ชื่อ | Name | yes | บอกชื่อ"), "{}").Issues.ShouldHaveSingleItem();
        issue.Message.In("en").ShouldBe("บอกชื่อ");
    }

    [Fact]
    public void CompletenessOf_CountsEachPartByItself()
    {
        var form = Rules
            .Row("begin_group | first | ก | First")
            .Row("text | a | ก | A | yes")
            .Row("text | b | ข | B")
            .Row("end_group")
            .Row("begin_group | second | ข | Second")
            .Row("text | c | ค | C | yes")
            .Row("end_group");
        var evaluation = Evaluate(form, """{"a":"x"}""");
        evaluation.CompletenessOf("first").ShouldBe(new Completeness(1, 2, 1, 1, 0, 0));
        evaluation.CompletenessOf("second").ShouldBe(new Completeness(0, 1, 0, 1, 1, 0));
        evaluation.Completeness.ShouldBe(new Completeness(1, 3, 1, 2, 1, 0));
        (evaluation.IsValid, evaluation.CompletenessOf("second").IsComplete).ShouldBe((false, false));
    }

    [Fact]
    public void RecordLabel_IsWhatTheEntitysLabelGives()
    {
        var form = Rules
            .Row("text | title | ชื่อ | Title")
            .Settings("ทดสอบ | Test | a | 1 | 6 | register | 2563")
            .Entities("things | concat('เรื่อง ', ${title}) | ${title} != ''");
        var evaluation = Evaluate(form, """{"title":"ก"}""");
        (evaluation.RecordLabel, evaluation.CreatesRecord).ShouldBe(("เรื่อง ก", true));
        Evaluate(form, "{}").CreatesRecord.ShouldBeFalse();
    }

    [Fact]
    public void Field_OfAnUnknownPath_IsNull() =>
        Evaluate(Rules.Row("text | a | ก | A"), "{}").Field("nothing").ShouldBeNull();

    [Fact]
    public void IssuesOf_APath_AreItsOwn()
    {
        var evaluation = Evaluate(Rules.Row("text | a | ก | A | yes").Row("text | b | ข | B | yes"), "{}");
        evaluation.IssuesOf("a").ShouldHaveSingleItem().Path.ShouldBe(AnswerPath.Of("a"));
        evaluation.IssuesOf("nothing").ShouldBeEmpty();
    }

    [Fact]
    public void Evaluate_OfALongChainOfCalculations_NeedsNoStack()
    {
        var form = new FormText().Columns("calculation").Row("integer | n0 | ก | A");
        for (var i = 1; i < 3_000; i++)
        {
            form.Row($"calculate | n{i} | | | ${{n{i - 1}}} + 1");
        }
        Evaluate(form, """{"n0":1}""").Field("n2999")!.Value.ToNumber().ShouldBe(3_000);
    }

    [Fact]
    public void ToBrowserText_OfADeeplyNestedExpression_IsWritten()
    {
        var nested = string.Concat(Enumerable.Repeat("not(", 150)) + "1" + new string(')', 150);
        var form = new FormText().Columns("calculation").Row("text | a | ก | A").Row($"calculate | b | | | {nested}");
        form.Definition().ToBrowserText().ShouldContain("[\"not\",[\"not\",");
    }
}

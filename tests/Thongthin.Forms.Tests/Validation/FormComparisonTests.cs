using Thongthin.Forms.Comparison;
using Thongthin.Forms.Tests.XlsForm;

namespace Thongthin.Forms.Tests.Validation;

/// <summary>What a new version changes, and what becomes of answers.</summary>
public sealed class FormComparisonTests
{
    private static FormText Before =>
        new FormText()
            .Columns("unit::th | unit::en | constraint | constraint_message::th | constraint_message::en")
            .Row("text | a | ก | A | | | | |")
            .Row("integer | n | จำนวน | Count | แห่ง | places | . > 0 | มากกว่า 0 | Above 0")
            .Row("select_one k | c | เลือก | Choose | | | | |")
            .Row("begin_group | g | กลุ่ม | Group | | | | |")
            .Row("text | b | ข | B | | | | |")
            .Row("end_group")
            .Row("begin_repeat | r | แถว | Row | | | | |")
            .Row("text | i | ใน | In | | | | |")
            .Row("end_repeat")
            .Choice("k | x | เอ | X")
            .Choice("k | y | วาย | Y");

    private static FormText After =>
        new FormText()
            .Columns("unit::th | unit::en | constraint | constraint_message::th | constraint_message::en")
            .Row("text | b | ข | B | | | | |")
            .Row("decimal | n | จำนวน | Count | กม. | km | . >= 0 | ไม่ติดลบ | Not negative")
            .Row("select_one k | c | เลือกหนึ่ง | Choose | | | | |")
            .Row("text | a2 | ก | A | | | | |")
            .Row("begin_repeat | r | แถว | Row | | | | |")
            .Row("text | j | ใหม่ | New | | | | |")
            .Row("end_repeat")
            .Row("text | i | ใน | In | | | | |")
            .Choice("k | x | เอ | X")
            .Choice("k | z | แซด | Z");

    [Fact]
    public void Between_NamesEveryDifferenceWithItsEffect()
    {
        var changes = FormComparison
            .Between(Before.Definition(), After.Definition())
            .Select(c => (c.Node.Name, c.Kind, c.Effect, string.Join(',', c.Details)));

        changes.ShouldBe([
            ("b", NodeChangeKind.Moved, AnswerEffect.Moved, ""),
            ("n", NodeChangeKind.Type, AnswerEffect.CheckedAgain, "integer,decimal"),
            ("n", NodeChangeKind.Unit, AnswerEffect.CheckedAgain, "แห่ง,กม."),
            ("n", NodeChangeKind.Rule, AnswerEffect.CheckedAgain, "constraint"),
            ("n", NodeChangeKind.Text, AnswerEffect.Kept, "constraint_message"),
            ("c", NodeChangeKind.ChoicesRemoved, AnswerEffect.CheckedAgain, "y"),
            ("c", NodeChangeKind.ChoicesAdded, AnswerEffect.Kept, "z"),
            ("c", NodeChangeKind.Text, AnswerEffect.Kept, "label"),
            ("a2", NodeChangeKind.Added, AnswerEffect.None, ""),
            ("j", NodeChangeKind.Added, AnswerEffect.None, ""),
            ("i", NodeChangeKind.Added, AnswerEffect.None, ""),
            ("a", NodeChangeKind.Removed, AnswerEffect.Orphaned, ""),
            ("g", NodeChangeKind.Removed, AnswerEffect.None, ""),
            ("i", NodeChangeKind.Removed, AnswerEffect.Orphaned, ""),
        ]);
    }

    [Fact]
    public void Between_ARemovedQuestionAndAnAddedOneOfTheSameLabel_SuggestsARename() =>
        FormComparison
            .Between(Before.Definition(), After.Definition())
            .Single(c => c is { Node.Name: "a", Kind: NodeChangeKind.Removed })
            .RenamedTo.ShouldBe("a2");

    [Fact]
    public void Between_TheSameVersion_HasNothing() =>
        FormComparison.Between(Before.Definition(), Before.Definition()).ShouldBeEmpty();
}

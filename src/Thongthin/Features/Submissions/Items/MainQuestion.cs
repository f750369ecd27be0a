using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Answers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Submissions.Items;

/// <summary>
/// A catalogue's form begins with what every item is asked: a select_one like received / not received / not applicable. A
/// choice of it that makes a sheet complete by itself can be given to many items at once.
/// </summary>
internal static class MainQuestion
{
    /// <summary>The first question that takes an answer, when it is a select_one outside repeats; else null.</summary>
    public static Question? Of(FormDefinition form) =>
        form.Questions.FirstOrDefault(q => q.TakesAnswer) is { Type: QuestionType.SelectOne } question
        && form.RepeatOf(question) is null
            ? question
            : null;

    /// <summary>Its choices that need no other answer, in the list's order.</summary>
    public static IReadOnlyList<Choice> Alone(FormDefinition form, EvaluationContext context) =>
        Of(form) is { } question && form.ListOf(question) is { } list
            ?
            [
                .. list.Choices.Where(choice =>
                    SheetEvaluation
                        .Evaluate(form, Answer(form, Answers.New(form, context), question, choice.Name), context)
                        .IsValid
                ),
            ]
            : [];

    /// <summary>The sheet with this answer to the main question.</summary>
    public static Answers Answer(FormDefinition form, Answers answers, Question question, string choice) =>
        answers.Apply(form, new Dictionary<string, string> { [question.Name] = choice }).Sheet;
}

using System.Text.Json.Nodes;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Validation;

namespace Thongthin.Features.Demonstration;

/// <summary>
/// Mistakes as they are made: metres for kilometres (a number a thousand times too large, which the rules ask about), and in
/// drafts a part that is larger than its whole (which they refuse). Planted only where the rules do find them.
/// </summary>
internal static class DemonstrationMistakes
{
    private const double OutlierShare = 0.03;
    private const double ErrorShare = 0.25;

    /// <param name="severity">block: an error may be planted; warn: only what does not stop submitting</param>
    /// <param name="draw">0 to 1 for a word</param>
    /// <returns>The answers, or a copy with one mistake.</returns>
    public static JsonObject Plant(
        FormDefinition form,
        JsonObject answers,
        EvaluationContext context,
        Severity severity,
        Func<string, double> draw
    )
    {
        if (draw("made") >= (severity == Severity.Block ? ErrorShare : OutlierShare))
        {
            return answers;
        }
        var places = form.Questions.Where(q => form.RepeatOf(q) is null && IsAnswered(q, answers)).ToList();
        var first = (int)(draw("where") * places.Count);
        foreach (var question in places.Skip(first).Concat(places.Take(first)))
        {
            var changed = (JsonObject)answers.DeepClone();
            changed[question.Name] = (double)answers[question.Name]! * (severity == Severity.Block ? 10 : 1000);
            var found = FormEvaluation
                .Evaluate(form, AnswerSheet.Of(changed), context)
                .Issues.Where(i => i.Code is IssueCodes.Constraint or IssueCodes.Plausible)
                .ToList();
            if (found.Count > 0 && found.Any(i => i.Severity == Severity.Block) == (severity == Severity.Block))
            {
                return changed;
            }
        }
        return answers;
    }

    private static bool IsAnswered(Question question, JsonObject answers) =>
        question.IsNumber && question.TakesAnswer && answers[question.Name] is JsonValue value && (double)value > 0;
}

using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Validation;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Answers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Submissions;

/// <summary>The one way in which the program evaluates a sheet: what its expressions may know, and what is kept of the result.</summary>
internal static class SheetEvaluation
{
    /// <summary>Today is the actor's day in Bangkok, the fiscal year the submission's.</summary>
    public static EvaluationContext ContextOf(Actor actor, int fiscalYear) =>
        new(BangkokTime.Day(actor.At), fiscalYear) { Now = BangkokTime.Local(actor.At) };

    public static FormEvaluation Evaluate(FormDefinition form, Answers answers, EvaluationContext context) =>
        FormEvaluation.Evaluate(form, answers, context);

    /// <summary>
    /// Writes the label and the counts that lists show onto the sheet. A record of a catalogue is called as its item is, whatever
    /// is answered.
    /// </summary>
    public static void Keep(AnswerSheet sheet, FormEvaluation evaluation)
    {
        var counts = evaluation.Completeness;
        if (evaluation.Definition.Shape != FormShape.Catalogue)
        {
            sheet.Label = evaluation.RecordLabel;
        }
        sheet.BlockingIssues = counts.Blocking;
        sheet.Warnings = counts.Warnings;
        sheet.Answered = counts.RequiredAnswered;
        sheet.Required = counts.Required;
    }

    /// <summary>The problems of one sheet with where they are.</summary>
    public static IEnumerable<SheetIssue> Issues(FormEvaluation evaluation, Guid? sheetId, string sheetLabel) =>
        evaluation.Issues.Select(issue => new SheetIssue(
            sheetId,
            sheetLabel,
            issue.Code,
            issue.Severity == Severity.Block,
            issue.Path.ToString(),
            issue.Message.In("th"),
            issue.Message.In("en")
        ));
}

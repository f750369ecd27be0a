using Microsoft.EntityFrameworkCore;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Security;
using Answers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Submissions;

/// <summary>Starts this year's sheet of a record from the latest earlier year, whatever it is worth there.</summary>
internal sealed class RecordCarrier(
    LockedSubmission submission,
    FormDefinition form,
    SheetWriter sheets,
    EvaluationContext context
)
{
    /// <exception cref="Refusal">record_not_found</exception>
    public async Task<AnswerSheet> CarryAsync(Guid recordId, CancellationToken cancellationToken)
    {
        var now = submission.Now;
        var earlier = await submission
            .Db.Database.SqlQuery<Earlier>(
                $"""
                select b.answers, b.label
                from record c
                join answer_sheet b on b.lao_id = c.lao_id and b.record_id = c.record_id
                join submission t on t.lao_id = b.lao_id and t.submission_id = b.submission_id
                where c.lao_id = {now.LaoId} and c.record_id = {recordId} and c.form_id = {now.FormId}
                  and t.fiscal_year < {now.FiscalYear}
                order by t.fiscal_year desc limit 1
                """
            )
            .ToListAsync(cancellationToken);
        if (earlier is not [{ Answers: var answers }])
        {
            throw new Refusal("record_not_found");
        }
        var carried = Answers.Parse(answers).CarryForward(form);
        var sheet = sheets.New(recordId, carried.ToJsonString());
        sheet.Label = earlier[0].Label;
        SheetEvaluation.Keep(sheet, SheetEvaluation.Evaluate(form, carried, context));
        await sheets.InsertAsync(sheet, cancellationToken);
        await submission.StartAsync(cancellationToken);
        return sheet;
    }

    private sealed record Earlier(string Answers, string Label);
}

using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Platform.Security;
using Answers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Submissions;

/// <summary>
/// Adds a record to a register: a number that is assigned once and never recalculated, and a sheet for the year with the
/// form's defaults.
/// </summary>
internal sealed class AddRecord(AppDb db, FormLibrary forms)
{
    /// <param name="recordId">made by the page (UUIDv7); the same id twice, a double click, makes one record</param>
    /// <returns>The sheet.</returns>
    /// <exception cref="Refusal">submission_not_found, not_a_register, not_allowed, answers_frozen, round_closed, round_not_open_yet, record_not_found (the id is another register's).</exception>
    public async Task<Guid> ExecuteAsync(
        Actor actor,
        SubmissionKey key,
        Guid recordId,
        CancellationToken cancellationToken
    )
    {
        await using var work = await RecordWork.OpenRegisterAsync(db, forms, actor, key, cancellationToken);
        if (await work.Sheets.FindOfRecordAsync(recordId, cancellationToken) is { } existing)
        {
            return existing.AnswerSheetId;
        }
        if (await db.Set<Record>().AnyAsync(r => r.LaoId == key.LaoId && r.RecordId == recordId, cancellationToken))
        {
            throw new Refusal("record_not_found");
        }
        var number = await work.NextNumberAsync(cancellationToken);
        db.Add(
            new Record
            {
                LaoId = key.LaoId,
                RecordId = recordId,
                FormId = work.Submission.Now.FormId,
                RecordNumber = number,
                FirstFiscalYear = work.Submission.Now.FiscalYear,
                CreatedAt = actor.At.ToUniversalTime(),
            }
        );
        await db.SaveChangesAsync(cancellationToken);
        var answers = Answers.New(work.Form, work.Context);
        var sheet = work.Sheets.New(recordId, answers.ToJsonString());
        SheetEvaluation.Keep(sheet, SheetEvaluation.Evaluate(work.Form, answers, work.Context));
        await work.Sheets.InsertAsync(sheet, cancellationToken);
        await work.Submission.StartAsync(cancellationToken);
        await work.AuditAsync("record_added", recordId, cancellationToken);
        await work.Submission.CommitAsync(cancellationToken);
        return sheet.AnswerSheetId;
    }
}

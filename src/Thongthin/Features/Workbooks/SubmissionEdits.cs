using Microsoft.EntityFrameworkCore;
using Thongthin.Features.Submissions;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using StoredAnswers = Thongthin.Forms.Answers.AnswerSheet;
using StoredSheet = Thongthin.Features.Submissions.AnswerSheet;

namespace Thongthin.Features.Workbooks;

/// <summary>Writes the edits of one locked submission: its sheets are read, changed and inserted at once, whatever their number.</summary>
internal sealed class SubmissionEdits(
    LockedSubmission submission,
    FormDefinition form,
    EvaluationContext context,
    ApplyWorkbook.Tally result
)
{
    private readonly SheetWriter _sheets = new(submission);

    private const int ReportEvery = 500;

    /// <param name="report">called now and then with the number of edits so far</param>
    public async Task ApplyAsync(
        IReadOnlyList<SheetEdit> edits,
        Func<int, Task> report,
        CancellationToken cancellationToken
    )
    {
        var key = submission.Key;
        var stored = await submission
            .Db.Set<StoredSheet>()
            .Where(s => s.LaoId == key.LaoId && s.SubmissionId == key.SubmissionId)
            .ToListAsync(cancellationToken);
        var byRecord = stored.ToLookup(sheet => sheet.RecordId);
        var trial = new SheetTrial(form, context);
        var added = new List<(SheetEdit Edit, SheetOutcome Outcome)>();
        var changed = new List<(StoredSheet Sheet, SheetOutcome Outcome)>();
        var count = 0;
        foreach (var (index, edit) in edits.Index())
        {
            if (index > 0 && index % ReportEvery == 0)
            {
                await report(index);
            }
            var sheet = edit.IsNew ? null : byRecord[edit.Key.RecordId].FirstOrDefault();
            if (sheet?.Status == SheetStatus.Removed)
            {
                throw new Platform.Security.Refusal("record_removed");
            }
            if (sheet is null && !edit.IsNew && edit.Key.RecordId is { } record)
            {
                sheet = await new RecordCarrier(submission, form, _sheets, context).CarryAsync(
                    record,
                    cancellationToken
                );
            }
            var before = sheet is null ? await StartAsync(edit, cancellationToken) : StoredAnswers.Parse(sheet.Answers);
            var outcome = trial.Try(edit, sheet, before);
            if (!outcome.IsGood && !edit.ByField)
            {
                result.Skip(outcome.Problems);
                continue;
            }
            if (sheet is null)
            {
                added.Add((edit, outcome));
            }
            else if (outcome.Applied.Changed.Count > 0)
            {
                changed.Add((sheet, outcome));
            }
            result.Stored(edit, outcome);
            count++;
        }
        await UpdateAsync(changed, cancellationToken);
        await InsertAsync(added, cancellationToken);
        if (count > 0)
        {
            await submission.StartAsync(cancellationToken);
            await submission.AuditAsync("answers_saved", new { sheets = count, workbook = true }, cancellationToken);
        }
    }

    private async Task<StoredAnswers> StartAsync(SheetEdit edit, CancellationToken cancellationToken)
    {
        var previous = edit.Key.RecordId is null
            ? await PreviousSheet.FindAsync(submission.Db, submission.Key, cancellationToken)
            : null;
        return StoredAnswers.Start(form, previous is null ? null : StoredAnswers.Parse(previous.Answers), context);
    }

    private async Task UpdateAsync(
        List<(StoredSheet Sheet, SheetOutcome Outcome)> changed,
        CancellationToken cancellationToken
    )
    {
        var sheets = changed.ConvertAll(c => c.Sheet);
        await _sheets.TakeOverAsync(sheets, opens: true, cancellationToken);
        foreach (var (sheet, outcome) in changed)
        {
            SaveAnswers.Write(sheet, outcome.Applied);
            SheetEvaluation.Keep(sheet, outcome.Evaluation);
            SaveAnswers.Reopen(sheet);
        }
        await _sheets.UpdateAsync(sheets, cancellationToken);
    }

    private async Task InsertAsync(
        List<(SheetEdit Edit, SheetOutcome Outcome)> added,
        CancellationToken cancellationToken
    )
    {
        if (added.Count == 0)
        {
            return;
        }
        var (now, db) = (submission.Now, submission.Db);
        var records = added.Count(a => a.Edit.Key.RecordId is not null);
        var numbers = records == 0 ? [] : await RecordNumbers.NextAsync(submission, records, cancellationToken);
        db.AddRange(
            added
                .Select(a => a.Edit.Key.RecordId)
                .OfType<Guid>()
                .Zip(
                    numbers,
                    (recordId, number) =>
                        new Record
                        {
                            LaoId = now.LaoId,
                            RecordId = recordId,
                            FormId = now.FormId,
                            RecordNumber = number,
                            FirstFiscalYear = now.FiscalYear,
                            CreatedAt = submission.Actor.At.ToUniversalTime(),
                        }
                )
        );
        // before the sheets, which refer to them
        await db.SaveChangesAsync(cancellationToken);
        foreach (var (edit, outcome) in added)
        {
            var sheet = _sheets.New(edit.Key.RecordId, "{}");
            await _sheets.TakeOverAsync(sheet, opens: true, cancellationToken);
            SaveAnswers.Write(sheet, outcome.Applied);
            SheetEvaluation.Keep(sheet, outcome.Evaluation);
            db.Add(sheet);
        }
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }
}

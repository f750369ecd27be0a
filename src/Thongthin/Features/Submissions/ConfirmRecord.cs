using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Features.Submissions.Duplicates;
using Thongthin.Platform.Security;
using Answers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Submissions;

/// <summary>
/// The LAO confirms a record for the year. A record of an earlier year without a sheet is carried first, so that
/// confirming it unchanged is one act.
/// </summary>
internal sealed class ConfirmRecord(AppDb db, FormLibrary forms)
{
    /// <returns>The blocking issues that prevented it; empty = confirmed.</returns>
    /// <exception cref="Refusal">submission_not_found, record_not_found, record_removed, not_a_register, not_allowed (an officer helps, the LAO confirms), answers_frozen, round_closed, round_not_open_yet.</exception>
    public async Task<IReadOnlyList<SheetIssue>> ExecuteAsync(
        Actor actor,
        SubmissionKey key,
        Guid recordId,
        CancellationToken cancellationToken
    )
    {
        await using var work = await RecordWork.OpenAsync(db, forms, actor, key, cancellationToken);
        work.RequireLao();
        var sheet = await work.FindOrCarryAsync(recordId, cancellationToken);
        if (sheet.Status == SheetStatus.Removed)
        {
            throw new Refusal("record_removed");
        }
        var evaluation = SheetEvaluation.Evaluate(work.Form, Answers.Parse(sheet.Answers), work.Context);
        var issues = SheetEvaluation
            .Issues(evaluation, sheet.AnswerSheetId, sheet.Label)
            .Where(i => i.IsBlocking)
            .ToList();
        if (issues.Count == 0 && sheet.Status != SheetStatus.Confirmed)
        {
            await work.Sheets.TakeOverAsync(sheet, opens: true, cancellationToken);
            sheet.Status = SheetStatus.Confirmed;
            SheetEvaluation.Keep(sheet, evaluation);
            await work.Sheets.UpdateAsync(sheet, cancellationToken);
            await RecordKeys.KeepAsync(work.Submission, recordId, evaluation, cancellationToken);
            await work.AuditAsync("record_confirmed", recordId, cancellationToken);
        }
        await work.Submission.CommitAsync(cancellationToken);
        return issues;
    }
}

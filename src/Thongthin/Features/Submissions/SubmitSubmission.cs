using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Features.Submissions.Facts;
using Thongthin.Features.Submissions.Items;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Security;
using Answers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Submissions;

/// <summary>
/// The recorder says that it is complete. Everything is evaluated again, whatever the kept counts say, and only a
/// complete submission is recorded: an annual sheet without a blocking issue; a register with a confirmed record, all of
/// them confirmed and valid, and none of an earlier year left unlooked at; a catalogue with every item that applies
/// confirmed and valid. A register without any record is declared nil instead.
/// </summary>
internal sealed class SubmitSubmission(AppDb db, FormLibrary forms)
{
    /// <returns>The blocking issues that prevented it, with sheet and path; empty = recorded.</returns>
    /// <exception cref="Refusal">submission_not_found, move_not_allowed, wrong_state, round_closed, round_not_open_yet.</exception>
    public async Task<IReadOnlyList<SheetIssue>> ExecuteAsync(
        Actor actor,
        SubmissionKey key,
        CancellationToken cancellationToken
    )
    {
        await using var submission = await LockedSubmission.OpenAsync(db, actor, key, cancellationToken);
        submission.RequireMove(SubmissionAction.Submit);
        submission.RequireOpen();
        var form = await forms.GetAsync(submission.Now.FormId, submission.Now.FormVersion, cancellationToken);
        var sheets = new SheetWriter(submission);
        var issues = await FindIssuesAsync(submission, sheets, form, cancellationToken);
        if (issues.Count > 0)
        {
            return issues;
        }
        await sheets.CloseAllAsync(cancellationToken);
        await submission.MoveAsync(SubmissionAction.Submit, "", null, cancellationToken);
        await FactWriter.WriteAsync(submission, form, actor.At, false, cancellationToken);
        await submission.AuditAsync("submission_submitted", null, cancellationToken);
        await submission.CommitAsync(cancellationToken);
        return [];
    }

    private async Task<IReadOnlyList<SheetIssue>> FindIssuesAsync(
        LockedSubmission submission,
        SheetWriter sheets,
        FormDefinition form,
        CancellationToken cancellationToken
    )
    {
        var context = await new FactQueries(db).ContextAsync(
            form,
            submission.Actor,
            submission.Key.LaoId,
            submission.Now.FiscalYear,
            cancellationToken
        );
        var inForce = await sheets.ListInForceAsync(cancellationToken);
        return Blocking(
            form.Shape switch
            {
                FormShape.Annual => OfAnnual(inForce.SingleOrDefault()),
                FormShape.Register => await OfRegisterAsync(submission, inForce, Of, cancellationToken),
                _ => await OfCatalogueAsync(submission, inForce, Of, cancellationToken),
            }
        );

        IEnumerable<SheetIssue> OfAnnual(AnswerSheet? sheet) =>
            SheetEvaluation.Issues(
                Evaluate(sheet is null ? Answers.New(form, context) : Answers.Parse(sheet.Answers)),
                sheet?.AnswerSheetId,
                ""
            );

        IEnumerable<SheetIssue> Of(AnswerSheet sheet, string label) =>
            SheetEvaluation.Issues(Evaluate(Answers.Parse(sheet.Answers)), sheet.AnswerSheetId, label);

        Thongthin.Forms.Validation.FormEvaluation Evaluate(Answers answers) =>
            SheetEvaluation.Evaluate(form, answers, context);
    }

    private async Task<IEnumerable<SheetIssue>> OfRegisterAsync(
        LockedSubmission submission,
        List<AnswerSheet> inForce,
        Func<AnswerSheet, string, IEnumerable<SheetIssue>> issuesOf,
        CancellationToken cancellationToken
    )
    {
        var uncarried = await db
            .Database.SqlQueryRaw<UncarriedRecord>(
                SubmissionQueries.UncarriedSql,
                submission.Key.LaoId,
                submission.Key.SubmissionId
            )
            .ToListAsync(cancellationToken);
        var numbers = await db.Set<Record>()
            .Where(r => r.LaoId == submission.Key.LaoId && r.FormId == submission.Now.FormId)
            .ToDictionaryAsync(r => r.RecordId, r => r.RecordNumber, cancellationToken);
        return
        [
            .. inForce.SelectMany(s => OfRecord(s, $"{numbers[s.RecordId!.Value]} {s.Label}".TrimEnd())),
            .. uncarried.Select(r => SubmissionIssues.Uncarried($"{r.RecordNumber} {r.Label}".TrimEnd())),
            .. inForce.Count + uncarried.Count == 0 ? [SubmissionIssues.None()] : Array.Empty<SheetIssue>(),
        ];

        IEnumerable<SheetIssue> OfRecord(AnswerSheet sheet, string label) =>
            [
                .. issuesOf(sheet, label),
                .. sheet.Status == SheetStatus.Confirmed
                    ? []
                    : new[] { SubmissionIssues.Unconfirmed(sheet.AnswerSheetId, label) },
            ];
    }

    private async Task<IEnumerable<SheetIssue>> OfCatalogueAsync(
        LockedSubmission submission,
        List<AnswerSheet> inForce,
        Func<AnswerSheet, string, IEnumerable<SheetIssue>> issuesOf,
        CancellationToken cancellationToken
    )
    {
        var sheets = inForce.ToDictionary(s => s.AnswerSheetId);
        var items = await new ItemQueries(db).ListAsync(submission.Key, "", cancellationToken);
        return items.SelectMany(item =>
        {
            var label = $"{item.Code} {item.NameTh}";
            return item is { Status: SheetStatus.Confirmed, SheetId: { } id }
                ? issuesOf(sheets[id], label)
                : [SubmissionIssues.Unanswered(label, item.Code)];
        });
    }

    private static List<SheetIssue> Blocking(IEnumerable<SheetIssue> issues) => [.. issues.Where(i => i.IsBlocking)];
}

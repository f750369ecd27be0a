using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Platform.Security;
using Answers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Submissions.Items;

/// <summary>
/// Takes back one act of <see cref="AnswerItems"/>: the items that are still as it left them become what they were before,
/// from their last version, or, when they had none, from what the year started with. Items changed since stay.
/// </summary>
internal sealed class UndoItemAnswers(AppDb db, FormLibrary forms)
{
    /// <returns>How many items were taken back.</returns>
    /// <exception cref="Refusal">submission_not_found, nothing_to_undo, not_a_catalogue, not_allowed, answers_frozen, round_closed, round_not_open_yet.</exception>
    public async Task<int> ExecuteAsync(Actor actor, SubmissionKey key, Guid act, CancellationToken cancellationToken)
    {
        await using var work = await RecordWork.OpenCatalogueAsync(db, forms, actor, key, cancellationToken);
        work.RequireLao();
        var items = (await ItemWork.ListAsync(work, null, cancellationToken))
            .Where(item => item.Sheet?.ActId == act)
            .ToList();
        if (items.Count == 0)
        {
            throw new Refusal("nothing_to_undo");
        }
        var earlier = await EarlierAsync(key, [.. items.Select(i => i.Sheet!.AnswerSheetId)], cancellationToken);
        foreach (var item in items)
        {
            Restore(work, item, earlier.GetValueOrDefault(item.Sheet!.AnswerSheetId));
        }
        await work.Sheets.ReplaceAsync([.. items.Select(i => i.Sheet!)], cancellationToken);
        await work.Submission.AuditAsync("item_answers_undone", new { act, items = items.Count }, cancellationToken);
        await work.Submission.CommitAsync(cancellationToken);
        return items.Count;
    }

    private static void Restore(RecordWork work, ItemWork item, Version? version)
    {
        var sheet = item.Sheet!;
        var (now, before) = (
            Answers.Parse(sheet.Answers),
            version is null ? item.Start(work) : Answers.Parse(version.Answers)
        );
        var evaluation = SheetEvaluation.Evaluate(work.Form, before, work.Context);
        sheet.Revision++;
        sheet.Answers = before.ToJsonString();
        sheet.Status =
            version?.Status == SheetStatus.Confirmed && evaluation.IsValid ? SheetStatus.Confirmed : SheetStatus.Draft;
        sheet.ActId = null;
        var revisions = FieldRevisions.Parse(sheet.FieldRevision);
        foreach (var path in Answers.Changes(now, before))
        {
            revisions.Set(path.ToString(), sheet.Revision);
        }
        sheet.FieldRevision = revisions.ToJson();
        SheetEvaluation.Keep(sheet, evaluation);
    }

    /// <summary>The last version of each sheet from before its present revision.</summary>
    private async Task<Dictionary<Guid, Version>> EarlierAsync(
        SubmissionKey key,
        Guid[] sheets,
        CancellationToken cancellationToken
    ) =>
        (
            await db
                .Database.SqlQuery<Version>(
                    $"""
                    select distinct on (v.answer_sheet_id) v.answer_sheet_id as sheet_id, v.answers, v.status
                    from answer_version v
                    join answer_sheet a using (lao_id, answer_sheet_id)
                    where v.lao_id = {key.LaoId} and v.answer_sheet_id = any ({sheets}) and v.revision < a.revision
                    order by v.answer_sheet_id, v.number desc
                    """
                )
                .ToListAsync(cancellationToken)
        ).ToDictionary(v => v.SheetId);

    private sealed record Version(Guid SheetId, string Answers, SheetStatus Status);
}

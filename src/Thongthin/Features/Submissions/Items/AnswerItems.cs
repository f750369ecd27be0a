using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Security;
using Answers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Submissions.Items;

/// <summary>What became of the items that were to be answered.</summary>
/// <param name="Answered">how many are confirmed now by this act</param>
/// <param name="Incomplete">codes of those that need more answers and were left as they were</param>
internal sealed record AnsweredItems(int Answered, IReadOnlyList<string> Incomplete);

/// <summary>
/// Answers many items of a catalogue in one act and confirms them: with one choice of the main question, or as they stand
/// (the values of the earlier year). An item that would not be complete is left as it was. The act has an id, kept
/// on the sheets, by which <see cref="UndoItemAnswers"/> finds what is still as the act left it. The number of
/// statements does not depend on the number of items.
/// </summary>
internal sealed class AnswerItems(AppDb db, FormLibrary forms)
{
    /// <param name="choice">of the main question; null: as they stand</param>
    /// <param name="act">made by the page (UUIDv7); the same act sent twice changes nothing the second time</param>
    /// <exception cref="Refusal">submission_not_found, items_missing (none named), item_not_found, item_choice (not a choice of the main question), not_a_catalogue, not_allowed (an officer helps, the LAO confirms), answers_frozen, round_closed, round_not_open_yet.</exception>
    public async Task<AnsweredItems> ExecuteAsync(
        Actor actor,
        SubmissionKey key,
        IReadOnlyCollection<string> codes,
        string? choice,
        Guid act,
        CancellationToken cancellationToken
    )
    {
        if (codes.Count == 0)
        {
            throw new Refusal("items_missing");
        }
        await using var work = await RecordWork.OpenCatalogueAsync(db, forms, actor, key, cancellationToken);
        work.RequireLao();
        var question = choice is null ? null : QuestionOf(work.Form, choice);
        var items = await ItemWork.ListAsync(work, codes, cancellationToken);
        if (items.Count < codes.Distinct(StringComparer.Ordinal).Count())
        {
            throw new Refusal("item_not_found");
        }
        var before = items.Count(i => i.Sheet?.ActId == act);
        if (before > 0)
        {
            return new(before, []);
        }
        var changes = new List<(ItemWork Item, AnswerSheet Sheet)>();
        var incomplete = new List<string>();
        foreach (var item in items)
        {
            var current = item.Current(work);
            var answers = question is null ? current : MainQuestion.Answer(work.Form, current, question, choice!);
            var evaluation = SheetEvaluation.Evaluate(work.Form, answers, work.Context);
            if (!evaluation.IsValid)
            {
                incomplete.Add(item.Code);
                continue;
            }
            var sheet = item.SheetOrNew(work);
            Write(sheet, current, answers, act);
            SheetEvaluation.Keep(sheet, evaluation);
            changes.Add((item, sheet));
        }
        await StoreAsync(work, changes, cancellationToken);
        await work.Submission.AuditAsync(
            "items_answered",
            new
            {
                act,
                choice,
                items = changes.Count,
            },
            cancellationToken
        );
        await work.Submission.CommitAsync(cancellationToken);
        return new(changes.Count, incomplete);
    }

    private static Question QuestionOf(FormDefinition form, string choice) =>
        MainQuestion.Of(form) is { } question && form.ListOf(question)?.Find(choice) is not null
            ? question
            : throw new Refusal("item_choice");

    private static void Write(AnswerSheet sheet, Answers before, Answers after, Guid act)
    {
        sheet.Revision++;
        sheet.Status = SheetStatus.Confirmed;
        sheet.Answers = after.ToJsonString();
        sheet.ActId = act;
        var revisions = FieldRevisions.Parse(sheet.FieldRevision);
        foreach (var path in Answers.Changes(before, after))
        {
            revisions.Set(path.ToString(), sheet.Revision);
        }
        sheet.FieldRevision = revisions.ToJson();
    }

    private static async Task StoreAsync(
        RecordWork work,
        IReadOnlyList<(ItemWork Item, AnswerSheet Sheet)> changes,
        CancellationToken cancellationToken
    )
    {
        await work.Sheets.ReplaceAsync(
            [.. changes.Where(c => c.Item.Sheet is not null).Select(c => c.Sheet)],
            cancellationToken
        );
        var added = changes.Where(c => c.Item.Sheet is null).ToList();
        foreach (var (_, sheet) in added)
        {
            sheet.DraftOpenedAt = sheet.SavedAt;
        }
        await ItemWork.InsertAsync(work, added, cancellationToken);
    }
}

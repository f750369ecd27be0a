using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions.Items;

/// <summary>
/// Opens an item of a catalogue for the year: its record, when there is none yet, and a sheet with the values of the latest
/// earlier year or the form's defaults, unconfirmed.
/// </summary>
internal sealed class OpenItem(AppDb db, FormLibrary forms)
{
    /// <returns>The record; the same again returns the same record.</returns>
    /// <exception cref="Refusal">submission_not_found, item_not_found, not_a_catalogue, not_allowed, answers_frozen, round_closed, round_not_open_yet.</exception>
    public async Task<Guid> ExecuteAsync(
        Actor actor,
        SubmissionKey key,
        string code,
        CancellationToken cancellationToken
    )
    {
        await using var work = await RecordWork.OpenCatalogueAsync(db, forms, actor, key, cancellationToken);
        var items = await ItemWork.ListAsync(work, [code], cancellationToken);
        if (items is not [var item])
        {
            throw new Refusal("item_not_found");
        }
        if (item.Sheet is not null)
        {
            return item.RecordId;
        }
        var sheet = item.SheetOrNew(work);
        SheetEvaluation.Keep(sheet, SheetEvaluation.Evaluate(work.Form, item.Start(work), work.Context));
        await ItemWork.InsertAsync(work, [(item, sheet)], cancellationToken);
        await work.AuditAsync("item_opened", item.RecordId, cancellationToken);
        await work.Submission.CommitAsync(cancellationToken);
        return item.RecordId;
    }
}

using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>Undoes a removal within the year: the record is a draft again, to be confirmed.</summary>
internal sealed class RestoreRecord(AppDb db, FormLibrary forms)
{
    /// <exception cref="Refusal">submission_not_found, record_not_found (or not removed this year), not_a_register, not_allowed, answers_frozen, round_closed, round_not_open_yet.</exception>
    public async Task ExecuteAsync(Actor actor, SubmissionKey key, Guid recordId, CancellationToken cancellationToken)
    {
        await using var work = await RecordWork.OpenRegisterAsync(db, forms, actor, key, cancellationToken);
        work.RequireLao();
        var sheet = await work.Sheets.FindOfRecordAsync(recordId, cancellationToken);
        if (sheet is not { Status: SheetStatus.Removed })
        {
            throw new Refusal("record_not_found");
        }
        await work.Sheets.TakeOverAsync(sheet, opens: true, cancellationToken);
        sheet.Status = SheetStatus.Draft;
        sheet.RemoveReason = null;
        await work.Sheets.UpdateAsync(sheet, cancellationToken);
        await work.AuditAsync("record_restored", recordId, cancellationToken);
        await work.Submission.CommitAsync(cancellationToken);
    }
}

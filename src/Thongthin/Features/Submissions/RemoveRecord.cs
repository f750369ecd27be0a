using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>Takes a record out of force for the year, with a reason. Nothing is deleted; <see cref="RestoreRecord"/> undoes it.</summary>
internal sealed class RemoveRecord(AppDb db, FormLibrary forms)
{
    /// <exception cref="Refusal">submission_not_found, record_not_found, record_removed, reason_required, not_a_register, not_allowed, answers_frozen, round_closed, round_not_open_yet.</exception>
    public async Task ExecuteAsync(
        Actor actor,
        SubmissionKey key,
        Guid recordId,
        string reason,
        CancellationToken cancellationToken
    )
    {
        reason = Reasons.Require(reason);
        await using var work = await RecordWork.OpenRegisterAsync(db, forms, actor, key, cancellationToken);
        work.RequireLao();
        var sheet = await work.FindOrCarryAsync(recordId, cancellationToken);
        if (sheet.Status == SheetStatus.Removed)
        {
            throw new Refusal("record_removed");
        }
        await work.Sheets.TakeOverAsync(sheet, opens: true, cancellationToken);
        sheet.Status = SheetStatus.Removed;
        sheet.RemoveReason = reason;
        await work.Sheets.UpdateAsync(sheet, cancellationToken);
        await work.AuditAsync("record_removed", recordId, cancellationToken);
        await work.Submission.CommitAsync(cancellationToken);
    }
}

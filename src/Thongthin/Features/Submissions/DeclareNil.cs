using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Features.Submissions.Facts;
using Thongthin.Features.Submissions.Items;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>
/// "We have none this year": a register is recorded as nil. Refused while a record is in force that year: one with a
/// sheet that is not removed, or one of an earlier year that was not removed yet. A catalogue is nil only where none of
/// its items applies to the LAO; otherwise every one is answered.
/// </summary>
internal sealed class DeclareNil(AppDb db, FormLibrary forms)
{
    /// <exception cref="Refusal">submission_not_found, not_a_register, nil_with_records (with their number), nil_with_items (with their number), move_not_allowed, wrong_state, round_closed, round_not_open_yet.</exception>
    public async Task ExecuteAsync(Actor actor, SubmissionKey key, CancellationToken cancellationToken)
    {
        await using var submission = await LockedSubmission.OpenAsync(db, actor, key, cancellationToken);
        var form = await forms.GetAsync(submission.Now.FormId, submission.Now.FormVersion, cancellationToken);
        if (form.Shape == FormShape.Annual)
        {
            throw new Refusal("not_a_register");
        }
        submission.RequireMove(SubmissionAction.Nil);
        submission.RequireOpen();
        if (
            form.Shape == FormShape.Catalogue
            && await new ItemQueries(db).ListAsync(key, "", cancellationToken) is { Count: > 0 } items
        )
        {
            throw new Refusal("nil_with_items", items.Count);
        }
        var sheets = new SheetWriter(submission);
        if (form.Shape == FormShape.Register)
        {
            await RefuseRecordsAsync(sheets, key, cancellationToken);
        }
        await sheets.CloseAllAsync(cancellationToken);
        await submission.MoveAsync(SubmissionAction.Nil, "", new EventDetail(Nil: true), cancellationToken);
        await FactWriter.WriteAsync(submission, form, actor.At, true, cancellationToken);
        await submission.AuditAsync("nil_declared", null, cancellationToken);
        await submission.CommitAsync(cancellationToken);
    }

    private async Task RefuseRecordsAsync(SheetWriter sheets, SubmissionKey key, CancellationToken cancellationToken)
    {
        var inForce = await sheets.ListInForceAsync(cancellationToken);
        var uncarried = await db
            .Database.SqlQueryRaw<UncarriedRecord>(SubmissionQueries.UncarriedSql, key.LaoId, key.SubmissionId)
            .ToListAsync(cancellationToken);
        if (inForce.Count + uncarried.Count is > 0 and var records)
        {
            throw new Refusal("nil_with_records", records);
        }
    }
}

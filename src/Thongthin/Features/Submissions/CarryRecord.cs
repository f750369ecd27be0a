using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>Starts this year's sheet of a record from its last values; they stay unconfirmed until the LAO confirms them.</summary>
internal sealed class CarryRecord(AppDb db, FormLibrary forms)
{
    /// <returns>The sheet; the same again returns the same sheet.</returns>
    /// <exception cref="Refusal">submission_not_found, record_not_found, not_a_register, not_allowed, answers_frozen, round_closed, round_not_open_yet.</exception>
    public async Task<Guid> ExecuteAsync(
        Actor actor,
        SubmissionKey key,
        Guid recordId,
        CancellationToken cancellationToken
    )
    {
        await using var work = await RecordWork.OpenAsync(db, forms, actor, key, cancellationToken);
        var sheet = await work.FindOrCarryAsync(recordId, cancellationToken);
        await work.AuditAsync("record_carried", recordId, cancellationToken);
        await work.Submission.CommitAsync(cancellationToken);
        return sheet.AnswerSheetId;
    }
}

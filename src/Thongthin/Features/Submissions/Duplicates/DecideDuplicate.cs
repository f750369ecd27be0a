using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions.Duplicates;

/// <summary>The LAO says what a possible duplicate is: something else, or the same that both take part in. It may say otherwise later.</summary>
internal sealed class DecideDuplicate(AppDb db, FormLibrary forms, DuplicateQueries duplicates)
{
    /// <exception cref="Refusal">submission_not_found, not_a_duplicate (the two are not alike, or not any more), not_a_register, not_allowed, answers_frozen, round_closed, round_not_open_yet.</exception>
    public async Task ExecuteAsync(
        Actor actor,
        SubmissionKey key,
        Guid recordId,
        Guid otherRecordId,
        DuplicateDecision decision,
        CancellationToken cancellationToken
    )
    {
        await using var work = await RecordWork.OpenRegisterAsync(db, forms, actor, key, cancellationToken);
        work.RequireLao();
        var others = await duplicates.ListAsync(key.LaoId, recordId, cancellationToken);
        if (others.All(other => other.RecordId != otherRecordId))
        {
            throw new Refusal("not_a_duplicate");
        }
        var (name, at) = (SnakeCase.Of(decision), actor.At.ToUniversalTime());
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into record_duplicate (lao_id, record_id, other_record_id, decision, decided_at, decided_by)
            values ({key.LaoId}, {recordId}, {otherRecordId}, {name}, {at}, {actor.UserId}::uuid)
            on conflict (lao_id, record_id, other_record_id) do update
                set decision = excluded.decision, decided_at = excluded.decided_at, decided_by = excluded.decided_by
            """,
            cancellationToken
        );
        await work.Submission.AuditAsync(
            "duplicate_decided",
            new
            {
                record = recordId,
                other = otherRecordId,
                decision = name,
            },
            cancellationToken
        );
        await work.Submission.CommitAsync(cancellationToken);
    }
}

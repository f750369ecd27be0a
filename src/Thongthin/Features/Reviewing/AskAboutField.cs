using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Reviewing;

/// <summary>An officer asks about a submission, one of its sheets or one answer.</summary>
internal sealed class AskAboutField(AppDb db)
{
    /// <param name="place">null: the submission as a whole</param>
    /// <param name="label">what the place is called</param>
    /// <exception cref="Refusal">not_allowed, reason_required, reason_too_long</exception>
    public async Task<Guid> ExecuteAsync(
        Actor actor,
        SubmissionKey key,
        FieldReference? place,
        string label,
        string? text,
        CancellationToken cancellationToken
    )
    {
        if (actor.Role != Role.Officer)
        {
            throw new Refusal("not_allowed");
        }
        var said = Reasons.Require(text);
        var (id, at) = (Guid.CreateVersion7(), actor.At.ToUniversalTime());
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into field_query (lao_id, field_query_id, submission_id, sheet_id, path, label, asked_at)
                values ({key.LaoId}, {id}, {key.SubmissionId}, {place?.SheetId}, {place?.Path ?? ""}, {label}, {at})
                """,
                cancellationToken
            );
            await SayInQuery.WriteAsync(db, actor, key.LaoId, id, said, cancellationToken);
        }
        catch (Exception exception) when (ConstraintMessages.Of(exception) is { } refusal)
        {
            throw refusal;
        }
        await AuditLog.WriteAsync(
            db,
            actor,
            "field_query_asked",
            $"field_query/{id}",
            key.LaoId,
            new { submission = key.SubmissionId },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return id;
    }
}

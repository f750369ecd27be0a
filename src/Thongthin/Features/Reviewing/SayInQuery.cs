using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Reviewing;

/// <summary>Goes on with an open question: the LAO answers, an officer asks again. Then it waits for the other side.</summary>
internal sealed class SayInQuery(AppDb db)
{
    /// <exception cref="Refusal">not_allowed, reason_required, reason_too_long, query_closed</exception>
    public async Task ExecuteAsync(
        Actor actor,
        int laoId,
        Guid queryId,
        string? text,
        CancellationToken cancellationToken
    )
    {
        if (actor.Role is not (Role.Officer or Role.Recorder or Role.Certifier))
        {
            throw new Refusal("not_allowed");
        }
        var said = Reasons.Require(text);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            await WriteAsync(db, actor, laoId, queryId, said, cancellationToken);
        }
        catch (Exception exception) when (ConstraintMessages.Of(exception) is { } refusal)
        {
            throw refusal;
        }
        await AuditLog.WriteAsync(
            db,
            actor,
            "field_query_answered",
            $"field_query/{queryId}",
            laoId,
            null,
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>One more message, in the caller's transaction; the lock on the question gives it its number.</summary>
    internal static async Task WriteAsync(
        AppDb db,
        Actor actor,
        int laoId,
        Guid queryId,
        string text,
        CancellationToken cancellationToken
    )
    {
        var fromLao = actor.Level == UnitLevel.Lao;
        await db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended({queryId.ToString()}, 0))",
            cancellationToken
        );
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into field_query_message (lao_id, field_query_id, number, at, user_id, user_name, unit_name, from_lao, text)
            select {laoId}, {queryId}, coalesce(max(m.number), 0) + 1, {actor.At.ToUniversalTime()}, {actor.UserId},
                {actor.DisplayName}, {actor.UnitName}, {fromLao}, {text}
            from field_query_message m where m.lao_id = {laoId} and m.field_query_id = {queryId}
            """,
            cancellationToken
        );
    }
}

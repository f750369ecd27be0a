using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Platform.Audit;

/// <summary>
/// Writes the append-only audit_event rows. Called inside the operation's own transaction, so that what is not done is
/// not logged and what is done is.
/// </summary>
internal static class AuditLog
{
    /// <param name="action">past tense, snake case: <c>answers_saved</c></param>
    /// <param name="subject">what it was done to: <c>submission/ID</c></param>
    /// <param name="detail">serialised as JSON; no answers and no secrets</param>
    public static Task WriteAsync(
        AppDb db,
        Actor actor,
        string action,
        string subject,
        int? laoId,
        object? detail,
        CancellationToken cancellationToken
    )
    {
        var kind = SnakeCase.Of(actor.Kind);
        var at = actor.At.ToUniversalTime();
        var json = detail is null ? "{}" : JsonSerializer.Serialize(detail, Json);
        return db.Database.ExecuteSqlAsync(
            $"""
            insert into audit_event (at, actor_kind, user_id, unit_id, action, subject, lao_id, detail, correlation_id)
            values ({at}, {kind}, {actor.UserId}, {actor.UnitId}, {action}, {subject}, {laoId}, {json}::jsonb, {actor.CorrelationId})
            """,
            cancellationToken
        );
    }

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };
}

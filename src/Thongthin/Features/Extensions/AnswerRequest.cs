using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Extensions;

/// <summary>
/// Ends a request without an extension: an officer declines it with a reason, or the LAO takes it back. Of two who answer at once
/// one is told.
/// </summary>
internal sealed class AnswerRequest(AppDb db)
{
    /// <exception cref="Refusal">not_allowed, reason_required, reason_too_long, extension_request_answered</exception>
    public async Task ExecuteAsync(
        Actor actor,
        int laoId,
        Guid requestId,
        string? why,
        CancellationToken cancellationToken
    )
    {
        var declines = actor.Role == Role.Officer;
        var note = declines ? Reasons.Require(why) : "";
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await WriteAsync(
            db,
            actor,
            laoId,
            requestId,
            declines ? "declined" : "taken_back",
            note,
            null,
            cancellationToken
        );
        await AuditLog.WriteAsync(
            db,
            actor,
            "extension_request_ended",
            $"extension_request/{requestId}",
            laoId,
            new { declines },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The answer, in the caller's transaction.</summary>
    internal static async Task WriteAsync(
        AppDb db,
        Actor actor,
        int laoId,
        Guid requestId,
        string answer,
        string note,
        Guid? extensionId,
        CancellationToken cancellationToken
    )
    {
        int answered;
        try
        {
            answered = await db.Database.ExecuteSqlAsync(
                $"""
                update extension_request set answer = {answer}, answer_note = {note}, answered_at = {actor.At.ToUniversalTime()},
                    answered_by_name = {actor.DisplayName}, answered_by_unit = {actor.UnitName}, extension_id = {extensionId}
                where lao_id = {laoId} and extension_request_id = {requestId}
                """,
                cancellationToken
            );
        }
        catch (Exception exception) when (ConstraintMessages.Of(exception) is { } refusal)
        {
            throw refusal;
        }
        if (answered == 0)
        {
            throw new Refusal("not_allowed");
        }
    }
}

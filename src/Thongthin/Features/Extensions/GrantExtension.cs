using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Extensions;

/// <summary>
/// An officer extends the deadline of those in scope who are not done: one statement for one LAO as for the whole country. An LAO's
/// request may be answered by it in the same transaction.
/// </summary>
internal sealed class GrantExtension(AppDb db)
{
    /// <param name="answers">the request that this grants; null: none</param>
    /// <returns>The extension.</returns>
    /// <exception cref="Refusal">
    /// not_allowed, reason_required, reason_too_long, round_not_found, round_cancelled, extension_in_past, extension_covers_nobody,
    /// extension_request_answered
    /// </exception>
    public async Task<Guid> ExecuteAsync(
        Actor actor,
        ExtensionRequest request,
        (int LaoId, Guid RequestId)? answers,
        CancellationToken cancellationToken
    )
    {
        if (actor.Role != Role.Officer && actor.Kind != ActorKind.Job)
        {
            throw new Refusal("not_allowed");
        }
        var reason = Reasons.Require(request.Reason);
        if (request.NewDeadline < BangkokTime.Day(actor.At))
        {
            throw new Refusal("extension_in_past");
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await RequireRoundAsync(request.RoundId, cancellationToken);
        var id = Guid.CreateVersion7();
        var covered = await db
            .Database.SqlQueryRaw<CoveredRow>(
                ExtensionSql.Covered + " for update of s",
                ExtensionQueries.Parameters(request)
            )
            .ToListAsync(cancellationToken);
        if (covered.Count == 0)
        {
            throw new Refusal("extension_covers_nobody");
        }
        await InsertAsync(actor, id, request, reason, covered, cancellationToken);
        if (answers is var (laoId, requestId))
        {
            await AnswerRequest.WriteAsync(db, actor, laoId, requestId, "granted", "", id, cancellationToken);
        }
        await AnswerOthersAsync(actor, id, request, covered, cancellationToken);
        await AuditLog.WriteAsync(
            db,
            actor,
            "extension_granted",
            $"extension/{id}",
            covered.Select(row => row.LaoId).Distinct().Take(2).ToList() is [var only] ? only : null,
            new
            {
                request.NewDeadline,
                target = SnakeCase.Of(request.Target),
                submissions = covered.Count,
            },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return id;
    }

    /// <summary>Whoever asked for a day that this gives, and is covered, has the answer.</summary>
    private Task<int> AnswerOthersAsync(
        Actor actor,
        Guid id,
        ExtensionRequest request,
        List<CoveredRow> covered,
        CancellationToken cancellationToken
    )
    {
        int[] laos = [.. covered.Select(row => row.LaoId).Distinct()];
        return actor.Kind == ActorKind.Job
            ? Task.FromResult(0)
            : db.Database.ExecuteSqlAsync(
                $"""
                update extension_request set answer = 'granted', answered_at = {actor.At.ToUniversalTime()},
                    answered_by_name = {actor.DisplayName}, answered_by_unit = {actor.UnitName}, extension_id = {id}
                where round_id = {request.RoundId} and answer is null and wanted <= {request.NewDeadline} and lao_id = any ({laos})
                """,
                cancellationToken
            );
    }

    private async Task RequireRoundAsync(Guid roundId, CancellationToken cancellationToken)
    {
        var round =
            await db.Set<Rounds.Round>()
                .FirstOrDefaultAsync(r => r.RoundId == roundId && r.OpenedAt != null, cancellationToken)
            ?? throw new Refusal("round_not_found");
        if (round.CancelledAt is not null)
        {
            throw new Refusal("round_cancelled");
        }
    }

    private async Task InsertAsync(
        Actor actor,
        Guid id,
        ExtensionRequest request,
        string reason,
        List<CoveredRow> covered,
        CancellationToken cancellationToken
    )
    {
        var (target, at, reference) = (
            SnakeCase.Of(request.Target),
            actor.At.ToUniversalTime(),
            request.Reference.Trim()
        );
        var unit = request.Target is ExtensionTarget.District or ExtensionTarget.Province ? request.UnitId : null;
        var laos = covered.Select(row => row.LaoId).Distinct().Count();
        int[] laoIds = [.. covered.Select(row => row.LaoId)];
        Guid[] submissions = [.. covered.Select(row => row.SubmissionId)];
        try
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into extension (extension_id, round_id, new_deadline, reason, reference, target, target_unit_id, laos,
                    submissions, granted_at, granted_by, granted_by_name, granted_by_position, granted_by_unit_id)
                values ({id}, {request.RoundId}, {request.NewDeadline}, {reason}, {reference}, {target}, {unit}, {laos},
                    {covered.Count}, {at}, {actor.UserId}, {actor.DisplayName}, {actor.Position}, {actor.UnitId})
                """,
                cancellationToken
            );
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into extension_submission (lao_id, submission_id, extension_id)
                select c.lao_id, c.submission_id, {id} from unnest({laoIds}, {submissions}) c (lao_id, submission_id)
                """,
                cancellationToken
            );
        }
        catch (Exception exception) when (ConstraintMessages.Of(exception) is { } refusal)
        {
            throw refusal;
        }
    }

    private sealed record CoveredRow(int LaoId, Guid SubmissionId);
}

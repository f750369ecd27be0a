using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Rounds;

/// <summary>
/// Writes a draft anew: days, words, topics, audience. Only a draft: what a round was opened with stays. It names the
/// version that it started from, so that it does not undo what somebody else changed in between.
/// </summary>
internal sealed class ChangeRound(AppDb db)
{
    /// <param name="version">of the draft that was shown (<see cref="RoundDraft.Version"/>)</param>
    /// <exception cref="Refusal">
    /// not_allowed, round_not_found, round_is_open, round_cancelled, round_changed_since, and those of
    /// <see cref="CreateRound"/>. Nothing is changed then.
    /// </exception>
    public async Task ExecuteAsync(
        Actor actor,
        Guid roundId,
        string version,
        RoundRequest request,
        CancellationToken cancellationToken
    )
    {
        RoundRules.RequireDepartment(actor);
        DraftContent.Check(request);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var was = await OpenRound.LockDraftAsync(db, roundId, cancellationToken);
        var current = await db
            .Database.SqlQuery<string>($"""select xmin::text as "Value" from round where round_id = {roundId}""")
            .SingleAsync(cancellationToken);
        if (current != version)
        {
            throw new Refusal("round_changed_since");
        }
        await UpdateAsync(roundId, request, cancellationToken);
        await db.Set<RoundForm>().Where(f => f.RoundId == roundId).ExecuteDeleteAsync(cancellationToken);
        await db.Set<RoundAudience>().Where(a => a.RoundId == roundId).ExecuteDeleteAsync(cancellationToken);
        await DraftContent.WriteAsync(db, roundId, request, cancellationToken);
        await AuditLog.WriteAsync(
            db,
            actor,
            "round_changed",
            $"round/{request.Slug}",
            null,
            new
            {
                was = was.Slug,
                request.FiscalYear,
                request.Forms,
            },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task UpdateAsync(Guid roundId, RoundRequest request, CancellationToken cancellationToken)
    {
        var (titleTh, titleEn, contact) = (request.TitleTh.Trim(), request.TitleEn.Trim(), request.Contact.Trim());
        try
        {
            await db.Set<Round>()
                .Where(r => r.RoundId == roundId)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(r => r.Slug, request.Slug)
                            .SetProperty(r => r.FiscalYear, request.FiscalYear)
                            .SetProperty(r => r.TitleTh, titleTh)
                            .SetProperty(r => r.TitleEn, titleEn)
                            .SetProperty(r => r.OpensOn, request.OpensOn)
                            .SetProperty(r => r.Deadline, request.Deadline)
                            .SetProperty(r => r.ClosesOn, request.ClosesOn)
                            .SetProperty(r => r.DoneMeans, request.DoneMeans)
                            .SetProperty(r => r.ReturnDays, request.ReturnDays)
                            .SetProperty(r => r.Contact, contact)
                            .SetProperty(r => r.UnitGroupId, request.UnitGroupId)
                            .SetProperty(r => r.OpeningRefusal, (string[]?)null),
                    cancellationToken
                );
        }
        catch (Exception exception) when (ConstraintMessages.Of(exception) is { } refusal)
        {
            throw refusal;
        }
    }
}

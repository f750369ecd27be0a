using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Rounds;

/// <summary>
/// Writes down a round as a draft that only the Department sees. <see cref="ChangeRound"/> corrects it,
/// <see cref="OpenRound"/> starts it.
/// </summary>
internal sealed class CreateRound(AppDb db)
{
    /// <returns>The round's id.</returns>
    /// <exception cref="Refusal">
    /// not_allowed, round_slug, round_slug_taken, round_title, round_fiscal_year, round_days, round_return_days,
    /// round_forms (none named), form_not_published (with the form's id and the fiscal year).
    /// </exception>
    public async Task<Guid> ExecuteAsync(Actor actor, RoundRequest request, CancellationToken cancellationToken)
    {
        RoundRules.RequireDepartment(actor);
        DraftContent.Check(request);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Set<Round>().AnyAsync(r => r.Slug == request.Slug, cancellationToken))
        {
            throw new Refusal("round_slug_taken");
        }
        var round = new Round
        {
            RoundId = Guid.CreateVersion7(),
            Slug = request.Slug,
            FiscalYear = request.FiscalYear,
            TitleTh = request.TitleTh.Trim(),
            TitleEn = request.TitleEn.Trim(),
            OpensOn = request.OpensOn,
            Deadline = request.Deadline,
            ClosesOn = request.ClosesOn,
            DoneMeans = request.DoneMeans,
            ReturnDays = request.ReturnDays,
            Contact = request.Contact.Trim(),
            UnitGroupId = request.UnitGroupId,
            CreatedAt = actor.At.ToUniversalTime(),
            CreatedBy = actor.UserId,
        };
        db.Add(round);
        await DraftContent.WriteAsync(db, round.RoundId, request, cancellationToken);
        await AuditLog.WriteAsync(
            db,
            actor,
            "round_created",
            $"round/{round.Slug}",
            null,
            new { request.FiscalYear, request.Forms },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return round.RoundId;
    }
}

using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Authoring;

/// <summary>Throws a draft away.</summary>
internal sealed class DiscardDraft(AppDb db)
{
    /// <exception cref="Refusal">not_allowed; draft_not_found.</exception>
    public async Task ExecuteAsync(Actor actor, Guid draftId, CancellationToken cancellationToken)
    {
        if (!actor.IsDepartmentAdministrator)
        {
            throw new Refusal("not_allowed");
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var deleted = await db.Set<FormDraft>()
            .Where(d => d.FormDraftId == draftId)
            .ExecuteDeleteAsync(cancellationToken);
        if (deleted == 0)
        {
            throw new Refusal("draft_not_found");
        }
        await AuditLog.WriteAsync(db, actor, "form_discarded", $"form_draft/{draftId}", null, null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}

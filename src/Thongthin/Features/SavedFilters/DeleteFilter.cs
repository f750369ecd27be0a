using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.SavedFilters;

/// <summary>Takes a saved filter of the person off their list.</summary>
internal sealed class DeleteFilter(AppDb db)
{
    /// <exception cref="Refusal">filter_not_found</exception>
    public async Task ExecuteAsync(Actor actor, int number, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var deleted = await db.Database.ExecuteSqlAsync(
            $"delete from saved_filter where user_id = {actor.UserId} and unit_id = {actor.UnitId} and number = {number}",
            cancellationToken
        );
        if (deleted == 0)
        {
            throw new Refusal("filter_not_found");
        }
        await AuditLog.WriteAsync(db, actor, "filter_deleted", $"saved_filter/{number}", null, null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}

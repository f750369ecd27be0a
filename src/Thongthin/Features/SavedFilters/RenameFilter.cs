using Microsoft.EntityFrameworkCore;
using Npgsql;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.SavedFilters;

/// <summary>Gives a saved filter of the person another name.</summary>
internal sealed class RenameFilter(AppDb db)
{
    /// <exception cref="Refusal">filter_name, filter_name_taken, filter_not_found</exception>
    public async Task ExecuteAsync(Actor actor, int number, string name, CancellationToken cancellationToken)
    {
        name = FilterName.Read(name);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            var changed = await db.Database.ExecuteSqlAsync(
                $"update saved_filter set name = {name} where user_id = {actor.UserId} and unit_id = {actor.UnitId} and number = {number}",
                cancellationToken
            );
            if (changed == 0)
            {
                throw new Refusal("filter_not_found");
            }
        }
        catch (PostgresException exception) when (ConstraintMessages.Of(exception) is { } refusal)
        {
            throw refusal;
        }
        await AuditLog.WriteAsync(
            db,
            actor,
            "filter_renamed",
            $"saved_filter/{number}",
            null,
            new { name },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
    }
}

using Microsoft.EntityFrameworkCore;
using Npgsql;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.SavedFilters;

/// <summary>Keeps an address under a name, in the first free place of the person's list.</summary>
internal sealed class SaveFilter(AppDb db)
{
    /// <returns>its number</returns>
    /// <exception cref="Refusal">filter_name, filter_name_taken, filter_address, filter_limit</exception>
    public async Task<int> ExecuteAsync(Actor actor, string name, string address, CancellationToken cancellationToken)
    {
        name = FilterName.Read(name);
        if (SavedFilter.KindOf(address) is null)
        {
            throw new Refusal("filter_address");
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // two saves at once would take the same place
        await db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended({$"saved_filter {actor.UserId} {actor.UnitId}"}, 0))",
            cancellationToken
        );
        var number = await InsertAsync(actor, name, address, cancellationToken);
        await AuditLog.WriteAsync(
            db,
            actor,
            "filter_saved",
            $"saved_filter/{number}",
            null,
            new { name },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return number;
    }

    private async Task<int> InsertAsync(Actor actor, string name, string address, CancellationToken cancellationToken)
    {
        var at = actor.At.ToUniversalTime();
        try
        {
            var numbers = await db
                .Database.SqlQuery<int>(
                    $"""
                    insert into saved_filter (user_id, unit_id, number, name, address, saved_at)
                    select {actor.UserId}, {actor.UnitId}, n, {name}, {address}, {at}
                    from generate_series(1, {SavedFilter.Most}) n
                    where not exists (
                        select from saved_filter f
                        where f.user_id = {actor.UserId} and f.unit_id = {actor.UnitId} and f.number = n)
                    order by n limit 1
                    returning number::int as value
                    """
                )
                .ToListAsync(cancellationToken);
            return numbers.Count == 1 ? numbers[0] : throw new Refusal("filter_limit", SavedFilter.Most);
        }
        catch (PostgresException exception) when (ConstraintMessages.Of(exception) is { } refusal)
        {
            throw refusal;
        }
    }
}

/// <summary>A filter's name as typed: trimmed, and short enough for a list.</summary>
internal static class FilterName
{
    /// <exception cref="Refusal">filter_name</exception>
    public static string Read(string? typed) =>
        typed?.Trim() is { Length: > 0 and <= SavedFilter.NameLength } name
            ? name
            : throw new Refusal("filter_name", SavedFilter.NameLength);
}

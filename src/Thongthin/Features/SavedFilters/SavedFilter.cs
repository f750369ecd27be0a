using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.SavedFilters;

/// <summary>
/// An address of a board, table, map, chart or list under a name: its person's alone, under the unit where it was saved.
/// It holds no figures; whoever opens it sees what their rights show on that day.
/// </summary>
internal sealed partial class SavedFilter
{
    /// <summary>So many may one person have under one unit; the database's limit too.</summary>
    public const int Most = 30;

    public const int NameLength = 100;
    private const int AddressLength = 1000;

    public required Guid UserId { get; init; }

    public required int UnitId { get; init; }

    /// <summary>1 to <see cref="Most"/>.</summary>
    public required short Number { get; init; }

    public required string Name { get; init; }

    public required string Address { get; init; }

    public required DateTimeOffset SavedAt { get; init; }

    /// <summary>Which page it opens: <c>board</c>, <c>units</c>, <c>map</c>, <c>chart</c> or <c>table</c>.</summary>
    public string PageKind => KindOf(Address)!;

    /// <returns>null: not an address that can be saved</returns>
    public static string? KindOf(string? address) =>
        address is { Length: <= AddressLength } && Savable().Match(address) is { Success: true } match
            ? match switch
            {
                { Groups: [_, { Value: "board" }, ..] } => "board",
                { Groups: [_, _, { Success: true, Value: var view }, ..] } => view,
                _ => "table",
            }
            : null;

    [GeneratedRegex(@"^/(board|progress/[a-z0-9-]+(?:/(units|map|chart))?)(?:\?[^\r\n]*)?$")]
    private static partial Regex Savable();
}

internal sealed class SavedFilterMapping : IEntityTypeConfiguration<SavedFilter>
{
    public void Configure(EntityTypeBuilder<SavedFilter> builder)
    {
        builder.HasKey(f => new
        {
            f.UserId,
            f.UnitId,
            f.Number,
        });
        builder.Ignore(f => f.PageKind);
    }
}

/// <summary>The person's own; the database shows no others.</summary>
internal sealed class SavedFilterQueries(AppDb db)
{
    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<SavedFilter>> ListAsync(CancellationToken cancellationToken) =>
        await db.Set<SavedFilter>()
            .FromSql($"select * from saved_filter order by name collate thai, number")
            .ToListAsync(cancellationToken);

    public Task<SavedFilter?> FindAsync(Actor actor, int number, CancellationToken cancellationToken) =>
        db.Set<SavedFilter>()
            .FirstOrDefaultAsync(
                f => f.UserId == actor.UserId && f.UnitId == actor.UnitId && f.Number == number,
                cancellationToken
            );
}

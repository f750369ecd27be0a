using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thongthin.Data;

namespace Thongthin.Features.Progress;

/// <summary>
/// A table kept as it stood, for good: its content is all that is ever drawn of it. Numbered per calendar year of the
/// Buddhist era by the database, without gaps.
/// </summary>
internal sealed class ProgressSnapshot
{
    public required Guid ProgressSnapshotId { get; init; }

    public int Year { get; init; }

    public int Number { get; init; }

    public required Guid RoundId { get; init; }

    public required ProgressLevel Level { get; init; }

    /// <summary>The province or district; null for the country.</summary>
    public int? UnitId { get; init; }

    public required DateOnly AsOf { get; init; }

    /// <summary>The table's <see cref="TableFilter"/> as JSON.</summary>
    public required string Filter { get; init; }

    /// <summary>The <see cref="ProgressTable"/> as JSON.</summary>
    public required string Content { get; init; }

    public required DateTimeOffset TakenAt { get; init; }

    public Guid? TakenBy { get; init; }

    public required string TakenByName { get; init; }

    public int? TakenByUnitId { get; init; }

    public ProgressTable ReadTable() =>
        JsonSerializer.Deserialize<ProgressTable>(Content, Json)
        ?? throw new InvalidDataException($"Snapshot {ProgressSnapshotId} has no content.");

    public static JsonSerializerOptions Json { get; } =
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters =
            {
                new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower),
            },
        };
}

internal sealed class ProgressSnapshotMapping : IEntityTypeConfiguration<ProgressSnapshot>
{
    public void Configure(EntityTypeBuilder<ProgressSnapshot> builder)
    {
        builder.HasKey(s => s.ProgressSnapshotId);
        builder.Property(s => s.Year).ValueGeneratedOnAdd();
        builder.Property(s => s.Number).ValueGeneratedOnAdd();
        builder.Property(s => s.Filter).HasColumnType("jsonb");
        builder.Property(s => s.Content).HasColumnType("jsonb");
    }
}

/// <summary>A snapshot in the list.</summary>
/// <param name="Total">how many match, on all pages</param>
internal sealed record SnapshotRow(
    int Year,
    int Number,
    ProgressLevel Level,
    string TitleTh,
    string TitleEn,
    string? UnitTh,
    string? UnitEn,
    DateOnly AsOf,
    DateTimeOffset TakenAt,
    string TakenByName,
    int Total
);

/// <summary>How the list is ordered; a key of the address's <c>sort</c>.</summary>
internal enum SnapshotSort
{
    Number,
    AsOf,
    Title,
    Unit,
}

/// <summary>Snapshots that the actor may read: of its scope, and those its unit took.</summary>
internal sealed class SnapshotQueries(AppDb db)
{
    public const int PageSize = 50;

    public Task<ProgressSnapshot?> FindAsync(int year, int number, CancellationToken cancellationToken) =>
        db.Set<ProgressSnapshot>().FirstOrDefaultAsync(s => s.Year == year && s.Number == number, cancellationToken);

    /// <param name="search">part of the round's title, the unit's name or "number/year"</param>
    /// <param name="page">from 1</param>
    public async Task<IReadOnlyList<SnapshotRow>> ListAsync(
        string? search,
        SnapshotSort sort,
        bool descending,
        int page,
        CancellationToken cancellationToken
    )
    {
        var like = search is null ? null : $"%{ProgressRounds.EscapeLike(search)}%";
        var (key, direction, skip) = (SnakeCase.Of(sort), descending ? -1 : 1, (page - 1) * PageSize);
        return await db
            .Database.SqlQuery<SnapshotRow>(
                $"""
                select s.year, s.number, s.level, s.title_th, s.title_en, s.unit_th, s.unit_en, s.as_of, s.taken_at,
                    s.taken_by_name, count(*) over ()::int as total
                from (
                    select k.year, k.number, k.level, k.as_of, k.taken_at, k.taken_by_name,
                        k.content -> 'round' ->> 'title_th' as title_th, k.content -> 'round' ->> 'title_en' as title_en,
                        coalesce(k.content -> 'district', k.content -> 'province') ->> 'name_th' as unit_th,
                        coalesce(k.content -> 'district', k.content -> 'province') ->> 'name_en' as unit_en
                    from progress_snapshot k) s
                where {like}::text is null or s.title_th ilike {like} or s.title_en ilike {like} or s.unit_th ilike {like}
                    or s.unit_en ilike {like} or s.number || '/' || s.year like {like}
                order by
                    case {key}
                        when 'as_of' then s.as_of - date '2000-01-01'
                        when 'title' then rank() over (order by s.title_th collate thai)
                        when 'unit' then rank() over (order by s.unit_th collate thai nulls first)
                        else s.year * 1000000::bigint + s.number
                    end * {direction}, s.year desc, s.number desc
                offset {skip} limit {PageSize}
                """
            )
            .ToListAsync(cancellationToken);
    }
}

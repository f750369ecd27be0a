using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thongthin.Data;
using Thongthin.Platform.Security;

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

    /// <summary>Kept by the program at the end of a day, not by hand.</summary>
    public bool IsDaily { get; init; }

    /// <summary>The LAOs of the table that were done; null in tables kept before this was stored.</summary>
    public int[]? DoneLaos { get; init; }

    /// <summary>A table as it is to be kept; year and number are the database's to give.</summary>
    public static ProgressSnapshot Of(Actor actor, ProgressRound round, ProgressTable table, bool isDaily) =>
        new()
        {
            ProgressSnapshotId = Guid.CreateVersion7(),
            RoundId = round.RoundId,
            Level = table.Level,
            UnitId = table.UnitId,
            AsOf = table.AsOf,
            Filter = JsonSerializer.Serialize(table.Filter, Json),
            Content = JsonSerializer.Serialize(table, Json),
            TakenAt = actor.At.ToUniversalTime(),
            TakenBy = actor.UserId,
            TakenByName = actor.DisplayName,
            TakenByUnitId = actor.UnitId,
            IsDaily = isDaily,
            DoneLaos = [.. table.DoneLaos],
        };

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

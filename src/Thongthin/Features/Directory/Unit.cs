using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Thongthin.Features.Directory;

/// <summary>
/// The Department, a province or district office, or an LAO. The id never changes and says nothing; all that can change
/// about a unit is dated, in <see cref="UnitVersion"/> and <see cref="Supervision"/>.
/// </summary>
internal sealed class Unit
{
    public int UnitId { get; init; }

    public required DateOnly CreatedOn { get; set; }

    /// <summary>The first day on which it no longer exists.</summary>
    public DateOnly? AbolishedOn { get; set; }

    /// <summary>The Department allows the person who recorded to certify as well (small LAOs).</summary>
    public bool AllowsSelfCertification { get; set; }

    /// <summary>Square kilometres, by the Department's registry; null where it says nothing that can be believed.</summary>
    public decimal? AreaKm2 { get; set; }

    /// <summary>WGS 84, degrees north; with <see cref="Longitude"/> or not at all.</summary>
    public decimal? Latitude { get; set; }

    /// <summary>WGS 84, degrees east.</summary>
    public decimal? Longitude { get; set; }

    /// <summary>The day of the newest registry that area and coordinates come from.</summary>
    public DateOnly? PlaceAsOf { get; set; }
}

/// <summary>What a unit is called and where it stands, from a day on to the day before another. Versions of one unit never overlap.</summary>
internal sealed class UnitVersion
{
    public required Guid UnitVersionId { get; init; }

    public required int UnitId { get; init; }

    public required DateOnly ValidFrom { get; set; }

    /// <summary>Exclusive; null: still.</summary>
    public DateOnly? ValidTo { get; set; }

    public required UnitKind Kind { get; set; }

    public required string NameTh { get; set; }

    public string NameEn { get; set; } = "";

    /// <summary>อบต.แสนตอ; a province's letters in the numbers of its letters (อต); else empty.</summary>
    public string AbbreviationTh { get; set; } = "";

    /// <summary>LAO: eight digits; province: two; district: four. It changes and may disagree with the rest.</summary>
    public string? Code { get; set; }

    /// <summary>null for the Department and provinces.</summary>
    public int? ProvinceId { get; set; }

    /// <summary>null for offices.</summary>
    public int? DistrictId { get; set; }

    /// <summary>Place in printed tables, among the units of the same parent.</summary>
    public int ReportOrder { get; set; }

    /// <summary>The event that began this version.</summary>
    public Guid? UnitEventId { get; set; }
}

/// <summary>Which office follows an LAO up, from a day on to the day before another.</summary>
internal sealed class Supervision
{
    public required Guid SupervisionId { get; init; }

    public required int LaoId { get; init; }

    public required int SupervisingUnitId { get; set; }

    public required DateOnly ValidFrom { get; set; }

    /// <summary>Exclusive; null: still.</summary>
    public DateOnly? ValidTo { get; set; }

    public Guid? UnitEventId { get; set; }
}

/// <summary>What happened to units. Texts <c>unit_event.KIND</c>.</summary>
internal enum UnitEventKind
{
    Create,
    Rename,
    ChangeKind,
    Merge,
    Split,
    Move,
    Abolish,
    ChangeCode,
    ChangeSupervision,
    Import,
}

/// <summary>A dated change in the tree of units. The effective day may lie before the day on which it was entered.</summary>
internal sealed class UnitEvent
{
    public required Guid UnitEventId { get; init; }

    public required UnitEventKind Kind { get; init; }

    public required DateOnly EffectiveOn { get; init; }

    public required string Reason { get; init; }

    /// <summary>The announcement or letter behind it.</summary>
    public string? Reference { get; init; }

    public required DateTimeOffset EnteredAt { get; init; }

    public Guid? EnteredBy { get; init; }
}

/// <summary>What a unit was in an event.</summary>
internal enum UnitEventPart
{
    /// <summary>Changed by it.</summary>
    Subject,

    /// <summary>Its data is reached from the successors; it stays its own.</summary>
    Predecessor,
    Successor,
}

/// <summary>A unit of an event.</summary>
internal sealed class UnitEventUnit
{
    public required Guid UnitEventId { get; init; }

    public required int UnitId { get; init; }

    public required UnitEventPart Part { get; init; }
}

/// <summary>A part of an office (กลุ่มงาน, กอง): its code in letter numbers and its contact block. Members point at it from their memberships.</summary>
internal sealed class UnitGroup
{
    public required Guid UnitGroupId { get; init; }

    public required int UnitId { get; init; }

    /// <summary>.๒</summary>
    public string Code { get; set; } = "";

    public required string NameTh { get; set; }

    public string NameEn { get; set; } = "";

    public string Telephone { get; set; } = "";

    public string Fax { get; set; } = "";

    public string Email { get; set; } = "";

    public string CoOrdinator { get; set; } = "";

    public bool Active { get; set; } = true;
}

internal sealed class UnitMapping
    : IEntityTypeConfiguration<Unit>,
        IEntityTypeConfiguration<UnitVersion>,
        IEntityTypeConfiguration<Supervision>,
        IEntityTypeConfiguration<UnitEvent>,
        IEntityTypeConfiguration<UnitEventUnit>,
        IEntityTypeConfiguration<UnitGroup>
{
    public void Configure(EntityTypeBuilder<Unit> builder)
    {
        builder.HasKey(u => u.UnitId);
        builder.Property(u => u.UnitId).UseIdentityByDefaultColumn();
    }

    public void Configure(EntityTypeBuilder<UnitVersion> builder) => builder.HasKey(v => v.UnitVersionId);

    public void Configure(EntityTypeBuilder<Supervision> builder) => builder.HasKey(s => s.SupervisionId);

    public void Configure(EntityTypeBuilder<UnitEvent> builder) => builder.HasKey(e => e.UnitEventId);

    public void Configure(EntityTypeBuilder<UnitEventUnit> builder) =>
        builder.HasKey(u => new
        {
            u.UnitEventId,
            u.UnitId,
            u.Part,
        });

    public void Configure(EntityTypeBuilder<UnitGroup> builder) => builder.HasKey(g => g.UnitGroupId);
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Thongthin.Features.Rounds;

/// <summary>What makes an LAO done in a round.</summary>
internal enum DoneMeans
{
    Recorded,
    Certified,
}

/// <summary>
/// A call to record some topics for one fiscal year, by an audience, before a deadline. A draft until it is opened;
/// opening freezes its forms, audience and roster. Days are Bangkok days, each to its end.
/// </summary>
internal sealed class Round
{
    public required Guid RoundId { get; init; }

    /// <summary>Names the round in addresses and on the command line.</summary>
    public required string Slug { get; set; }

    /// <summary>Buddhist era.</summary>
    public required int FiscalYear { get; set; }

    public required string TitleTh { get; set; }

    public required string TitleEn { get; set; }

    public required DateOnly OpensOn { get; set; }

    /// <summary>The shown deadline: recorded after its end is late.</summary>
    public required DateOnly Deadline { get; set; }

    /// <summary>After this day nobody edits or submits, unless the submission is kept open.</summary>
    public required DateOnly ClosesOn { get; set; }

    public required DoneMeans DoneMeans { get; set; }

    /// <summary>How many days a return or an allowed amendment keeps a submission open.</summary>
    public int ReturnDays { get; set; } = 15;

    public Guid? UnitGroupId { get; set; }

    public string Contact { get; set; } = "";

    /// <summary>A draft that the program opens on <see cref="OpensOn"/>.</summary>
    public bool OpensItself { get; set; }

    /// <summary>Why that failed the last time: the refusal's code and its arguments.</summary>
    public string[]? OpeningRefusal { get; set; }

    public DateTimeOffset? OpenedAt { get; set; }

    public DateTimeOffset? CancelledAt { get; set; }

    public string? CancelReason { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public Guid? CreatedBy { get; init; }
}

/// <summary>A form that the round asks for, in the version that its submissions use.</summary>
internal sealed class RoundForm
{
    public required Guid RoundId { get; init; }

    public required string FormId { get; init; }

    public required int FormVersion { get; init; }

    /// <summary>Of a form that is a catalogue: the list of its items; null until the round opens.</summary>
    public string? Catalogue { get; init; }

    /// <summary>The newest edition when the round opened.</summary>
    public int? CatalogueEdition { get; init; }
}

/// <summary>
/// One line of who is asked. <c>kind</c>: this kind of LAO; <c>province</c> and <c>unit</c> narrow it to the LAOs there
/// or to the named ones. An LAO is asked when its kind is listed (or no kind is), and, where provinces or units are
/// listed, it is in one of them.
/// </summary>
internal sealed class RoundAudience
{
    public required Guid RoundId { get; init; }

    public required string Part { get; init; }

    public string? Kind { get; init; }

    public int? UnitId { get; init; }
}

internal sealed class RoundMapping
    : IEntityTypeConfiguration<Round>,
        IEntityTypeConfiguration<RoundForm>,
        IEntityTypeConfiguration<RoundAudience>,
        IEntityTypeConfiguration<RoundRoster>
{
    public void Configure(EntityTypeBuilder<Round> builder) => builder.HasKey(r => r.RoundId);

    public void Configure(EntityTypeBuilder<RoundForm> builder) => builder.HasKey(f => new { f.RoundId, f.FormId });

    public void Configure(EntityTypeBuilder<RoundAudience> builder) => builder.HasNoKey();

    public void Configure(EntityTypeBuilder<RoundRoster> builder) => builder.HasKey(r => new { r.RoundId, r.LaoId });
}

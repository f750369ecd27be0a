using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Thongthin.Features.Forms;

/// <summary>A catalogue as it was imported: never changed; a round keeps the edition that was the newest when it opened.</summary>
internal sealed class CatalogueEdition
{
    /// <summary>Words of a–z and 0–9 joined by hyphens, e.g. mission-catalogue.</summary>
    public required string Catalogue { get; init; }

    /// <summary>1, 2, 3 …</summary>
    public required int Edition { get; init; }

    /// <summary>Name of the file that it came from.</summary>
    public required string Source { get; init; }

    /// <summary>SHA-256 of the items.</summary>
    public required byte[] Sha256 { get; init; }

    public required DateTimeOffset ImportedAt { get; init; }

    public Guid? ImportedBy { get; init; }
}

/// <summary>One item that the LAOs of some kinds answer.</summary>
internal sealed class CatalogueItem
{
    public required string Catalogue { get; init; }

    public required int Edition { get; init; }

    /// <summary>The same in every edition.</summary>
    public required string Code { get; init; }

    /// <summary>1 to 6, the areas of the decentralization plans; texts <c>catalogue.area.N</c>.</summary>
    public required int Area { get; init; }

    public required string NameTh { get; init; }

    public required string NameEn { get; init; }

    /// <summary>The department that transferred it.</summary>
    public required string DepartmentTh { get; init; }

    public required string PlanEdition { get; init; }

    public required string LegalBasis { get; init; }

    /// <summary>Kinds of LAO, as in <c>unit_version.kind</c>.</summary>
    public required string[] Kinds { get; init; }

    public required bool IsCompulsory { get; init; }

    /// <summary>In which its quantity is counted; empty: none.</summary>
    public required string UnitTh { get; init; }

    public required string UnitEn { get; init; }

    /// <summary>null: always was.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>The first day that is out; null: no end.</summary>
    public DateOnly? ValidTo { get; init; }
}

internal sealed class CatalogueMapping
    : IEntityTypeConfiguration<CatalogueEdition>,
        IEntityTypeConfiguration<CatalogueItem>
{
    public void Configure(EntityTypeBuilder<CatalogueEdition> builder) =>
        builder.HasKey(e => new { e.Catalogue, e.Edition });

    public void Configure(EntityTypeBuilder<CatalogueItem> builder) =>
        builder.HasKey(i => new
        {
            i.Catalogue,
            i.Edition,
            i.Code,
        });
}

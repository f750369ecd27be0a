global using FormShape = Thongthin.Forms.Schema.FormShape;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Thongthin.Features.Forms;

/// <summary>One topic inside a sector. Its questions are in its versions.</summary>
internal sealed class Form
{
    /// <summary>Words of a–z and 0–9 joined by hyphens, e.g. international-agreements.</summary>
    public required string FormId { get; init; }

    /// <summary>1 to 8.</summary>
    public required int Sector { get; set; }

    public required FormShape Shape { get; set; }

    public required string TitleTh { get; set; }

    public required string TitleEn { get; set; }

    public Guid? UnitGroupId { get; set; }

    public int ReportOrder { get; set; }
}

/// <summary>A published set of questions: never changed, valid from a fiscal year.</summary>
internal sealed class FormVersion
{
    public required string FormId { get; init; }

    /// <summary>1, 2, 3 …</summary>
    public required int Version { get; init; }

    public required int FirstFiscalYear { get; init; }

    /// <summary>The definition as JSON, for readers outside the program; the program itself reads <see cref="Source"/>.</summary>
    public required string Definition { get; init; }

    /// <summary>The XLSForm as Markdown tables.</summary>
    public required string Source { get; init; }

    /// <summary>SHA-256 of <see cref="Source"/> in UTF-8.</summary>
    public required byte[] Sha256 { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    public Guid? PublishedBy { get; init; }
}

internal sealed class FormMapping : IEntityTypeConfiguration<Form>, IEntityTypeConfiguration<FormVersion>
{
    public void Configure(EntityTypeBuilder<Form> builder) => builder.HasKey(f => f.FormId);

    public void Configure(EntityTypeBuilder<FormVersion> builder)
    {
        builder.HasKey(v => new { v.FormId, v.Version });
        builder.Property(v => v.Definition).HasColumnType("jsonb");
    }
}

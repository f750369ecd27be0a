using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thongthin.Features.Forms;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Verification;
using Thongthin.Forms.XlsForm;

namespace Thongthin.Features.Authoring;

/// <summary>A form that was uploaded and waits to be published. It is never changed: another upload is another draft.</summary>
internal sealed class FormDraft
{
    public required Guid FormDraftId { get; init; }

    public required string FileName { get; init; }

    /// <summary>The XLSForm as Markdown tables, with the choice lists that came along.</summary>
    public required string Source { get; init; }

    /// <summary>A list of <see cref="DraftFinding"/> as JSON.</summary>
    public required string Findings { get; init; }

    public required DateTimeOffset UploadedAt { get; init; }

    public Guid? UploadedBy { get; init; }

    public IReadOnlyList<DraftFinding> ReadFindings() =>
        JsonSerializer.Deserialize<IReadOnlyList<DraftFinding>>(Findings, Json) ?? [];

    /// <summary>null while there are errors.</summary>
    public FormDefinition? ReadDefinition() => XlsFormReader.Read(Source, FileName, OwnLists.Find).Definition;

    public static JsonSerializerOptions Json { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

/// <summary>A finding with the row it is about, as the file has it.</summary>
/// <param name="Cells">of the row; empty when it is about the sheet or the file</param>
internal sealed record DraftFinding(
    string Code,
    bool IsError,
    string? Sheet,
    int? Row,
    string? Column,
    string Th,
    string En,
    IReadOnlyList<string> Cells
)
{
    public static DraftFinding Of(Finding finding, FormReading reading) =>
        new(
            finding.Code,
            finding.Severity == FindingSeverity.Error,
            finding.Sheet,
            finding.Row,
            finding.Column,
            finding.Message.In("th"),
            finding.Message.In("en"),
            reading.Cells(finding.Sheet, finding.Row)
        );
}

internal sealed class FormDraftMapping : IEntityTypeConfiguration<FormDraft>
{
    public void Configure(EntityTypeBuilder<FormDraft> builder)
    {
        builder.HasKey(d => d.FormDraftId);
        builder.Property(d => d.Findings).HasColumnType("jsonb");
    }
}

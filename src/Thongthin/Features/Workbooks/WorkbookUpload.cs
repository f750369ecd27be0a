using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Thongthin.Features.Workbooks;

/// <summary>
/// A workbook that was sent in and understood, waiting for the person's decision: theirs alone, and gone after a week.
/// Nothing of it is in the answers before it is applied.
/// </summary>
internal sealed class WorkbookUpload
{
    public required Guid WorkbookUploadId { get; init; }

    public required Guid UserId { get; init; }

    public required int UnitId { get; init; }

    public required string FormId { get; init; }

    public required int FiscalYear { get; init; }

    public required string FileName { get; init; }

    public required DateTimeOffset UploadedAt { get; init; }

    /// <summary>The <see cref="WorkbookContent"/> as JSON.</summary>
    public required string Content { get; init; }

    /// <summary>Answer sheets worked on by an application that runs, or ran.</summary>
    public int Done { get; init; }

    public DateTimeOffset? AppliedAt { get; init; }

    /// <summary>The <see cref="WorkbookResult"/> as JSON; null until applied.</summary>
    public string? Result { get; init; }

    public WorkbookContent ReadContent() =>
        JsonSerializer.Deserialize<WorkbookContent>(Content, Json)
        ?? throw new InvalidDataException($"Upload {WorkbookUploadId} has no content.");

    public WorkbookResult? ReadResult() =>
        Result is null ? null : JsonSerializer.Deserialize<WorkbookResult>(Result, Json);

    public static JsonSerializerOptions Json { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

/// <summary>What an application stored.</summary>
/// <param name="Sheets">answer sheets that were changed</param>
/// <param name="Skipped">answer sheets left as they were, or fields of an annual form, because of a problem</param>
internal sealed record WorkbookResult(int Sheets, int Answers, int Skipped, IReadOnlyList<CellProblem> Problems);

internal sealed class WorkbookUploadMapping : IEntityTypeConfiguration<WorkbookUpload>
{
    public void Configure(EntityTypeBuilder<WorkbookUpload> builder)
    {
        builder.HasKey(u => u.WorkbookUploadId);
        builder.Property(u => u.Content).HasColumnType("jsonb");
        builder.Property(u => u.Result).HasColumnType("jsonb");
    }
}

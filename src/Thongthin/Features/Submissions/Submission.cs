using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Thongthin.Features.Submissions;

/// <summary>Names one submission. The LAO is part of the key everywhere, so that no reference can cross from one to another.</summary>
internal readonly record struct SubmissionKey(int LaoId, Guid SubmissionId);

/// <summary>
/// One LAO's answer to one form for one fiscal year. Its state changes only through a <see cref="SubmissionEvent"/>,
/// which the database applies; nothing here is written by the program but <see cref="OpenUntil"/> and
/// <see cref="ReviewedAt"/>.
/// </summary>
internal sealed class Submission
{
    public required int LaoId { get; init; }

    public required Guid SubmissionId { get; init; }

    public required Guid RoundId { get; init; }

    public required string FormId { get; init; }

    public required int FormVersion { get; init; }

    public required int FiscalYear { get; init; }

    public SubmissionState State { get; init; }

    public DateTimeOffset? StateChangedAt { get; init; }

    /// <summary>How many events there are; the next one has this number plus one.</summary>
    public int EventCount { get; init; }

    public bool IsNil { get; init; }

    public DateTimeOffset? RecordedAt { get; init; }

    public DateTimeOffset? CertifiedAt { get; init; }

    public DateOnly? OpenUntil { get; init; }

    /// <summary>The latest day of the extensions that stand; the database's to write.</summary>
    public DateOnly? ExtendedUntil { get; init; }

    public DateTimeOffset? ReviewedAt { get; init; }
}

/// <summary>One transition, or a note about one: who, when, from, to, why. Appended, never changed.</summary>
internal sealed class SubmissionEvent
{
    public required int LaoId { get; init; }

    public required Guid SubmissionId { get; init; }

    /// <summary>1, 2, 3 … without gaps within a submission.</summary>
    public required int Number { get; init; }

    public required Guid SubmissionEventId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required SubmissionAction Action { get; init; }

    public required SubmissionState FromState { get; init; }

    public required SubmissionState ToState { get; init; }

    public Guid? UserId { get; init; }

    public required string UserName { get; init; }

    /// <summary>The actor's role in snake case, or job.</summary>
    public required string Role { get; init; }

    public int? UnitId { get; init; }

    public required string UnitName { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>JSON; return: <c>{"fields": [path…]}</c>, certify: <c>{"certificate_id"}</c>.</summary>
    public string Detail { get; init; } = "{}";

    public string CorrelationId { get; init; } = "";
}

internal sealed class SubmissionMapping
    : IEntityTypeConfiguration<Submission>,
        IEntityTypeConfiguration<SubmissionEvent>,
        IEntityTypeConfiguration<Record>,
        IEntityTypeConfiguration<AnswerSheet>,
        IEntityTypeConfiguration<AnswerVersion>,
        IEntityTypeConfiguration<AnswerSave>,
        IEntityTypeConfiguration<Certificate>
{
    public void Configure(EntityTypeBuilder<Submission> builder) =>
        builder.HasKey(s => new { s.LaoId, s.SubmissionId });

    public void Configure(EntityTypeBuilder<SubmissionEvent> builder)
    {
        builder.HasKey(e => new
        {
            e.LaoId,
            e.SubmissionId,
            e.Number,
        });
        builder.Property(e => e.Detail).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<Record> builder) => builder.HasKey(r => new { r.LaoId, r.RecordId });

    public void Configure(EntityTypeBuilder<AnswerSheet> builder)
    {
        builder.HasKey(s => new { s.LaoId, s.AnswerSheetId });
        builder.Property(s => s.Answers).HasColumnType("jsonb");
        builder.Property(s => s.FieldRevision).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<AnswerVersion> builder)
    {
        builder.HasKey(v => new
        {
            v.LaoId,
            v.AnswerSheetId,
            v.Number,
        });
        builder.Property(v => v.Answers).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<AnswerSave> builder)
    {
        builder.HasKey(s => new
        {
            s.LaoId,
            s.AnswerSheetId,
            s.SaveKey,
        });
        builder.Property(s => s.StoredAt).ValueGeneratedOnAdd();
    }

    public void Configure(EntityTypeBuilder<Certificate> builder) =>
        builder.HasKey(c => new { c.LaoId, c.CertificateId });
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Thongthin.Platform.Files;

/// <summary>A file of an LAO: its name there, and the SHA-256 under which its content is stored.</summary>
internal sealed class Attachment
{
    public required int LaoId { get; init; }

    public required Guid AttachmentId { get; init; }

    public required byte[] Sha256 { get; init; }

    public required string Name { get; init; }

    /// <summary>A small JPEG; null: none was sent.</summary>
    public byte[]? Thumbnail { get; init; }

    public required DateTimeOffset StoredAt { get; init; }

    public Guid? StoredBy { get; init; }

    public required string StoredByName { get; init; }
}

/// <summary>What is stored once under its SHA-256, in pieces.</summary>
internal sealed class FileContent
{
    public required byte[] Sha256 { get; init; }

    public required int Size { get; init; }

    public required string ContentType { get; init; }
}

/// <summary>A file on its way: one person's, until all of it has arrived.</summary>
internal sealed class FileUpload
{
    public required int LaoId { get; init; }

    public required Guid FileUploadId { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>What it is for, in the words of the feature.</summary>
    public required string Subject { get; init; }

    public required string Name { get; init; }

    public required int Size { get; init; }

    /// <summary>As the sender announced it.</summary>
    public required byte[] Sha256 { get; init; }

    /// <summary>How many bytes have arrived, from the beginning and without a gap.</summary>
    public int Received { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

internal sealed class FileMapping
    : IEntityTypeConfiguration<Attachment>,
        IEntityTypeConfiguration<FileContent>,
        IEntityTypeConfiguration<FileUpload>
{
    public void Configure(EntityTypeBuilder<Attachment> builder) =>
        builder.HasKey(file => new { file.LaoId, file.AttachmentId });

    public void Configure(EntityTypeBuilder<FileContent> builder) => builder.HasKey(content => content.Sha256);

    public void Configure(EntityTypeBuilder<FileUpload> builder) =>
        builder.HasKey(upload => new { upload.LaoId, upload.FileUploadId });
}

using Microsoft.EntityFrameworkCore;
using Npgsql;
using Thongthin.Data;

namespace Thongthin.Platform.Files;

/// <summary>An attachment with what is known of its content.</summary>
internal sealed record AttachmentDetail(
    int LaoId,
    Guid AttachmentId,
    string Name,
    int Size,
    string ContentType,
    byte[] Sha256
)
{
    public FileKind Kind => FileKinds.Of(ContentType)!.Value;
}

/// <summary>Reads attachments; what is not in the actor's scope is not there.</summary>
internal sealed class AttachmentQueries(AppDb db)
{
    public async Task<AttachmentDetail?> FindAsync(int laoId, Guid attachmentId, CancellationToken cancellationToken) =>
        (await ListAsync(laoId, [attachmentId], cancellationToken)).SingleOrDefault();

    /// <summary>Those of these that the LAO has.</summary>
    public async Task<IReadOnlyList<AttachmentDetail>> ListAsync(
        int laoId,
        IReadOnlyCollection<Guid> attachmentIds,
        CancellationToken cancellationToken
    ) =>
        attachmentIds.Count == 0
            ? []
            : await db.Set<Attachment>()
                .Where(file => file.LaoId == laoId && attachmentIds.Contains(file.AttachmentId))
                .Join(
                    db.Set<FileContent>(),
                    file => file.Sha256,
                    content => content.Sha256,
                    (file, content) =>
                        new AttachmentDetail(
                            file.LaoId,
                            file.AttachmentId,
                            file.Name,
                            content.Size,
                            content.ContentType,
                            file.Sha256
                        )
                )
                .ToListAsync(cancellationToken);

    /// <summary>The small picture of it; null when there is none.</summary>
    public Task<byte[]?> FindThumbnailAsync(int laoId, Guid attachmentId, CancellationToken cancellationToken) =>
        db.Set<Attachment>()
            .Where(file => file.LaoId == laoId && file.AttachmentId == attachmentId)
            .Select(file => file.Thumbnail)
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>
    /// The content, to be read piece by piece from any place. The request's connection goes back first: a slow reader must
    /// not keep one waiting.
    /// </summary>
    public async Task<Stream> OpenAsync(AttachmentDetail attachment)
    {
        await db.Database.CloseConnectionAsync();
        return new PieceStream(
            db,
            attachment.Size,
            "select bytes from file_piece where sha256 = @sha256 and number = @number",
            new NpgsqlParameter("sha256", attachment.Sha256)
        );
    }
}

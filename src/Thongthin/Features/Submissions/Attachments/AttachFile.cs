using Thongthin.Data;
using Thongthin.Forms.Answers;
using Thongthin.Platform.Files;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions.Attachments;

/// <summary>
/// Makes an attachment of the LAO out of a file that has arrived: hashed and looked into first, kept in one transaction with
/// its audit event. It answers its question once a save says so, like anything else that is typed. Asked again, because the
/// first answer got lost, it gives the same one.
/// </summary>
internal sealed class AttachFile(AppDb db, Uploads uploads, AttachmentQueries attachments)
{
    /// <param name="thumbnail">a small JPEG; null: none</param>
    /// <returns>The answer.</returns>
    /// <exception cref="Refusal">as <see cref="LockedSubmission.RequireEditable"/> and <see cref="Uploads.CheckAsync"/></exception>
    public async Task<StoredFile> ExecuteAsync(
        Actor actor,
        SubmissionKey key,
        Guid uploadId,
        byte[]? thumbnail,
        CancellationToken cancellationToken
    )
    {
        if (await attachments.FindAsync(key.LaoId, uploadId, cancellationToken) is { } done)
        {
            return new StoredFile(done.AttachmentId, done.Name, done.Size, done.ContentType);
        }
        var (upload, kind) = await uploads.CheckAsync(actor, key.LaoId, uploadId, cancellationToken);
        await using var submission = await LockedSubmission.OpenAsync(db, actor, key, cancellationToken);
        submission.RequireEditable();
        if (AttachmentPlace.Of(upload.Subject)?.SubmissionId != key.SubmissionId)
        {
            throw new Refusal("upload_not_found");
        }
        await uploads.KeepAsync(actor, upload, kind, thumbnail, cancellationToken);
        await submission.AuditAsync(
            "file_attached",
            new
            {
                attachment = uploadId,
                upload.Size,
                type = kind.ContentType(),
                sha256 = Convert.ToHexStringLower(upload.Sha256),
            },
            cancellationToken
        );
        await submission.CommitAsync(cancellationToken);
        return new StoredFile(uploadId, upload.Name, upload.Size, kind.ContentType());
    }
}

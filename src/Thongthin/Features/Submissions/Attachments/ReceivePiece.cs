using Thongthin.Platform.Files;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions.Attachments;

/// <summary>
/// Takes one piece of an announced file. Whether the submission may still be changed is asked when the file is announced and
/// again when it is attached, not for every piece.
/// </summary>
internal sealed class ReceivePiece(Uploads uploads)
{
    /// <exception cref="Refusal">not_allowed, and as <see cref="Uploads.ReceiveAsync"/></exception>
    public Task<PieceResult> ExecuteAsync(
        Actor actor,
        SubmissionKey key,
        Guid uploadId,
        int offset,
        byte[] sha256,
        Stream piece,
        CancellationToken cancellationToken
    ) =>
        SubmissionAccess.MayEdit(actor, key.LaoId)
            ? uploads.ReceiveAsync(actor, key.LaoId, uploadId, offset, sha256, piece, cancellationToken)
            : throw new Refusal("not_allowed");
}

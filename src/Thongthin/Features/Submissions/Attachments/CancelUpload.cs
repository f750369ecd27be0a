using Thongthin.Platform.Files;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions.Attachments;

/// <summary>Gives up the person's own upload that has not been attached.</summary>
internal sealed class CancelUpload(Uploads uploads)
{
    /// <exception cref="Refusal">upload_not_found</exception>
    public async Task ExecuteAsync(Actor actor, SubmissionKey key, Guid uploadId, CancellationToken cancellationToken)
    {
        if (!await uploads.CancelAsync(actor, key.LaoId, uploadId, cancellationToken))
        {
            throw new Refusal("upload_not_found");
        }
    }
}

using System.Net.Mime;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Net.Http.Headers;
using Thongthin.Platform.Files;

namespace Thongthin.Features.Submissions.Attachments;

/// <summary>
/// An attachment's content, piece by piece, whole or in part. What is not in scope is not there. A browser shows pictures and
/// saves everything else; whatever it makes of the content, it runs nothing and speaks for nobody (sandbox, nosniff).
/// </summary>
internal sealed class AttachmentModel(AttachmentQueries attachments) : PageModel
{
    /// <summary>A picture without a thumbnail is shown itself up to this size.</summary>
    private const int SmallPictureBytes = 300 * 1024;

    public async Task<IActionResult> OnGetAsync(int laoId, Guid attachmentId, CancellationToken cancellationToken) =>
        await attachments.FindAsync(laoId, attachmentId, cancellationToken) is { } attachment
            ? await WholeAsync(attachment)
            : NotFound();

    /// <summary>The small picture; of a picture without one the picture itself when it is small, else a sign for a picture.</summary>
    public async Task<IActionResult> OnGetThumbnailAsync(
        int laoId,
        Guid attachmentId,
        CancellationToken cancellationToken
    )
    {
        if (
            await attachments.FindAsync(laoId, attachmentId, cancellationToken)
            is not { Kind: FileKind.Jpeg or FileKind.Png } attachment
        )
        {
            return NotFound();
        }
        if (await attachments.FindThumbnailAsync(laoId, attachmentId, cancellationToken) is { } thumbnail)
        {
            Guard();
            return File(thumbnail, MediaTypeNames.Image.Jpeg);
        }
        return attachment.Size <= SmallPictureBytes ? await WholeAsync(attachment) : Redirect("/img/picture.svg");
    }

    private async Task<IActionResult> WholeAsync(AttachmentDetail attachment)
    {
        Guard();
        var disposition = new ContentDispositionHeaderValue(attachment.Kind.IsPicture() ? "inline" : "attachment");
        disposition.SetHttpFileName(attachment.Name);
        Response.Headers.ContentDisposition = disposition.ToString();
        return new FileStreamResult(await attachments.OpenAsync(attachment), attachment.ContentType)
        {
            EntityTag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(attachment.Sha256)}\""),
            EnableRangeProcessing = true,
        };
    }

    /// <summary>Asked for again each time, so that who lost the scope is shown nothing out of the browser's store.</summary>
    private void Guard()
    {
        Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";
        Response.Headers.CacheControl = "private, no-cache";
    }
}

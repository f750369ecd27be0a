using System.Net.Mime;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc;
using Thongthin.Features.Submissions.Entry;
using Thongthin.Platform.Files;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions.Attachments;

/// <summary>
/// Files on their way, for scripts (js/attachments.js). POST announces one; PUT brings the piece at an offset; GET says how
/// far it got; POST to it attaches it; DELETE gives it up. Answers are JSON: 409 where the offset is another, 422 with what
/// to tell the person.
/// </summary>
internal sealed class UploadsModel(
    CurrentActor actor,
    SubmissionQueries queries,
    Uploads uploads,
    StartUpload startUpload,
    ReceivePiece receivePiece,
    AttachFile attachFile,
    CancelUpload cancelUpload,
    HtmlEncoder encoder,
    Texts texts,
    TimeProvider clock
) : SubmissionPage(actor, queries, texts, clock)
{
    private const int Sha256Bytes = 32;

    [FromRoute]
    public Guid? UploadId { get; set; }

    /// <summary>The person's unfinished uploads for this submission; of one upload how far it got.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (UploadId is { } id)
        {
            return await uploads.FindUploadAsync(Actor, LaoId, id, cancellationToken) is { } upload
                ? new JsonResult(new { offset = upload.Received })
                : NotFound();
        }
        var subject = AttachmentPlace.SubjectOf(Submission.Key.SubmissionId);
        var unfinished = await uploads.ListUploadsAsync(Actor, LaoId, subject, cancellationToken);
        return new JsonResult(unfinished.Select(Row));
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        try
        {
            return UploadId is { } id
                ? await AttachAsync(id, cancellationToken)
                : await StartAsync(await Request.ReadFormAsync(cancellationToken), cancellationToken);
        }
        catch (Refusal refusal)
        {
            return RefusedJson(refusal);
        }
    }

    public async Task<IActionResult> OnPutAsync([FromQuery] int offset, CancellationToken cancellationToken)
    {
        if (UploadId is not { } id || offset < 0 || Sha256Of(Request.Headers["Piece-SHA256"]) is not { } sha256)
        {
            return BadRequest();
        }
        try
        {
            var piece = await receivePiece.ExecuteAsync(
                Actor,
                Submission.Key,
                id,
                offset,
                sha256,
                Request.Body,
                cancellationToken
            );
            return new JsonResult(new { offset = piece.Received })
            {
                StatusCode = piece.Outcome switch
                {
                    PieceOutcome.Received => StatusCodes.Status200OK,
                    PieceOutcome.Elsewhere => StatusCodes.Status409Conflict,
                    _ => StatusCodes.Status400BadRequest,
                },
            };
        }
        catch (Refusal refusal)
        {
            return RefusedJson(refusal);
        }
    }

    public async Task<IActionResult> OnDeleteAsync(CancellationToken cancellationToken)
    {
        if (UploadId is not { } id)
        {
            return BadRequest();
        }
        try
        {
            await cancelUpload.ExecuteAsync(Actor, Submission.Key, id, cancellationToken);
            return new NoContentResult();
        }
        catch (Refusal refusal)
        {
            return RefusedJson(refusal);
        }
    }

    private async Task<IActionResult> StartAsync(IFormCollection form, CancellationToken cancellationToken)
    {
        if (!long.TryParse(form["size"], out var size) || Sha256Of(form["sha256"]) is not { } sha256)
        {
            return BadRequest();
        }
        var place = new AttachmentPlace(
            Submission.Key.SubmissionId,
            Guid.TryParse(form["record"], out var record) ? record : null,
            form["path"].ToString()
        );
        var upload = await startUpload.ExecuteAsync(
            Actor,
            Submission.Key,
            place,
            form["name"].ToString(),
            size,
            sha256,
            cancellationToken
        );
        return new JsonResult(Row(upload)) { StatusCode = StatusCodes.Status201Created };
    }

    private async Task<IActionResult> AttachAsync(Guid id, CancellationToken cancellationToken)
    {
        var (isFine, thumbnail) = await ThumbnailAsync(cancellationToken);
        if (!isFine)
        {
            return BadRequest();
        }
        var file = await attachFile.ExecuteAsync(Actor, Submission.Key, id, thumbnail, cancellationToken);
        using var html = new StringWriter();
        AttachmentHtml.Write(file, LaoId, T, new HtmlOut(html, encoder));
        return new JsonResult(new { text = file.ToText(), html = html.ToString() })
        {
            StatusCode = StatusCodes.Status201Created,
        };
    }

    /// <summary>The body: a JPEG of at most <see cref="FileLimits.ThumbnailBytes"/>, or nothing.</summary>
    private async Task<(bool IsFine, byte[]? Thumbnail)> ThumbnailAsync(CancellationToken cancellationToken)
    {
        var body = new byte[FileLimits.ThumbnailBytes + 1];
        var length = await Request.Body.ReadAtLeastAsync(body, body.Length, false, cancellationToken);
        return length == 0 ? (true, null)
            : length > FileLimits.ThumbnailBytes
            || Request.ContentType != MediaTypeNames.Image.Jpeg
            || !FileInspection.IsJpeg(body)
                ? (false, null)
            : (true, body[..length]);
    }

    private static object Row(FileUpload upload) =>
        new
        {
            id = upload.FileUploadId,
            record = AttachmentPlace.Of(upload.Subject)?.RecordId,
            path = AttachmentPlace.Of(upload.Subject)?.Path,
            upload.Name,
            upload.Size,
            offset = upload.Received,
            piece = FileLimits.PieceBytes,
        };

    private static byte[]? Sha256Of(string? hex)
    {
        var bytes = new byte[Sha256Bytes];
        return
            hex?.Length == 2 * Sha256Bytes
            && Convert.FromHexString(hex, bytes, out _, out _) == System.Buffers.OperationStatus.Done
            ? bytes
            : null;
    }

    private JsonResult RefusedJson(Refusal refusal) =>
        new(new { code = refusal.Code, message = T.Refusal(refusal) })
        {
            StatusCode =
                refusal.Code == "upload_not_found"
                    ? StatusCodes.Status404NotFound
                    : StatusCodes.Status422UnprocessableEntity,
        };
}

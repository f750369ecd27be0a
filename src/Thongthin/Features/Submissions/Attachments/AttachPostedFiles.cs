using Thongthin.Data;
using Thongthin.Forms.Answers;
using Thongthin.Platform.Files;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions.Attachments;

/// <summary>What became of the files that came with a form.</summary>
/// <param name="Answers">path → the file that answers it now</param>
/// <param name="Refused">path → why its file was not attached</param>
internal sealed record PostedFiles(
    IReadOnlyDictionary<string, StoredFile> Answers,
    IReadOnlyDictionary<string, Refusal> Refused
);

/// <summary>
/// Attaches the files that an entry form brought along, for who has no scripts. The framework laid them aside in temporary
/// files; from there they go the way of all uploads. One that is refused hinders neither the others nor the rest of the form.
/// </summary>
internal sealed class AttachPostedFiles(AppDb db, StartUpload start, AttachFile attach, Uploads uploads)
{
    public const string NamePrefix = "u.";

    /// <exception cref="Refusal">as <see cref="LockedSubmission.RequireEditable"/>: then none is attached</exception>
    public async Task<PostedFiles> ExecuteAsync(
        Actor actor,
        SubmissionKey key,
        Guid? recordId,
        IFormFileCollection files,
        CancellationToken cancellationToken
    )
    {
        var answers = new Dictionary<string, StoredFile>(StringComparer.Ordinal);
        var refused = new Dictionary<string, Refusal>(StringComparer.Ordinal);
        var chosen = files
            .Where(file => file.Name.StartsWith(NamePrefix, StringComparison.Ordinal) && file.FileName.Length > 0)
            .ToList();
        if (chosen.Count > 0)
        {
            await RequireEditableAsync(actor, key, cancellationToken);
        }
        foreach (var file in chosen)
        {
            var place = new AttachmentPlace(key.SubmissionId, recordId, file.Name[NamePrefix.Length..]);
            try
            {
                answers[place.Path] = await AttachAsync(actor, key, place, file, cancellationToken);
            }
            catch (Refusal refusal)
            {
                refused[place.Path] = refusal;
            }
        }
        return new(answers, refused);
    }

    private async Task<StoredFile> AttachAsync(
        Actor actor,
        SubmissionKey key,
        AttachmentPlace place,
        IFormFile file,
        CancellationToken cancellationToken
    )
    {
        await using var content = file.OpenReadStream();
        var sha256 = await Uploads.HashAsync(content, cancellationToken);
        var upload = await start.ExecuteAsync(actor, key, place, file.FileName, file.Length, sha256, cancellationToken);
        await uploads.FillAsync(actor, upload, content, cancellationToken);
        return await attach.ExecuteAsync(actor, key, upload.FileUploadId, null, cancellationToken);
    }

    private async Task RequireEditableAsync(Actor actor, SubmissionKey key, CancellationToken cancellationToken)
    {
        await using var submission = await LockedSubmission.OpenAsync(db, actor, key, cancellationToken);
        submission.RequireEditable();
    }
}

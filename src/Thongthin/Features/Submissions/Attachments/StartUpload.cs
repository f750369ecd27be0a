using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Platform.Files;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions.Attachments;

/// <summary>
/// Announces a file that is to answer a question. Nothing is kept yet: what becomes of it is told when it is attached.
/// The same file announced again for the same question goes on where it stopped.
/// </summary>
internal sealed class StartUpload(AppDb db, FormLibrary forms, Uploads uploads)
{
    /// <exception cref="Refusal">as <see cref="LockedSubmission.RequireEditable"/> and <see cref="Uploads.StartAsync"/>; not_a_file_question, file_not_a_picture</exception>
    public async Task<FileUpload> ExecuteAsync(
        Actor actor,
        SubmissionKey key,
        AttachmentPlace place,
        string name,
        long size,
        byte[] sha256,
        CancellationToken cancellationToken
    )
    {
        await using var submission = await LockedSubmission.OpenAsync(db, actor, key, cancellationToken);
        submission.RequireEditable();
        var form = await forms.GetAsync(submission.Now.FormId, submission.Now.FormVersion, cancellationToken);
        AttachmentPlace.RequirePicture(place.QuestionOf(form), FileNames.Clean(name));
        var file = new AnnouncedFile(place.Subject, name, size, sha256);
        var upload = await uploads.StartAsync(actor, key.LaoId, file, cancellationToken);
        await submission.CommitAsync(cancellationToken);
        return upload;
    }
}

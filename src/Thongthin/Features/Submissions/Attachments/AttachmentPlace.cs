using Thongthin.Forms.Answers;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Files;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions.Attachments;

/// <summary>The question that a file is to answer.</summary>
/// <param name="RecordId">null: of an annual form's sheet</param>
/// <param name="Path">of the answer</param>
internal sealed record AttachmentPlace(Guid SubmissionId, Guid? RecordId, string Path)
{
    /// <summary>How the subjects of all uploads for this submission begin.</summary>
    public static string SubjectOf(Guid submissionId) => $"submission/{submissionId}/";

    /// <summary>By which an unfinished upload is found again.</summary>
    public string Subject => $"{SubjectOf(SubmissionId)}{RecordId?.ToString() ?? "-"}/{Path}";

    /// <summary>null: the upload is for something else.</summary>
    public static AttachmentPlace? Of(string subject)
    {
        var parts = subject.Split('/', 4);
        return parts is ["submission", var submission, var record, var path] && Guid.TryParse(submission, out var id)
            ? new(id, Guid.TryParse(record, out var recordId) ? recordId : null, path)
            : null;
    }

    /// <exception cref="Refusal">not_a_file_question</exception>
    public Question QuestionOf(FormDefinition form) =>
        AnswerPath.Parse(Path) is { Name: { } name }
        && form.FindQuestion(name) is { TakesAnswer: true } question
        && question.Type.IsFile()
            ? question
            : throw new Refusal("not_a_file_question");

    /// <summary>What may be attached there, as extensions with their dots.</summary>
    public static IEnumerable<string> ExtensionsOf(Question question) =>
        KindsOf(question).SelectMany(kind => kind.Extensions());

    /// <summary>A question that asks for a picture takes nothing else; of sound and moving pictures none is taken at all, so these take any file.</summary>
    public static IEnumerable<FileKind> KindsOf(Question question) =>
        Enum.GetValues<FileKind>().Where(kind => kind.IsPicture() || question.Type != QuestionType.Image);

    /// <summary>A file's content is what its extension says, or it is refused: so the extension alone tells a picture.</summary>
    /// <exception cref="Refusal">file_not_a_picture (with the name)</exception>
    public static void RequirePicture(Question question, string name)
    {
        if (question.Type == QuestionType.Image && !ExtensionsOf(question).Contains(FileNames.ExtensionOf(name)))
        {
            throw new Refusal("file_not_a_picture", name);
        }
    }
}

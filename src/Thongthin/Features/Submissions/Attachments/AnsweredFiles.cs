using Thongthin.Forms.Answers;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Files;

namespace Thongthin.Features.Submissions.Attachments;

/// <summary>
/// Which attachments the posted answers of file questions name. What a page sends is never believed: name, size and type
/// come from what is stored, and an attachment of another LAO is not there.
/// </summary>
internal sealed class AnsweredFiles(AttachmentQueries attachments)
{
    /// <param name="fields">path → what was posted</param>
    public async Task<IReadOnlyDictionary<Guid, StoredFile>> FindAsync(
        int laoId,
        FormDefinition form,
        IReadOnlyDictionary<string, string> fields,
        CancellationToken cancellationToken
    )
    {
        var ids = fields
            .Where(field => IsFile(form, field.Key))
            .Select(field => StoredFile.Parse(field.Value)?.Id)
            .OfType<Guid>()
            .Distinct()
            .ToList();
        return (await attachments.ListAsync(laoId, ids, cancellationToken)).ToDictionary(
            found => found.AttachmentId,
            found => new StoredFile(found.AttachmentId, found.Name, found.Size, found.ContentType)
        );
    }

    private static bool IsFile(FormDefinition form, string path) =>
        AnswerPath.Parse(path) is { Name: { } name } && form.FindQuestion(name)?.Type.IsFile() == true;
}

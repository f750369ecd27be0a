using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Verification;
using Thongthin.Forms.XlsForm;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Authoring;

/// <summary>A file of an upload.</summary>
internal sealed record UploadedFile(string Name, Stream Content);

/// <summary>Reads an uploaded form with the choice lists that came along, and keeps it with its findings. Nothing is published.</summary>
internal sealed class ReceiveForm(AppDb db)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <returns>The draft; null where the file could not be read as sheets at all, with why.</returns>
    /// <exception cref="Refusal">not_allowed</exception>
    public async Task<(Guid? Draft, IReadOnlyList<Finding> Findings)> ExecuteAsync(
        Actor actor,
        UploadedFile form,
        IReadOnlyList<UploadedFile> lists,
        CancellationToken cancellationToken
    )
    {
        if (!actor.IsDepartmentAdministrator)
        {
            throw new Refusal("not_allowed");
        }
        var brought = new Dictionary<string, ChoiceList>(StringComparer.Ordinal);
        foreach (var file in lists)
        {
            var (list, problems) = XlsFormReader.ReadList(file.Content, file.Name);
            if (list is null)
            {
                return (null, problems);
            }
            brought[file.Name] = list;
        }
        var reading = XlsFormReader.Read(
            form.Content,
            form.Name,
            name => brought.GetValueOrDefault(name) ?? OwnLists.Find(name)
        );
        if (reading.Source is not { } source)
        {
            return (null, reading.Findings);
        }
        var draft = new FormDraft
        {
            FormDraftId = Guid.CreateVersion7(),
            FileName = Path.GetFileName(form.Name),
            Source = source,
            Findings = JsonSerializer.Serialize(
                reading.Findings.Select(finding => DraftFinding.Of(finding, reading)),
                FormDraft.Json
            ),
            UploadedAt = actor.At.ToUniversalTime(),
            UploadedBy = actor.UserId,
        };
        var old = actor.At.ToUniversalTime() - Kept;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Set<FormDraft>().Where(d => d.UploadedAt < old).ExecuteDeleteAsync(cancellationToken);
        db.Add(draft);
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        await AuditLog.WriteAsync(
            db,
            actor,
            "form_received",
            $"form_draft/{draft.FormDraftId}",
            null,
            new { file = draft.FileName, form = reading.Definition?.Id },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return (draft.FormDraftId, reading.Findings);
    }
}

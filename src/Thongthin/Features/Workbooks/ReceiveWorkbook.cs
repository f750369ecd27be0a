using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;
using Thongthin.Platform.Spreadsheets;

namespace Thongthin.Features.Workbooks;

/// <summary>Understands a workbook that was sent in and keeps what it changes until the person decides. No answer changes.</summary>
internal sealed class ReceiveWorkbook(AppDb db, FormLibrary forms, WorkbookQueries queries)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <returns>The upload.</returns>
    /// <exception cref="Refusal">not_allowed; workbook_nobody_asked: nobody in scope is asked this form that year.</exception>
    public async Task<Guid> ExecuteAsync(
        Actor actor,
        string formId,
        int fiscalYear,
        string fileName,
        WorkbookReading reading,
        CancellationToken cancellationToken
    )
    {
        if (actor.Role is not (Role.Recorder or Role.Officer))
        {
            throw new Refusal("not_allowed");
        }
        var source =
            await queries.FindAsync(formId, fiscalYear, null, cancellationToken)
            ?? throw new Refusal("workbook_nobody_asked");
        var form = await forms.GetAsync(formId, source.FormVersion, cancellationToken);
        var upload = new WorkbookUpload
        {
            WorkbookUploadId = Guid.CreateVersion7(),
            UserId = actor.UserId!.Value,
            UnitId = actor.UnitId!.Value,
            FormId = formId,
            FiscalYear = fiscalYear,
            FileName = Path.GetFileName(fileName),
            UploadedAt = actor.At.ToUniversalTime(),
            Content = JsonSerializer.Serialize(new WorkbookReader(form, source).Read(reading), WorkbookUpload.Json),
        };
        var old = actor.At.ToUniversalTime() - Kept;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Set<WorkbookUpload>().Where(u => u.UploadedAt < old).ExecuteDeleteAsync(cancellationToken);
        db.Add(upload);
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        await AuditLog.WriteAsync(
            db,
            actor,
            "workbook_received",
            $"workbook_upload/{upload.WorkbookUploadId}",
            null,
            new { form = formId, fiscalYear },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return upload.WorkbookUploadId;
    }
}

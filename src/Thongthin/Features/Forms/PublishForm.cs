using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Verification;
using Thongthin.Forms.XlsForm;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Forms;

/// <summary>What became of a form that was to be published.</summary>
/// <param name="Version">the version under which it is published; null: it has errors and nothing was stored</param>
/// <param name="IsNew">false: exactly this source is the newest version already</param>
/// <param name="Findings">errors and warnings, in the order of sheets and rows</param>
internal sealed record PublishedForm(string? FormId, int? Version, bool IsNew, IReadOnlyList<Finding> Findings);

/// <summary>
/// Publishes an XLSForm as the next version of its form. A version is never changed again; the same source a second time
/// stays the same version. The form's own row (titles, sector) follows the newest version; its shape is fixed by the first,
/// because records of a register have no place on an annual sheet.
/// </summary>
internal sealed class PublishForm(AppDb db)
{
    /// <param name="fileName">its extension says how to read it; named in findings</param>
    /// <param name="lists">choice lists in files beside the form; null: only our own</param>
    /// <exception cref="Refusal">not_allowed, form_shape_changed (with the form's id).</exception>
    public async Task<PublishedForm> ExecuteAsync(
        Actor actor,
        Stream file,
        string fileName,
        CancellationToken cancellationToken,
        Func<string, ChoiceList?>? lists = null
    )
    {
        var reading = XlsFormReader.Read(file, fileName, lists ?? OwnLists.Find);
        return await ExecuteAsync(actor, reading, fileName, null, cancellationToken);
    }

    /// <summary>The same for a form that was read before.</summary>
    /// <param name="firstFiscalYear">the first year that the version is for; null: as the form says</param>
    /// <exception cref="Refusal">not_allowed, form_shape_changed (with the form's id).</exception>
    public async Task<PublishedForm> ExecuteAsync(
        Actor actor,
        FormReading reading,
        string fileName,
        int? firstFiscalYear,
        CancellationToken cancellationToken
    )
    {
        if (!actor.IsDepartmentAdministrator && actor.Kind != ActorKind.Job)
        {
            throw new Refusal("not_allowed");
        }
        if (reading.Definition is not { } definition)
        {
            return new PublishedForm(null, null, false, reading.Findings);
        }
        if (firstFiscalYear is { } year && year != definition.FirstFiscalYear)
        {
            definition = definition.StartingFrom(year);
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await UpsertFormAsync(definition, cancellationToken);
        var source = reading.Source!;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(source));
        var newest = await db.Set<FormVersion>()
            .Where(v => v.FormId == definition.Id)
            .OrderByDescending(v => v.Version)
            .Select(v => new { v.Version, v.Sha256 })
            .FirstOrDefaultAsync(cancellationToken);
        if (newest is not null && newest.Sha256.AsSpan().SequenceEqual(hash))
        {
            return new PublishedForm(definition.Id, newest.Version, false, reading.Findings);
        }
        var version = new FormVersion
        {
            FormId = definition.Id,
            Version = (newest?.Version ?? 0) + 1,
            FirstFiscalYear = definition.FirstFiscalYear,
            Definition = definition.ToJson().ToJsonString(),
            Source = source,
            Sha256 = hash,
            PublishedAt = actor.At.ToUniversalTime(),
            PublishedBy = actor.UserId,
        };
        db.Add(version);
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        await AuditLog.WriteAsync(
            db,
            actor,
            "form_published",
            $"form/{definition.Id}",
            null,
            new { version.Version, file = fileName },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return new PublishedForm(definition.Id, version.Version, true, reading.Findings);
    }

    /// <summary>The form's row, locked, so that two publishers number one after the other.</summary>
    private async Task UpsertFormAsync(FormDefinition definition, CancellationToken cancellationToken)
    {
        var shape = SnakeCase.Of(definition.Shape);
        var (th, en) = (definition.Title.In("th"), definition.Title.In("en"));
        var changed = await db.Database.ExecuteSqlAsync(
            $"""
            insert into form (form_id, sector, shape, title_th, title_en)
            values ({definition.Id}, {definition.Sector}, {shape}, {th}, {en})
            on conflict (form_id) do update
                set sector = excluded.sector, title_th = excluded.title_th, title_en = excluded.title_en
                where form.shape = excluded.shape
            """,
            cancellationToken
        );
        if (changed == 0)
        {
            throw new Refusal("form_shape_changed", definition.Id);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Forms.XlsForm;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Authoring;

/// <summary>Publishes a draft as the next version of its form, for fiscal years from one on. The draft is done with then.</summary>
internal sealed class PublishDraft(AppDb db, PublishForm publish)
{
    /// <exception cref="Refusal">not_allowed; draft_not_found; draft_has_errors; form_shape_changed; fiscal_year_invalid.</exception>
    public async Task<PublishedForm> ExecuteAsync(
        Actor actor,
        Guid draftId,
        int firstFiscalYear,
        CancellationToken cancellationToken
    )
    {
        if (!actor.IsDepartmentAdministrator)
        {
            throw new Refusal("not_allowed");
        }
        if (firstFiscalYear is < 2500 or > 2700)
        {
            throw new Refusal("fiscal_year_invalid");
        }
        var draft =
            await db.Set<FormDraft>().FirstOrDefaultAsync(d => d.FormDraftId == draftId, cancellationToken)
            ?? throw new Refusal("draft_not_found");
        var reading = XlsFormReader.Read(draft.Source, draft.FileName, OwnLists.Find);
        if (reading.Definition is null)
        {
            throw new Refusal("draft_has_errors");
        }
        var published = await publish.ExecuteAsync(actor, reading, draft.FileName, firstFiscalYear, cancellationToken);
        await db.Set<FormDraft>().Where(d => d.FormDraftId == draftId).ExecuteDeleteAsync(cancellationToken);
        return published;
    }
}

using Microsoft.AspNetCore.Mvc;
using Thongthin.Features.Forms;
using Thongthin.Features.Submissions.Attachments;
using Thongthin.Features.Submissions.Entry;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions;

/// <summary>
/// The empty page of a record that there is not yet. Browsers keep it beside the records' pages, so that a record can be
/// begun without a network; a script then gives it its id, and has it added before its answers are sent. With a network,
/// and without scripts, a record is added by the register's own button.
/// </summary>
internal sealed class NewRecordModel(
    CurrentActor actor,
    SubmissionQueries queries,
    SheetViews views,
    FieldLinks links,
    SaveAnswers saveAnswers,
    EntryFiles files,
    Texts texts,
    TimeProvider clock
) : EntryPage(actor, queries, views, links, saveAnswers, files, texts, clock)
{
    // Stands in addresses that the script replaces.
    public override Guid? RecordId => Guid.Empty;

    public override bool IsNew => true;

    protected override Task<(bool, SheetDetail?)> FindSheetAsync(CancellationToken cancellationToken) =>
        Task.FromResult<(bool, SheetDetail?)>((Submission.Shape == FormShape.Register, null));

    protected override Task<IActionResult> ContinueAsync(string button, CancellationToken cancellationToken) =>
        Task.FromResult<IActionResult>(Redirect(Path.Overview));
}

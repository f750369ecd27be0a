using Microsoft.AspNetCore.Mvc;
using Thongthin.Features.Forms;
using Thongthin.Features.Submissions.Attachments;
using Thongthin.Features.Submissions.Entry;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions;

/// <summary>Entry of an annual form.</summary>
internal sealed class AnswersModel(
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
    public override Guid? RecordId => null;

    protected override async Task<(bool, SheetDetail?)> FindSheetAsync(CancellationToken cancellationToken) =>
        Submission.Shape == FormShape.Annual
            ? (true, await Queries.FindAnnualSheetAsync(Submission.Key, cancellationToken))
            : (false, null);

    protected override Task<PreviousSheet?> FindPreviousAsync(CancellationToken cancellationToken) =>
        Queries.FindPreviousAsync(Submission.Key, cancellationToken);

    protected override Task<IActionResult> ContinueAsync(string button, CancellationToken cancellationToken) =>
        Task.FromResult<IActionResult>(Redirect(Path.Submit));
}

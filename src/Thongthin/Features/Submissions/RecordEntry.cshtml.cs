using Microsoft.AspNetCore.Mvc;
using Thongthin.Features.Submissions.Attachments;
using Thongthin.Features.Submissions.Entry;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions;

/// <summary>Entry of one record of a register.</summary>
internal sealed class RecordEntryModel(
    CurrentActor actor,
    SubmissionQueries queries,
    SheetViews views,
    FieldLinks links,
    SaveAnswers saveAnswers,
    EntryFiles files,
    ConfirmRecord confirmRecord,
    Texts texts,
    TimeProvider clock
) : EntryPage(actor, queries, views, links, saveAnswers, files, texts, clock)
{
    [FromRoute(Name = "recordId")]
    public Guid Id { get; set; }

    public override Guid? RecordId => Id;

    protected override async Task<(bool, SheetDetail?)> FindSheetAsync(CancellationToken cancellationToken)
    {
        var sheet = await Queries.FindRecordSheetAsync(Submission.Key, Id, cancellationToken);
        return (sheet is not null, sheet);
    }

    /// <summary>The record is saved; confirming it shows what is still missing, or leads back to the list.</summary>
    protected override async Task<IActionResult> ContinueAsync(string button, CancellationToken cancellationToken)
    {
        var issues = await confirmRecord.ExecuteAsync(Actor, Submission.Key, Id, cancellationToken);
        return issues.Count == 0 ? Done("record.confirmed") : Redirect(Path.Record(Id) + "?check=1");
    }
}

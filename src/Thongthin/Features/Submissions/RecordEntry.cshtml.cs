using Microsoft.AspNetCore.Mvc;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Features.Submissions.Attachments;
using Thongthin.Features.Submissions.Duplicates;
using Thongthin.Features.Submissions.Entry;
using Thongthin.Features.Submissions.Items;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions;

/// <summary>Entry of one record of a register, or of one item of a catalogue.</summary>
internal sealed class RecordEntryModel(
    CurrentActor actor,
    SubmissionQueries queries,
    SheetViews views,
    FieldLinks links,
    SaveAnswers saveAnswers,
    EntryFiles files,
    ConfirmRecord confirmRecord,
    ItemQueries items,
    RecordHistory history,
    DuplicateQueries duplicates,
    DecideDuplicate decideDuplicate,
    Texts texts,
    TimeProvider clock
) : EntryPage(actor, queries, views, links, saveAnswers, files, texts, clock)
{
    [FromRoute(Name = "recordId")]
    public Guid Id { get; set; }

    public override Guid? RecordId => Id;

    /// <summary>The item that the record answers, where the form is a catalogue.</summary>
    public ItemRow? Item { get; private set; }

    /// <summary>What became of it over the years.</summary>
    public IReadOnlyList<RecordChange> Changes { get; private set; } = [];

    /// <summary>Records that may be the same thing, where the form compares them.</summary>
    public IReadOnlyList<PossibleDuplicate> Duplicates { get; private set; } = [];

    public async Task<IActionResult> OnPostDuplicateAsync(
        Guid other,
        string decision,
        CancellationToken cancellationToken
    )
    {
        var chosen = Enum.GetValues<DuplicateDecision>().FirstOrDefault(d => SnakeCase.Of(d) == decision);
        try
        {
            await decideDuplicate.ExecuteAsync(Actor, Submission.Key, Id, other, chosen, cancellationToken);
            Shared.Notices.Done(TempData, T["duplicates.decided"]);
            return Redirect(Path.Record(Id));
        }
        catch (Refusal refusal)
        {
            return await OnGetAsync(cancellationToken) is NotFoundResult missing ? missing : Refused(refusal);
        }
    }

    protected override async Task<(bool, SheetDetail?)> FindSheetAsync(CancellationToken cancellationToken)
    {
        var sheet = await Queries.FindRecordSheetAsync(Submission.Key, Id, cancellationToken);
        return (sheet is not null, sheet);
    }

    /// <summary>The record is saved; confirming it shows what is still missing, or leads back to the list.</summary>
    protected override async Task<IActionResult> ContinueAsync(string button, CancellationToken cancellationToken)
    {
        var issues = await confirmRecord.ExecuteAsync(Actor, Submission.Key, Id, cancellationToken);
        if (issues.Count > 0)
        {
            return Redirect(Path.Record(Id) + "?check=1");
        }
        if (Submission.Shape != FormShape.Catalogue)
        {
            return Done("record.confirmed");
        }
        Shared.Notices.Done(TempData, T["record.confirmed"]);
        return Redirect($"{Path.Items}#item-{Sheet!.RecordNumber}");
    }

    protected override async Task ShownAsync(CancellationToken cancellationToken)
    {
        Item =
            Submission.Shape == FormShape.Catalogue
                ? await items.FindAsync(Submission.Key, Id, cancellationToken)
                : null;
        Duplicates = Form.Entity?.DuplicateKeys is { Count: > 0 }
            ? await duplicates.ListAsync(LaoId, Id, cancellationToken)
            : [];
        Changes = await history.ListAsync(Form, LaoId, Id, cancellationToken);
    }
}

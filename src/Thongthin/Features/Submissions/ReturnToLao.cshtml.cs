using Microsoft.AspNetCore.Mvc;
using Thongthin.Features.Submissions.Entry;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions;

/// <summary>An officer returns a submission with a reason, pointing at the questions it is about.</summary>
internal sealed class ReturnToLaoModel(
    CurrentActor actor,
    SubmissionQueries queries,
    SheetViews views,
    FieldLinks links,
    ReturnSubmission returnSubmission,
    Texts texts,
    TimeProvider clock
) : ReasonPage(actor, queries, texts, clock)
{
    /// <summary>Ticked places: <c>sheetId:path</c>, an empty path being the whole sheet.</summary>
    [BindProperty(Name = "field")]
    public string[] Places { get; set; } = [];

    public IReadOnlyList<SheetView> Sheets { get; private set; } = [];

    public FieldLinks Links => links;

    public override IReadOnlyList<string> Phrases { get; } =
    [
        "return.phrase.incomplete",
        "return.phrase.evidence",
        "return.phrase.unit",
        "return.phrase.date",
        "return.phrase.duplicate",
        "return.phrase.change",
    ];

    protected override SubmissionAction? Needs => SubmissionAction.Return;

    protected override string DoneKey => "return.done";

    protected override async Task ActAsync(string reason, CancellationToken cancellationToken)
    {
        Sheets = await views.ListAsync(Submission, cancellationToken);
        await returnSubmission.ExecuteAsync(Actor, Submission.Key, reason, [.. Chosen()], cancellationToken);
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken) =>
        Sheets = await views.ListAsync(Submission, cancellationToken);

    /// <summary>The questions of a sheet that can be pointed at: path, name and what was answered.</summary>
    public IEnumerable<(string Path, string Name, string Answer)> Questions(SheetView sheet) =>
        from state in sheet.Evaluation.States
        where state is { IsRelevant: true, Node: Question { TakesAnswer: true } }
        let question = (Question)state.Node
        let row = state.Path.Rows.Count == 0
            ? null
            : Thongthin.Forms.Answers.AnswerPath.OfRow(state.Path.Rows[0].Repeat, state.Path.Rows[0].RowId)
        select (
            state.Path.ToString(),
            links.Name(sheet.Context.Form, state.Path.ToString()),
            sheet.Field(question, row).Shown
        );

    // Only places that exist: whatever else was posted is dropped.
    private IEnumerable<FieldReference> Chosen() =>
        from sheet in Sheets
        from path in Questions(sheet).Select(question => question.Path).Prepend("")
        where sheet.SheetId is not null && Places.Contains($"{sheet.SheetId}:{path}")
        select new FieldReference(sheet.SheetId!.Value, path);
}

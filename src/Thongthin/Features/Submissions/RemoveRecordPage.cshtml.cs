using Microsoft.AspNetCore.Mvc;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions;

/// <summary>Takes a record out of force for the year, with a reason; it can be brought back.</summary>
internal sealed class RemoveRecordPageModel(
    CurrentActor actor,
    SubmissionQueries queries,
    RemoveRecord removeRecord,
    Texts texts,
    TimeProvider clock
) : ReasonPage(actor, queries, texts, clock)
{
    [FromRoute]
    public Guid RecordId { get; set; }

    /// <summary>What the record is called.</summary>
    public string Label { get; private set; } = "";

    protected override SubmissionAction? Needs => SubmissionAction.Save;

    protected override string DoneKey => "remove.done";

    public override IReadOnlyList<string> Phrases { get; } =
    ["remove.phrase.ended", "remove.phrase.duplicate", "remove.phrase.mistake"];

    protected override Task ActAsync(string reason, CancellationToken cancellationToken) =>
        removeRecord.ExecuteAsync(Actor, Submission.Key, RecordId, reason, cancellationToken);

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var register = await Queries.ReadRegisterAsync(Submission.Key, cancellationToken);
        Label =
            register
                .Sheets.Where(s => s.RecordId == RecordId)
                .Select(s => $"{s.RecordNumber} {s.Label}")
                .FirstOrDefault()
            ?? register
                .Uncarried.Where(r => r.RecordId == RecordId)
                .Select(r => $"{r.RecordNumber} {r.Label}")
                .FirstOrDefault()
            ?? "";
    }
}

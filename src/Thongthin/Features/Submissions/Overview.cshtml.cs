using Microsoft.AspNetCore.Mvc;
using Thongthin.Features.Forms;
using Thongthin.Features.Reviewing;
using Thongthin.Features.Submissions.Items;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions;

/// <summary>Where one submission stands and what to do next; for a register the list of its records.</summary>
internal sealed class OverviewModel(
    CurrentActor actor,
    SubmissionQueries queries,
    FieldLinks links,
    ItemQueries items,
    AddRecord addRecord,
    CarryRecord carryRecord,
    ConfirmRecord confirmRecord,
    RestoreRecord restoreRecord,
    FieldQueries fieldQueries,
    Texts texts,
    TimeProvider clock
) : SubmissionPage(actor, queries, texts, clock)
{
    public RegisterDetail Register { get; private set; } = null!;

    /// <summary>The questions that the return points at, as links.</summary>
    public IReadOnlyList<FieldLink> Queried { get; private set; } = [];

    /// <summary>Of a catalogue: what applies, with how far each is.</summary>
    public IReadOnlyList<ItemRow> Items { get; private set; } = [];

    /// <summary>Open questions about it, and how many wait for the reader's side.</summary>
    public (int Open, int Waiting) Open { get; private set; }

    public FormShape Shape => Submission.Shape;

    [FromQuery]
    public string? Q { get; set; }

    /// <summary>Of records: one of <see cref="RegisterFilter.States"/>.</summary>
    [FromQuery]
    public string? State { get; set; }

    [FromQuery]
    public string? Sort { get; set; }

    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    public RegisterFilter Filter => new(string.IsNullOrWhiteSpace(Q) ? null : Q.Trim(), State, Sort, Number);

    public bool MayRecord => Submission.May.Contains(SubmissionAction.Save);

    /// <summary>Made once per shown page: a double click on "add" makes one record.</summary>
    public Guid NewRecordId { get; } = Guid.CreateVersion7();

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public Task<IActionResult> OnPostAddAsync(Guid recordId, CancellationToken cancellationToken) =>
        TryAsync(
            async () =>
            {
                await addRecord.ExecuteAsync(Actor, Submission.Key, recordId, cancellationToken);
                return Redirect(Path.Record(recordId));
            },
            cancellationToken
        );

    public Task<IActionResult> OnPostCarryAsync(Guid recordId, CancellationToken cancellationToken) =>
        TryAsync(
            async () =>
            {
                await carryRecord.ExecuteAsync(Actor, Submission.Key, recordId, cancellationToken);
                return Redirect(Path.Record(recordId));
            },
            cancellationToken
        );

    public Task<IActionResult> OnPostConfirmAsync(Guid recordId, CancellationToken cancellationToken) =>
        TryAsync(
            async () =>
            {
                var issues = await confirmRecord.ExecuteAsync(Actor, Submission.Key, recordId, cancellationToken);
                return issues.Count == 0 ? Done("record.confirmed") : Redirect(Path.Record(recordId) + "?check=1");
            },
            cancellationToken
        );

    public Task<IActionResult> OnPostRestoreAsync(Guid recordId, CancellationToken cancellationToken) =>
        TryAsync(
            async () =>
            {
                await restoreRecord.ExecuteAsync(Actor, Submission.Key, recordId, cancellationToken);
                return Done("record.restored");
            },
            cancellationToken
        );

    private async Task<IActionResult> TryAsync(Func<Task<IActionResult>> act, CancellationToken cancellationToken)
    {
        try
        {
            return await act();
        }
        catch (Refusal refusal)
        {
            await LoadAsync(cancellationToken);
            return Refused(refusal);
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var side = Actor.Level == UnitLevel.Lao ? "lao" : "office";
        Open = await fieldQueries.CountAsync(Submission.Key, side, cancellationToken);
        Register = await Queries.ReadRegisterAsync(Submission.Key, cancellationToken);
        Items = Shape == FormShape.Catalogue ? await items.ListAsync(Submission.Key, "", cancellationToken) : [];
        Queried = await links.OfAsync(Submission, Register, Submission.Return?.Fields ?? [], cancellationToken);
    }
}

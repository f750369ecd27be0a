using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Thongthin.Data;
using Thongthin.Features.Submissions.Entry;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions.Items;

/// <summary>
/// All items of a catalogue on one page, by area: which are answered, and the quick answers that many can be given at once.
/// The filter is the address and survives every act, so that somebody works through the list from wherever they are.
/// </summary>
internal sealed class ItemsModel(
    CurrentActor actor,
    SubmissionQueries queries,
    ItemQueries items,
    SheetViews views,
    OpenItem openItem,
    AnswerItems answerItems,
    UndoItemAnswers undo,
    Texts texts,
    TimeProvider clock
) : SubmissionPage(actor, queries, texts, clock)
{
    [FromQuery]
    public string? Q { get; set; }

    [FromQuery]
    public int? Area { get; set; }

    /// <summary>An <see cref="ItemState"/> in snake case; anything else means any.</summary>
    [FromQuery]
    public string? State { get; set; }

    /// <summary>The act just done, which can be taken back.</summary>
    [FromQuery]
    public Guid? Act { get; set; }

    /// <summary>What was ticked, shown again when it was refused.</summary>
    [BindProperty]
    public List<string> Codes { get; set; } = [];

    public IReadOnlyList<ItemRow> Items { get; private set; } = [];

    public IReadOnlyList<ItemArea> Areas { get; private set; } = [];

    public ItemFilter Filter { get; private set; } = new(null, null, null);

    /// <summary>Choices that answer an item by themselves.</summary>
    public IReadOnlyList<Choice> Alone { get; private set; } = [];

    public ChoiceList? Choices { get; private set; }

    /// <summary>Names the next act; made anew for every shown page, so that a double click is one act.</summary>
    public Guid NewAct { get; } = Guid.CreateVersion7();

    public bool MayRecord => Submission.May.Contains(SubmissionAction.Save);

    /// <summary>Confirming is the LAO's own act; an officer helps with the answers.</summary>
    public bool MayAnswerMany => MayRecord && Actor.Role == Role.Recorder;

    public int Answered => Items.Count(item => item.State == ItemState.Answered);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken) ? Page() : NotFound();

    public Task<IActionResult> OnPostOpenAsync(string code, CancellationToken cancellationToken) =>
        TryAsync(
            async () =>
                Redirect(Path.Record(await openItem.ExecuteAsync(Actor, Submission.Key, code, cancellationToken))),
            cancellationToken
        );

    /// <param name="choice">of the main question; empty: confirm as they stand</param>
    public Task<IActionResult> OnPostAnswerAsync(string? choice, Guid newAct, CancellationToken cancellationToken) =>
        TryAsync(
            async () =>
            {
                var answered = await answerItems.ExecuteAsync(
                    Actor,
                    Submission.Key,
                    Codes,
                    string.IsNullOrEmpty(choice) ? null : choice,
                    newAct,
                    cancellationToken
                );
                Shared.Notices.Done(TempData, Said(answered));
                return Redirect(Here(answered.Answered > 0 ? newAct : null));
            },
            cancellationToken
        );

    public Task<IActionResult> OnPostUndoAsync(Guid undone, CancellationToken cancellationToken) =>
        TryAsync(
            async () =>
            {
                var count = await undo.ExecuteAsync(Actor, Submission.Key, undone, cancellationToken);
                Shared.Notices.Done(TempData, T["items.undone", count]);
                return Redirect(Here(null));
            },
            cancellationToken
        );

    /// <summary>This page with its filter.</summary>
    public string Here(Guid? act)
    {
        var query = new QueryBuilder();
        Add("q", Q);
        Add("area", Area?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add("state", State);
        Add("act", act?.ToString());
        return Path.Items + query.ToQueryString();

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                query.Add(name, value);
            }
        }
    }

    private string Said(AnsweredItems answered) =>
        answered.Incomplete.Count == 0
            ? T["items.answered", answered.Answered]
            : T["items.answered_some", answered.Answered, string.Join(", ", answered.Incomplete)];

    private async Task<IActionResult> TryAsync(Func<Task<IActionResult>> act, CancellationToken cancellationToken)
    {
        try
        {
            return await act();
        }
        catch (Refusal refusal)
        {
            return await LoadAsync(cancellationToken) ? Refused(refusal) : NotFound();
        }
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (Submission.Shape != FormShape.Catalogue)
        {
            return false;
        }
        var form = await views.FormOfAsync(Submission, cancellationToken);
        var main = MainQuestion.Of(form);
        Choices = main is null ? null : form.ListOf(main);
        Alone = MayAnswerMany ? MainQuestion.Alone(form, views.ContextOf(Submission)) : [];
        Items = await items.ListAsync(Submission.Key, main?.Name ?? "", cancellationToken);
        Filter = new(
            string.IsNullOrWhiteSpace(Q) ? null : Q.Trim(),
            Area,
            Enum.GetValues<ItemState>().Cast<ItemState?>().FirstOrDefault(s => SnakeCase.Of(s!.Value) == State)
        );
        Areas = Filter.Of(Items);
        return true;
    }
}

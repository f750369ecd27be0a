using Microsoft.AspNetCore.Mvc;
using Thongthin.Features.Submissions;
using Thongthin.Features.Submissions.Entry;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Reviewing;

/// <summary>A place that can be asked about.</summary>
internal sealed record QueryPlace(string Value, string Sheet, string Name);

/// <summary>The questions about one submission: both sides read and answer here, officers ask and close.</summary>
internal sealed class QueriesModel(
    CurrentActor actor,
    SubmissionQueries submissions,
    FieldQueries fieldQueries,
    SheetViews views,
    FieldLinks links,
    AskAboutField ask,
    SayInQuery say,
    CloseQuery close,
    Texts texts,
    TimeProvider clock
) : SubmissionPage(actor, submissions, texts, clock)
{
    /// <summary>Of the new question: <c>sheetId:path</c>, or empty for the whole submission.</summary>
    [BindProperty]
    public string? Place { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    /// <summary>The question that is gone on with.</summary>
    [BindProperty]
    public Guid? Query { get; set; }

    public IReadOnlyList<FieldQueryRow> Rows { get; private set; } = [];

    public IReadOnlyList<QueryPlace> Places { get; private set; } = [];

    public bool MayAsk => Actor.Role == Role.Officer;

    public bool MaySay => Actor.Role is Role.Officer or Role.Recorder or Role.Certifier;

    public string Address => Path.Overview + "/queries";

    public Task OnGetAsync(string? place, CancellationToken cancellationToken)
    {
        Place = place;
        return LoadAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        var chosen = Places.FirstOrDefault(place => place.Value == Place);
        var reference = chosen is { Value.Length: > 0 }
            ? new FieldReference(Guid.Parse(chosen.Value[..36]), chosen.Value[37..])
            : null;
        var label = chosen is { Value.Length: > 0 }
            ? string.Join(": ", new[] { chosen.Sheet, chosen.Name }.Where(part => part.Length > 0))
            : "";
        return await TryAsync(
            () => ask.ExecuteAsync(Actor, Submission.Key, reference, label, Text, cancellationToken),
            "query.asked",
            cancellationToken
        );
    }

    public Task<IActionResult> OnPostSayAsync(CancellationToken cancellationToken) =>
        TryAsync(
            () => say.ExecuteAsync(Actor, LaoId, Query ?? Guid.Empty, Text, cancellationToken),
            "query.said",
            cancellationToken
        );

    public Task<IActionResult> OnPostCloseAsync(CancellationToken cancellationToken) =>
        TryAsync(
            () => close.ExecuteAsync(Actor, LaoId, Query ?? Guid.Empty, cancellationToken),
            "query.closed_done",
            cancellationToken
        );

    /// <summary>Where the answer stands, to be mended; null where it is gone or the reader records nothing.</summary>
    public string? AddressOf(FieldQueryRow row) =>
        row.SheetId is { } sheet && Sheets.TryGetValue(sheet, out var record)
            ? Path.Sheet(record) + "?check=1" + (row.Path.Length > 0 ? "#" + row.Path : "")
            : null;

    private Dictionary<Guid, Guid?> Sheets { get; set; } = [];

    private async Task<IActionResult> TryAsync(Func<Task> act, string done, CancellationToken cancellationToken)
    {
        try
        {
            await act();
            Shared.Notices.Done(TempData, T[done]);
            return Redirect(Address);
        }
        catch (Refusal refusal)
        {
            await LoadAsync(cancellationToken);
            return refusal.Code is "reason_required" or "reason_too_long"
                ? Invalid(
                    nameof(Text),
                    T[
                        refusal.Code == "reason_required" ? "query.text_missing" : "refusal." + refusal.Code,
                        [.. refusal.Arguments]
                    ]
                )
                : Refused(refusal);
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Rows = await fieldQueries.ListAsync(Submission.Key, cancellationToken);
        var register = await Queries.ReadRegisterAsync(Submission.Key, cancellationToken);
        Sheets = register.Sheets.ToDictionary(sheet => sheet.SheetId, sheet => sheet.RecordId);
        if (!MayAsk)
        {
            return;
        }
        var sheets = await views.ListAsync(Submission, cancellationToken);
        Places =
        [
            new("", "", T["query.whole"]),
            .. sheets.SelectMany(sheet =>
                sheet
                    .Evaluation.States.Where(state =>
                        state is { IsRelevant: true, Node: Question { TakesAnswer: true } }
                    )
                    .Select(state => new QueryPlace(
                        $"{sheet.SheetId}:{state.Path}",
                        sheet.Title,
                        links.Name(sheet.Context.Form, state.Path.ToString())
                    ))
            ),
        ];
    }
}

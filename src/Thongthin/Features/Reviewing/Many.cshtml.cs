using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Reviewing;

/// <summary>Asks before several submissions are marked as reviewed or returned, and tells what became of each.</summary>
[Authorize(Policies.Officer)]
internal sealed class ManyModel(ReviewMany reviewMany, CurrentActor actor, Texts texts) : PageModel
{
    /// <summary>Phrases of a return, as on the page of one.</summary>
    public static readonly string[] Phrases =
    [
        "return.phrase.incomplete",
        "return.phrase.evidence",
        "return.phrase.unit",
        "return.phrase.date",
        "return.phrase.duplicate",
        "return.phrase.change",
    ];

    /// <summary><c>LAO.submission</c> of each that was chosen.</summary>
    [BindProperty(SupportsGet = true, Name = "s")]
    public string[] Chosen { get; set; } = [];

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty(Name = "phrase")]
    public string[] Ticked { get; set; } = [];

    public IReadOnlyList<ChosenRow> Rows { get; private set; } = [];

    public IReadOnlyList<ReviewedRow>? Result { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        return Rows.Count == 0 ? Redirect("/submissions") : Page();
    }

    public Task<IActionResult> OnPostReviewAsync(CancellationToken cancellationToken) =>
        ActAsync(null, cancellationToken);

    public Task<IActionResult> OnPostReturnAsync(CancellationToken cancellationToken) =>
        ActAsync(
            string.Join('\n', [.. Phrases.Where(Ticked.Contains).Select(key => texts[key]), Reason?.Trim() ?? ""])
                .Trim(),
            cancellationToken
        );

    private async Task<IActionResult> ActAsync(string? reason, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        try
        {
            Result = await reviewMany.EachAsync(
                actor.Value,
                [.. Rows.Where(row => row.CanBeReviewed)],
                reason,
                cancellationToken
            );
            return Page();
        }
        catch (Refusal refusal)
        {
            return this.Refused(refusal, nameof(Reason));
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var keys = Chosen.Select(ReviewMany.KeyOf).OfType<SubmissionKey>().Distinct().ToList();
        Rows = await reviewMany.FindAsync(keys, cancellationToken);
    }
}

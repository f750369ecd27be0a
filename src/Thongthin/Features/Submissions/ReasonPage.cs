using Microsoft.AspNetCore.Mvc;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions;

/// <summary>
/// An act that needs a reason: ready phrases that can be ticked, and free text. The reason is the ticked phrases, a line
/// each, and then the text, in the writer's language.
/// </summary>
internal abstract class ReasonPage(CurrentActor actor, SubmissionQueries queries, Texts texts, TimeProvider clock)
    : SubmissionPage(actor, queries, texts, clock)
{
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Keys of the ticked phrases.</summary>
    [BindProperty(Name = "phrase")]
    public string[] Ticked { get; set; } = [];

    /// <summary>Text keys of the phrases offered; may be none.</summary>
    public virtual IReadOnlyList<string> Phrases => [];

    protected abstract Task ActAsync(string reason, CancellationToken cancellationToken);

    protected abstract string DoneKey { get; }

    /// <summary>What the page shows besides; also after a refusal.</summary>
    protected virtual Task LoadAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var phrases = Phrases.Where(Ticked.Contains).Select(key => T[key]);
        var reason = string.Join('\n', [.. phrases, (Reason ?? "").ReplaceLineEndings("\n").Trim()]).Trim();
        try
        {
            await ActAsync(reason, cancellationToken);
            return Done(DoneKey);
        }
        catch (Refusal refusal)
        {
            await LoadAsync(cancellationToken);
            return refusal.Code is "reason_required" or "reason_too_long"
                ? Invalid(nameof(Reason), T["refusal." + refusal.Code, [.. refusal.Arguments]])
                : Refused(refusal);
        }
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Features.Shared;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Rounds;

/// <summary>Gives a round up, with a reason that everybody reads.</summary>
[Authorize(Policies.DepartmentAdministrator)]
internal sealed class CancelModel(RoundQueries queries, CancelRound cancelRound, CurrentActor current, Texts texts)
    : PageModel
{
    [BindProperty]
    public string? Reason { get; set; }

    public RoundDetail Detail { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancellationToken) =>
        await LoadAsync(slug, cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string slug, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(slug, cancellationToken))
        {
            return NotFound();
        }
        try
        {
            await cancelRound.ExecuteAsync(current.Value, Detail.Round.RoundId, Reason ?? "", cancellationToken);
            TempData.Done(texts["round.cancel.done"]);
            return Redirect($"/rounds/{slug}");
        }
        catch (Refusal refusal)
        {
            return this.Refused(refusal, refusal.Code == "reason_required" ? nameof(Reason) : "");
        }
    }

    private async Task<bool> LoadAsync(string slug, CancellationToken cancellationToken)
    {
        var detail = await queries.FindAsync(slug, cancellationToken);
        Detail = detail!;
        return detail is not null;
    }
}

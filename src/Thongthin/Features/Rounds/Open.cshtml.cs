using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Features.Shared;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Rounds;

/// <summary>Asks before a round is opened: who will be asked what, until when, and that it cannot be changed afterwards.</summary>
[Authorize(Policies.DepartmentAdministrator)]
internal sealed class OpenModel(
    RoundQueries queries,
    OpenRound openRound,
    ScheduleOpening schedule,
    CurrentActor current,
    Texts texts
) : PageModel
{
    public RoundDetail Detail { get; private set; } = null!;

    public Confirmation Confirmation =>
        new(
            texts["round.open.title", texts.Pick(Detail.Round.TitleTh, Detail.Round.TitleEn)],
            [
                texts["round.open.audience", Detail.Laos, Detail.Forms.Count],
                texts["round.open.days", Detail.Round.OpensOn, Detail.Round.Deadline, Detail.Round.ClosesOn],
                .. Detail.Warning is { } warning ? [warning.Text(texts)] : Array.Empty<string>(),
                texts["round.open.frozen"],
            ],
            texts["round.open.button"],
            $"/rounds/{Detail.Round.Slug}"
        );

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
            var opened = await openRound.ExecuteAsync(current.Value, Detail.Round.RoundId, cancellationToken);
            TempData.Done(texts["round.open.done", opened.Laos]);
            return Redirect($"/rounds/{slug}");
        }
        catch (Refusal refusal)
        {
            return this.Refused(refusal);
        }
    }

    /// <summary>Not now: on its opening day, by itself; or no longer so.</summary>
    public async Task<IActionResult> OnPostScheduleAsync(
        string slug,
        bool opensItself,
        CancellationToken cancellationToken
    )
    {
        if (!await LoadAsync(slug, cancellationToken))
        {
            return NotFound();
        }
        try
        {
            await schedule.ExecuteAsync(current.Value, Detail.Round.RoundId, opensItself, cancellationToken);
            TempData.Done(texts[opensItself ? "round.schedule.done" : "round.schedule.undone", Detail.Round.OpensOn]);
            return Redirect($"/rounds/{slug}");
        }
        catch (Refusal refusal)
        {
            return this.Refused(refusal);
        }
    }

    private async Task<bool> LoadAsync(string slug, CancellationToken cancellationToken)
    {
        var detail = await queries.FindAsync(slug, cancellationToken);
        Detail = detail!;
        return detail is not null;
    }
}

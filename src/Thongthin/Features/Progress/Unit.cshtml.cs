using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Thongthin.Features.Progress;

/// <summary>
/// One LAO in a round: its forms, done or not for everybody who is signed in; in scope also the state of each, and the
/// way into the submission.
/// </summary>
internal sealed class UnitModel(ProgressQueries queries, ProgressUnits units) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Slug { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public int LaoId { get; set; }

    public ProgressRound Round { get; private set; } = null!;

    public UnitRow Unit { get; private set; } = null!;

    public IReadOnlyList<UnitTopic> Topics { get; private set; } = [];

    public bool IsInScope => Unit.State is not null;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (
            await queries.FindRoundAsync(Slug, cancellationToken) is not { } round
            || await units.FindAsync(round, LaoId, cancellationToken) is not { } unit
        )
        {
            return NotFound();
        }
        (Round, Unit) = (round, unit);
        Topics = await units.TopicsAsync(round, LaoId, cancellationToken);
        return Page();
    }
}

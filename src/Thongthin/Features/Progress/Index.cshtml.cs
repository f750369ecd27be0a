using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Thongthin.Features.Progress;

/// <summary>The rounds that have a table, newest deadline first.</summary>
internal sealed class IndexModel(ProgressRounds rounds) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    [FromQuery(Name = "page")]
    public int? RequestedPage { get; set; }

    public int PageNumber => ListAddress.PageOf(RequestedPage);

    public IReadOnlyList<ProgressRoundRow> Rounds { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var (key, descending) = ListAddress.SortOf(Sort, ProgressRoundSort.Deadline, descendingByDefault: true);
        Rounds = await rounds.ListAsync(ListAddress.SearchOf(Q), key, descending, PageNumber, cancellationToken);
    }
}

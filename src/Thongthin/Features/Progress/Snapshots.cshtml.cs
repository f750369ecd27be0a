using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Thongthin.Features.Progress;

/// <summary>The tables that were kept, newest first.</summary>
internal sealed class SnapshotsModel(SnapshotQueries queries) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    [FromQuery(Name = "page")]
    public int? RequestedPage { get; set; }

    public int PageNumber => ListAddress.PageOf(RequestedPage);

    public IReadOnlyList<SnapshotRow> Snapshots { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var (key, descending) = ListAddress.SortOf(Sort, SnapshotSort.Number, descendingByDefault: true);
        Snapshots = await queries.ListAsync(ListAddress.SearchOf(Q), key, descending, PageNumber, cancellationToken);
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Progress;

/// <summary>The tables that were kept, newest first.</summary>
internal sealed class SnapshotsModel(SnapshotQueries queries, Texts texts) : PageModel
{
    private const string Daily = "daily";
    private const string ByHand = "hand";

    /// <summary><c>daily</c> or <c>hand</c>; anything else means both.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Kept { get; set; }

    public IReadOnlyList<SelectListItem> KeptOptions =>
        [new(texts["progress.snapshots.kept.daily"], Daily), new(texts["progress.snapshots.kept.hand"], ByHand)];

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
        bool? isDaily = Kept switch
        {
            Daily => true,
            ByHand => false,
            _ => null,
        };
        Snapshots = await queries.ListAsync(
            ListAddress.SearchOf(Q),
            isDaily,
            key,
            descending,
            PageNumber,
            cancellationToken
        );
    }
}

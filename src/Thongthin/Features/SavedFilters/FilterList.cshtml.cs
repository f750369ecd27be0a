using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Thongthin.Features.SavedFilters;

/// <summary>The person's saved filters.</summary>
internal sealed class FilterListModel(SavedFilterQueries queries) : PageModel
{
    public IReadOnlyList<SavedFilter> Filters { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Filters = await queries.ListAsync(cancellationToken);
}

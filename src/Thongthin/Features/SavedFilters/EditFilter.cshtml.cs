using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Features.Shared;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.SavedFilters;

/// <summary>Renames one of the person's saved filters.</summary>
internal sealed class EditFilterModel(
    SavedFilterQueries queries,
    RenameFilter operation,
    CurrentActor current,
    Texts texts
) : PageModel
{
    [FromRoute]
    public int Number { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await queries.FindAsync(current.Value, Number, cancellationToken) is not { } filter)
        {
            return NotFound();
        }
        Name = filter.Name;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        try
        {
            await operation.ExecuteAsync(current.Value, Number, Name ?? "", cancellationToken);
            TempData.Done(texts["filters.renamed"]);
            return LocalRedirect("/filters");
        }
        catch (Refusal refusal)
        {
            return refusal.Code == "filter_not_found" ? NotFound() : this.Refused(refusal, "Name");
        }
    }
}

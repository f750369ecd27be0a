using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Features.Shared;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.SavedFilters;

/// <summary>Gives the filter that a page's link brought along a name, and goes back to that page.</summary>
internal sealed class NewFilterModel(SaveFilter operation, CurrentActor current, Texts texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Address { get; set; } = "";

    [BindProperty]
    public string? Name { get; set; }

    public string PageKind => SavedFilter.KindOf(Address) ?? "";

    public IActionResult OnGet() => PageKind.Length == 0 ? NotFound() : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (PageKind.Length == 0)
        {
            return NotFound();
        }
        try
        {
            await operation.ExecuteAsync(current.Value, Name ?? "", Address, cancellationToken);
            TempData.Done(texts["filters.saved"]);
            return LocalRedirect(Address);
        }
        catch (Refusal refusal)
        {
            return this.Refused(refusal, refusal.Code == "filter_limit" ? "" : "Name");
        }
    }
}

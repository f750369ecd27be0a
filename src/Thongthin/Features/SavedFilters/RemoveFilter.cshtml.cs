using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Features.Shared;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.SavedFilters;

/// <summary>Asks before one of the person's saved filters goes.</summary>
internal sealed class RemoveFilterModel(
    SavedFilterQueries queries,
    DeleteFilter operation,
    CurrentActor current,
    Texts texts
) : PageModel
{
    [FromRoute]
    public int Number { get; set; }

    public Confirmation Question { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await queries.FindAsync(current.Value, Number, cancellationToken) is not { } filter)
        {
            return NotFound();
        }
        Question = new Confirmation(
            texts["filters.delete_title", filter.Name],
            [texts["filters.delete_help"]],
            texts["filters.delete"],
            "/filters",
            IsDestructive: true
        );
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        try
        {
            await operation.ExecuteAsync(current.Value, Number, cancellationToken);
        }
        catch (Refusal refusal) when (refusal.Code == "filter_not_found")
        {
            return NotFound();
        }
        TempData.Done(texts["filters.deleted"]);
        return LocalRedirect("/filters");
    }
}

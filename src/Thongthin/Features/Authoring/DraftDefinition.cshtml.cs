using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Authoring;

/// <summary>A draft as js/forms/form.js reads it, for its preview.</summary>
[Authorize(Policies.DepartmentAdministrator)]
internal sealed class DraftDefinitionModel(DraftQueries queries) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken) =>
        (await queries.FindAsync(id, cancellationToken))?.ReadDefinition() is { } form
            ? Content(form.ToBrowserText(), "application/json")
            : NotFound();
}

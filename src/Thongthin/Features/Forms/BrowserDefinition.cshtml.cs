using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;

namespace Thongthin.Features.Forms;

/// <summary>A published version as js/forms/form.js reads it. Immutable, so the browser asks once.</summary>
internal sealed class BrowserDefinitionModel(AppDb db, FormLibrary forms) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string formId, int version, CancellationToken cancellationToken)
    {
        if (!await db.Set<FormVersion>().AnyAsync(v => v.FormId == formId && v.Version == version, cancellationToken))
        {
            return NotFound();
        }
        var form = await forms.GetAsync(formId, version, cancellationToken);
        Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return Content(form.ToBrowserText(), "application/json");
    }
}

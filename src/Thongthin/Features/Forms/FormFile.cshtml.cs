using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Platform.Security;
using Thongthin.Platform.Spreadsheets;

namespace Thongthin.Features.Forms;

/// <summary>A published version as an XLSForm workbook.</summary>
[Authorize(Policies.Member)]
internal sealed class FormFileModel(FormQueries queries, FormLibrary forms) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string formId, int version, CancellationToken cancellationToken)
    {
        if (!(await queries.ListVersionsAsync(formId, cancellationToken)).Any(v => v.Version == version))
        {
            return NotFound();
        }
        var form = await forms.GetAsync(formId, version, cancellationToken);
        return File(FormWorkbook.Write(form), XlsxWriter.ContentType, $"{formId}-{version}.xlsx");
    }
}

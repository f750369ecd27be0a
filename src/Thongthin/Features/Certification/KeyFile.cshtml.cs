using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Features.Submissions.Signing;

namespace Thongthin.Features.Certification;

/// <summary>The public keys, in use and retired, for anybody who checks signatures with a tool of their own.</summary>
[AllowAnonymous]
internal sealed class KeyFileModel(PublishedKeys keys) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var pem = PublishedKeys.Pem(await keys.ListAsync(cancellationToken));
        return File(Encoding.UTF8.GetBytes(pem), "application/x-pem-file", "thongthin-certificates.pem");
    }
}

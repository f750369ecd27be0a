using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Accounts;

/// <summary>
/// What a script needs to open and send the answers that a browser keeps for one membership: who is signed in now, the key
/// that they are encrypted with on that machine, and a token for forms. The key is computed from the program's own secret:
/// nothing is stored for it, and only this membership's session is told.
/// </summary>
internal sealed class KeptKeyModel(WrappingKey wrapping, IAntiforgery antiforgery) : PageModel
{
    public IActionResult OnGet()
    {
        var membership = KeptPages.Membership(User)!;
        return new JsonResult(
            new
            {
                membership,
                key = Convert.ToBase64String(wrapping.Derive("kept answers of membership " + membership)),
                token = antiforgery.GetAndStoreTokens(HttpContext).RequestToken,
            }
        );
    }
}

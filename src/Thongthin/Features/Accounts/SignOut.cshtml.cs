using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Accounts;

/// <summary>Ends the session.</summary>
[Authorize(Policies.Account)]
internal sealed class SignOutModel(SignInDb db, TimeProvider clock) : PageModel
{
    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var userId = User.UserId();
        await AuditLog.WriteAsync(
            db,
            Actor.SignIn(clock) with
            {
                UserId = userId,
            },
            "signed_out",
            $"user/{userId}",
            laoId: null,
            detail: null,
            cancellationToken
        );
        await HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
        return LocalRedirect("/sign-in?ended=signed_out");
    }
}

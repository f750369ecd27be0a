using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Accounts;

/// <summary>Where a password link leads. Whether it is still good is found when it is used, so looking at it tells nothing.</summary>
[AllowAnonymous]
internal sealed class SetPasswordModel(SetPasswordByLink operation, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid UserId { get; set; }

    [BindProperty(SupportsGet = true)]
    public string Part { get; set; } = "";

    [BindProperty]
    public string? NewPassword { get; set; }

    [BindProperty]
    public string? Repeated { get; set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        this.CheckNewPassword(NewPassword, Repeated);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }
        try
        {
            var token = PasswordLink.TokenOf(Part) ?? throw new Refusal("password_link_not_open");
            var findings = await operation.ExecuteAsync(
                Actor.SignIn(clock),
                UserId,
                token,
                NewPassword!,
                cancellationToken
            );
            return findings.Count > 0 ? this.Found(findings) : LocalRedirect("/sign-in?ended=password");
        }
        catch (Refusal refusal)
        {
            return this.Refused(refusal);
        }
    }
}

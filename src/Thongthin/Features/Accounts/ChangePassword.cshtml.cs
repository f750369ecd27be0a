using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Data;
using Thongthin.Features.Shared;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Accounts;

/// <summary>Changes the own password; this session goes on, others of the account end.</summary>
[Authorize(Policies.Account)]
internal sealed class ChangePasswordModel(
    ChangeOwnPassword change,
    SignInDb db,
    CurrentActor current,
    TimeProvider clock,
    Texts texts
) : PageModel
{
    [BindProperty]
    public string? CurrentPassword { get; set; }

    [BindProperty]
    public string? NewPassword { get; set; }

    [BindProperty]
    public string? Repeated { get; set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(CurrentPassword))
        {
            ModelState.AddModelError(nameof(CurrentPassword), texts["accounts.password.current_missing"]);
        }
        this.CheckNewPassword(NewPassword, Repeated);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }
        try
        {
            var actor = Actor.SignIn(clock);
            var outcome = await change.ExecuteAsync(
                actor,
                User.UserId(),
                CurrentPassword!,
                NewPassword!,
                cancellationToken
            );
            if (outcome.User is not { } user)
            {
                return this.Found(outcome.Findings);
            }
            await ContinueAsync(user, cancellationToken);
        }
        catch (Refusal refusal)
        {
            return this.Refused(refusal, nameof(CurrentPassword));
        }
        TempData.Done(texts["accounts.password.done"]);
        return LocalRedirect(current.Value.MembershipId is null ? "/account/role" : "/account");
    }

    private async Task ContinueAsync(User user, CancellationToken cancellationToken)
    {
        var today = BangkokTime.Today(clock);
        var memberships = await MembershipQueries.OfUserAsync(db, user.Id, today, cancellationToken);
        var chosen = memberships.Find(row => row.MembershipId == current.Value.MembershipId);
        await Session.StartAsync(HttpContext, user, chosen, memberships.Count);
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Data;
using Thongthin.Features.Shared;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Accounts;

/// <summary>Where the one-time link of an invitation leads: make an account, or take the place with the one that is signed in.</summary>
[AllowAnonymous]
internal sealed class AcceptModel(AcceptInvitation accept, SignInDb db, TimeProvider clock, Texts texts) : PageModel
{
    private const int LongestName = 200;

    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    [BindProperty]
    public string? DisplayName { get; set; }

    [BindProperty]
    public string? UserName { get; set; }

    [BindProperty]
    public string? NewPassword { get; set; }

    [BindProperty]
    public string? Repeated { get; set; }

    /// <summary>What is offered; null when the link is not open any more.</summary>
    public InvitationRow? Offer { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (Offer is null)
        {
            Response.StatusCode = StatusCodes.Status410Gone;
        }
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (DisplayName is not { Length: > 0 and <= LongestName })
        {
            ModelState.AddModelError(nameof(DisplayName), texts["accounts.display_name_missing"]);
        }
        if (string.IsNullOrWhiteSpace(UserName))
        {
            ModelState.AddModelError(nameof(UserName), texts["accounts.user_name_missing"]);
        }
        this.CheckNewPassword(NewPassword, Repeated);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }
        var account = new NewAccount(DisplayName!.Trim(), UserName!.Trim(), NewPassword!, texts.Reader.Code);
        return await AcceptAsync(existingUser: null, account, cancellationToken);
    }

    public async Task<IActionResult> OnPostExistingAsync(CancellationToken cancellationToken)
    {
        if (User.Identity?.IsAuthenticated != true)
        {
            return Challenge();
        }
        await LoadAsync(cancellationToken);
        return await AcceptAsync(User.UserId(), account: null, cancellationToken);
    }

    private async Task<IActionResult> AcceptAsync(
        Guid? existingUser,
        NewAccount? account,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var actor = Actor.SignIn(clock);
            var outcome = await accept.ExecuteAsync(actor, Token, existingUser, account, cancellationToken);
            if (outcome.User is not { } user)
            {
                return this.Found(outcome.Findings);
            }
            var day = BangkokTime.Day(actor.At);
            var memberships = await MembershipQueries.OfUserAsync(db, user.Id, day, cancellationToken);
            var taken = memberships.Find(row => row.UnitId == Offer?.UnitId && row.Role == Offer.Role);
            await Session.StartAsync(HttpContext, user, taken, memberships.Count);
            TempData.Done(texts["accounts.accept.done"]);
            return LocalRedirect("/");
        }
        catch (Refusal refusal)
        {
            return this.Refused(refusal, refusal.Code == "user_name_taken" ? nameof(UserName) : "");
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken) =>
        Offer = await InvitationQueries.OpenAsync(db, Token, clock.GetUtcNow(), cancellationToken);
}

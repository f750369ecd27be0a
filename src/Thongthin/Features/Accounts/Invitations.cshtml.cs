using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Data;
using Thongthin.Features.Shared;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Accounts;

/// <summary>The invitations that nobody has accepted yet: send a new link, or take one back.</summary>
[Authorize(Policies.Administrator)]
internal sealed class InvitationsModel(
    RenewInvitation renew,
    RevokeInvitation revoke,
    AppDb db,
    CurrentActor current,
    TimeProvider clock,
    Texts texts
) : PageModel
{
    [FromQuery(Name = "page")]
    public int? AskedPage { get; set; }

    public int PageNumber => Math.Max(1, AskedPage ?? 1);

    public int PageSize => 50;

    public int Total { get; private set; }

    public DateTimeOffset Now => clock.GetUtcNow();

    public IReadOnlyList<InvitationRow> Rows { get; private set; } = [];

    /// <summary>The new link, shown once.</summary>
    public string? Link { get; private set; }

    public DateTimeOffset LinkExpires => current.Value.At + Invitation.Lifetime;

    public async Task OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostRenewAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            if (await renew.ExecuteAsync(current.Value, id, cancellationToken) is not { } token)
            {
                return NotFound();
            }
            Link = $"{Request.Scheme}://{Request.Host}{InvitationToken.PathOf(token)}";
            await LoadAsync(cancellationToken);
            return Page();
        }
        catch (Refusal refusal)
        {
            await LoadAsync(cancellationToken);
            return this.Refused(refusal);
        }
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            if (!await revoke.ExecuteAsync(current.Value, id, cancellationToken))
            {
                return NotFound();
            }
            TempData.Done(texts["accounts.invitations.revoked"]);
            return LocalRedirect("/accounts/invitations");
        }
        catch (Refusal refusal)
        {
            await LoadAsync(cancellationToken);
            return this.Refused(refusal);
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken) =>
        (Rows, Total) = await InvitationQueries.ListAsync(
            db,
            BangkokTime.Today(clock),
            PageNumber,
            PageSize,
            cancellationToken
        );
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Accounts;

/// <summary>A person with several memberships says under which one to go on.</summary>
[Authorize(Policies.Account)]
internal sealed class ChooseRoleModel(SignInDb db, CurrentActor current, TimeProvider clock, Texts texts) : PageModel
{
    [BindProperty]
    public Guid Membership { get; set; }

    [BindProperty(Name = "return", SupportsGet = true)]
    public string? Back { get; set; }

    public IReadOnlyList<MembershipRow> Memberships { get; private set; } = [];

    public Guid? Current => current.Value.MembershipId;

    public async Task OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        var chosen = Memberships.FirstOrDefault(row => row.MembershipId == Membership);
        if (chosen is null)
        {
            ModelState.AddModelError("", texts["accounts.role.not_yours"]);
            return this.Invalid();
        }
        var userId = User.UserId();
        var user = await db.Set<User>().SingleAsync(row => row.Id == userId, cancellationToken);
        await Session.StartAsync(HttpContext, user, chosen, Memberships.Count);
        return LocalRedirect(Url.IsLocalUrl(Back) ? Back : "/");
    }

    private async Task LoadAsync(CancellationToken cancellationToken) =>
        Memberships = await MembershipQueries.OfUserAsync(
            db,
            User.UserId(),
            BangkokTime.Today(clock),
            cancellationToken
        );
}

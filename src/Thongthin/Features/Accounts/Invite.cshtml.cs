using System.Globalization;
using System.Net.Mail;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Thongthin.Data;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Accounts;

/// <summary>Invites one person; the link is shown once, here.</summary>
[Authorize(Policies.Administrator)]
internal sealed class InviteModel(InvitePeople invite, AppDb db, CurrentActor current, TimeProvider clock, Texts texts)
    : PageModel
{
    private const int MostUnits = 20;

    [BindProperty]
    public string? UnitText { get; set; }

    [BindProperty]
    public string? UnitId { get; set; }

    [BindProperty]
    public string? RoleText { get; set; }

    [BindProperty]
    public string? DisplayName { get; set; }

    [BindProperty]
    public string? Position { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    /// <summary>The last day; empty: no end.</summary>
    [BindProperty]
    public string? Until { get; set; }

    public IssuedInvitation? Issued { get; private set; }

    /// <summary>The units that the typed text may mean.</summary>
    public IReadOnlyList<UnitChoice> Found { get; private set; } = [];

    public bool IsLao => current.Value.Level == UnitLevel.Lao;

    public string OwnUnit => current.Value.UnitName;

    public IEnumerable<SelectListItem> Roles =>
        Enum.GetValues<Role>()
            .Where(role => !IsLao || UnitLabel.RolesAt(UnitLevel.Lao).Contains(role))
            .Select(role => new SelectListItem(texts["role." + role], role.ToString()));

    /// <param name="unit">proposed, where the administrator may choose</param>
    /// <param name="role">proposed</param>
    public async Task OnGetAsync(int? unit, Role? role, CancellationToken cancellationToken)
    {
        RoleText = role?.ToString();
        if (unit is { } id)
        {
            var today = BangkokTime.Today(clock);
            var chosen = await UnitQueries.InScopeAsync(db, id, today, cancellationToken);
            UnitText = chosen?.Code ?? chosen?.Thai;
        }
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var unit = IsLao ? current.Value.UnitId : await ResolveUnitAsync(cancellationToken);
        if (!Enum.TryParse<Role>(RoleText, out var role))
        {
            ModelState.AddModelError(nameof(RoleText), texts["accounts.invite.role_missing"]);
        }
        if (string.IsNullOrWhiteSpace(DisplayName) || DisplayName.Length > 200)
        {
            ModelState.AddModelError(nameof(DisplayName), texts["accounts.display_name_missing"]);
        }
        if (!string.IsNullOrWhiteSpace(Email) && !MailAddress.TryCreate(Email.Trim(), out _))
        {
            ModelState.AddModelError(nameof(Email), texts["accounts.email_invalid"]);
        }
        DateOnly? until = null;
        if (!string.IsNullOrWhiteSpace(Until))
        {
            if (ThaiDate.TryParse(Until, out var day))
            {
                until = day;
            }
            else
            {
                ModelState.AddModelError(nameof(Until), texts["accounts.date_invalid"]);
            }
        }
        if (!ModelState.IsValid || unit is null)
        {
            return this.Invalid();
        }
        var email = string.IsNullOrWhiteSpace(Email) ? null : Email.Trim();
        var request = new InvitationRequest(
            unit.Value,
            role,
            DisplayName!.Trim(),
            Position?.Trim() ?? "",
            email,
            until
        );
        try
        {
            Issued = (await invite.ExecuteAsync(current.Value, [request], cancellationToken))[0];
            return Page();
        }
        catch (Refusal refusal)
        {
            var field = refusal.Code switch
            {
                "role_not_at_unit" => nameof(RoleText),
                "membership_end_early" => nameof(Until),
                _ => nameof(UnitText),
            };
            return this.Refused(refusal, field);
        }
    }

    public string LinkOf(string token) => $"{Request.Scheme}://{Request.Host}{InvitationToken.PathOf(token)}";

    private async Task<int?> ResolveUnitAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(UnitText))
        {
            ModelState.AddModelError(nameof(UnitText), texts["accounts.invite.unit_missing"]);
            return null;
        }
        var today = BangkokTime.Today(clock);
        Found = await UnitQueries.FindAsync(db, UnitText, today, MostUnits, cancellationToken);
        if (Found.Count == 1)
        {
            return Found[0].UnitId;
        }
        var chosen = Found.FirstOrDefault(unit => unit.UnitId.ToString(CultureInfo.InvariantCulture) == UnitId);
        if (chosen is null)
        {
            ModelState.AddModelError(
                Found.Count == 0 ? nameof(UnitText) : nameof(UnitId),
                texts[Found.Count == 0 ? "accounts.invite.unit_unknown" : "accounts.invite.unit_several"]
            );
        }
        return chosen?.UnitId;
    }
}

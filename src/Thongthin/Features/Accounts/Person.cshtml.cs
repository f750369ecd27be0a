using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Thongthin.Data;
using Thongthin.Features.Shared;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Accounts;

/// <summary>One person, for administrators: the memberships in scope, a further one, a link for a forgotten password.</summary>
[Authorize(Policies.Administrator)]
internal sealed class PersonModel(
    AddMembership addMembership,
    PasswordLink passwordLink,
    AppDb db,
    CurrentActor current,
    TimeProvider clock,
    Texts texts
) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid UserId { get; set; }

    [BindProperty]
    public string? UnitText { get; set; }

    [BindProperty]
    public string? RoleText { get; set; }

    [BindProperty]
    public string? Position { get; set; }

    [BindProperty]
    public string? From { get; set; }

    /// <summary>The last day; empty: no end.</summary>
    [BindProperty]
    public string? Until { get; set; }

    public IReadOnlyList<PersonRow> Memberships { get; private set; } = [];

    public PersonRow Person => Memberships[0];

    public string? Link { get; private set; }

    public DateTimeOffset LinkExpires => current.Value.At + PasswordLink.Lifetime;

    public DateTimeOffset Now => clock.GetUtcNow();

    public DateOnly Today => BangkokTime.Today(clock);

    public string DefaultUnit => current.Value.UnitName;

    public IEnumerable<SelectListItem> Roles =>
        Enum.GetValues<Role>()
            .Where(role => current.Value.Level != UnitLevel.Lao || UnitLabel.RolesAt(UnitLevel.Lao).Contains(role))
            .Select(role => new SelectListItem(texts["role." + role], role.ToString()));

    /// <summary>A person without a membership in scope is not found, whatever the request wants.</summary>
    public override async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context,
        PageHandlerExecutionDelegate next
    )
    {
        Memberships = await PeopleQueries.OfPersonAsync(db, UserId, Today, context.HttpContext.RequestAborted);
        if (Memberships.Count == 0)
        {
            context.Result = NotFound();
            return;
        }
        await next();
    }

    public void OnGet() { }

    public async Task<IActionResult> OnPostPasswordLinkAsync(CancellationToken cancellationToken)
    {
        try
        {
            var path = await passwordLink.ExecuteAsync(current.Value, UserId, cancellationToken);
            Link = path is null ? null : $"{Request.Scheme}://{Request.Host}{path}";
            return path is null ? NotFound() : Page();
        }
        catch (Refusal refusal)
        {
            return this.Refused(refusal);
        }
    }

    public async Task<IActionResult> OnPostAddAsync(CancellationToken cancellationToken)
    {
        var units = await UnitQueries.FindAsync(db, UnitText ?? "", Today, 2, cancellationToken);
        if (string.IsNullOrWhiteSpace(UnitText) || units.Count != 1)
        {
            var problem = units.Count > 1 ? "accounts.person.unit_several" : "accounts.invite.unit_unknown";
            ModelState.AddModelError(nameof(UnitText), texts[problem]);
        }
        if (!Enum.TryParse<Role>(RoleText, out var role))
        {
            ModelState.AddModelError(nameof(RoleText), texts["accounts.invite.role_missing"]);
        }
        if (!ThaiDate.TryParse(From, out var from))
        {
            ModelState.AddModelError(nameof(From), texts["accounts.date_invalid"]);
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
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }
        try
        {
            var request = new MembershipRequest(UserId, units[0].UnitId, role, Position?.Trim() ?? "", from, until);
            await addMembership.ExecuteAsync(current.Value, request, cancellationToken);
        }
        catch (Refusal refusal)
        {
            return this.Refused(refusal, refusal.Code == "membership_end_early" ? nameof(Until) : nameof(RoleText));
        }
        TempData.Done(texts["accounts.person.added"]);
        return LocalRedirect($"/accounts/person/{UserId}");
    }
}

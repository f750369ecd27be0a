using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Data;
using Thongthin.Features.Shared;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Accounts;

/// <summary>Asks from which day on a membership ends, and ends it.</summary>
[Authorize(Policies.Administrator)]
internal sealed class EndModel(EndMembership end, AppDb db, CurrentActor current, TimeProvider clock, Texts texts)
    : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid MembershipId { get; set; }

    [BindProperty]
    public string? From { get; set; }

    public PersonRow Row { get; private set; } = null!;

    public DateOnly Today => BangkokTime.Today(clock);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }
        if (!ThaiDate.TryParse(From, out var from))
        {
            ModelState.AddModelError(nameof(From), texts["accounts.date_invalid"]);
            return this.Invalid();
        }
        try
        {
            if (!await end.ExecuteAsync(current.Value, MembershipId, from, cancellationToken))
            {
                return NotFound();
            }
        }
        catch (Refusal refusal)
        {
            return this.Refused(refusal, nameof(From));
        }
        TempData.Done(texts["accounts.end.done", Row.DisplayName]);
        return LocalRedirect($"/accounts/person/{Row.UserId}");
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var row = await PeopleQueries.OfMembershipAsync(db, MembershipId, Today, cancellationToken);
        Row = row!;
        return row is not null;
    }
}

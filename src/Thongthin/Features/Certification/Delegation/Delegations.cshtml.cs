using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Thongthin.Features.Shared;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Certification.Delegation;

/// <summary>Who certifies for the certifiers of the own LAO, was and will be; and the form that lets somebody.</summary>
[Authorize(Policies.Certifier)]
internal sealed class DelegationsModel(
    CurrentActor actor,
    DelegationQueries queries,
    DelegateCertifying delegateCertifying,
    EndDelegation end,
    Texts texts
) : PageModel
{
    [BindProperty]
    public Guid? Person { get; set; }

    [BindProperty]
    public string? Position { get; set; }

    [BindProperty]
    public string? From { get; set; }

    [BindProperty]
    public string? Until { get; set; }

    [BindProperty]
    public string? OrderReference { get; set; }

    [BindProperty]
    public string? OrderDate { get; set; }

    [BindProperty]
    public IFormFile? Order { get; set; }

    public IReadOnlyList<DelegationRow> Rows { get; private set; } = [];

    /// <summary>Null for who certifies by delegation: they let nobody else.</summary>
    public IReadOnlyList<SelectListItem>? People { get; private set; }

    public int LaoId => actor.Value.UnitId!.Value;

    public DateOnly Today => BangkokTime.Day(actor.Value.At);

    public Task OnGetAsync(CancellationToken cancellationToken)
    {
        From = ThaiDate.Typed(Today);
        return LoadAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var request = Read();
        if (!ModelState.IsValid)
        {
            await LoadAsync(cancellationToken);
            return this.Invalid();
        }
        try
        {
            await using var content = Order!.OpenReadStream();
            await delegateCertifying.ExecuteAsync(
                actor.Value,
                request,
                new OrderFile(Order.FileName, content),
                cancellationToken
            );
            TempData.Done(texts["delegation.done"]);
            return Redirect("/certification/delegations");
        }
        catch (Refusal refusal)
        {
            await LoadAsync(cancellationToken);
            return this.Refused(refusal, FieldOf(refusal.Code));
        }
    }

    public async Task<IActionResult> OnPostEndAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            if (await end.ExecuteAsync(actor.Value, id, cancellationToken))
            {
                TempData.Done(texts["delegation.end_done"]);
            }
            return Redirect("/certification/delegations");
        }
        catch (Refusal refusal)
        {
            await LoadAsync(cancellationToken);
            return this.Refused(refusal);
        }
    }

    /// <summary>What was typed; what is wrong with it stands in the model state.</summary>
    private DelegationRequest Read()
    {
        Require(nameof(Person), Person is not null);
        Require(nameof(Position), !string.IsNullOrWhiteSpace(Position));
        Require(nameof(OrderReference), !string.IsNullOrWhiteSpace(OrderReference));
        Require(nameof(Order), Order is { Length: > 0 });
        return new DelegationRequest(
            Person ?? Guid.Empty,
            Position?.Trim() ?? "",
            Day(nameof(From), From),
            Day(nameof(Until), Until),
            OrderReference?.Trim() ?? "",
            Day(nameof(OrderDate), OrderDate)
        );
    }

    private void Require(string field, bool isThere)
    {
        if (!isThere)
        {
            ModelState.AddModelError(field, texts["delegation.missing." + field]);
        }
    }

    private DateOnly Day(string field, string? text)
    {
        if (!ThaiDate.TryParse(text, out var day))
        {
            ModelState.AddModelError(field, texts["accounts.date_invalid"]);
        }
        return day;
    }

    private static string FieldOf(string code) =>
        code switch
        {
            "delegation_days" => nameof(Until),
            "delegate_unknown" or "membership_exists" => nameof(Person),
            _ when code.StartsWith("file_", StringComparison.Ordinal) || code == "order_not_a_document" => nameof(
                Order
            ),
            _ => "",
        };

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Rows = await queries.ListAsync(LaoId, cancellationToken);
        if (await queries.IsDelegateAsync(actor.Value.MembershipId!.Value, cancellationToken))
        {
            return;
        }
        var people = await queries.ListPeopleAsync(LaoId, actor.Value.UserId!.Value, Today, cancellationToken);
        People =
        [
            .. people.Select(person => new SelectListItem(
                person.Position.Length > 0 ? $"{person.DisplayName} ({person.Position})" : person.DisplayName,
                person.UserId.ToString(),
                person.UserId == Person
            )),
        ];
    }
}

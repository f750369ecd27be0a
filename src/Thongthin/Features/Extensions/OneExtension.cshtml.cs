using Microsoft.AspNetCore.Mvc;
using Thongthin.Features.Shared;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Extensions;

/// <summary>One extension: for whom, until when, why, by whom; and the way to take it back.</summary>
internal sealed class OneExtensionModel(
    ExtensionQueries queries,
    WithdrawExtension withdraw,
    CurrentActor current,
    Texts texts
) : RoundExtensionsPage(queries, current)
{
    [FromRoute]
    public Guid Id { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public ExtensionRow Extension { get; private set; } = null!;

    public IReadOnlyList<ExtendedLaoRow> Laos { get; private set; } = [];

    public bool MayWithdraw => Actor.Role == Role.Officer && Extension.WithdrawnAt is null;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }
        try
        {
            await withdraw.ExecuteAsync(Actor, Id, Reason, cancellationToken);
            TempData.Done(texts["extension.withdraw_done"]);
            return Redirect(ExtensionPath.Of(Round.Slug, Id));
        }
        catch (Refusal refusal)
        {
            var field = refusal.Code is "reason_required" or "reason_too_long" ? nameof(Reason) : "";
            return this.Refused(refusal, field);
        }
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await Queries.FindAsync(Round.RoundId, Id, cancellationToken) is not { } extension)
        {
            return false;
        }
        Extension = extension;
        Laos = await Queries.ListLaosAsync(Id, cancellationToken);
        return true;
    }
}

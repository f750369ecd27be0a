using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Thongthin.Features.Shared;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Extensions;

/// <summary>An LAO asks for a later deadline, and sees what it was told.</summary>
[Authorize(Policies.LocalAuthority)]
internal sealed class AskModel(ExtensionQueries queries, AskForExtension ask, CurrentActor current, Texts texts)
    : RoundExtensionsPage(queries, current)
{
    private const int Shown = 20;

    [BindProperty]
    public string? Wanted { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public OwnRoundRow Own { get; private set; } = null!;

    public IReadOnlyList<RequestRow> Waiting { get; private set; } = [];

    public IReadOnlyList<RequestRow> Answered { get; private set; } = [];

    public bool MayAsk => Actor.Role is Role.Recorder or Role.Certifier && Waiting.Count == 0 && Own.Open > 0;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }
        if (!ThaiDate.TryParse(Wanted, out var wanted))
        {
            ModelState.AddModelError(nameof(Wanted), texts["accounts.date_invalid"]);
            return this.Invalid();
        }
        try
        {
            await ask.ExecuteAsync(Actor, Round.RoundId, wanted, Reason, cancellationToken);
            TempData.Done(texts["extension.ask_done"]);
            return Redirect(ExtensionPath.Ask(Round.Slug));
        }
        catch (Refusal refusal)
        {
            var field = refusal.Code switch
            {
                "reason_required" or "reason_too_long" => nameof(Reason),
                "extension_not_later" or "extension_in_past" => nameof(Wanted),
                _ => "",
            };
            return this.Refused(refusal, field);
        }
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await Queries.FindOwnAsync(Round.RoundId, Actor.UnitId!.Value, cancellationToken) is not { } own)
        {
            return false;
        }
        Own = own;
        Waiting = await Queries.ListRequestsAsync(Round.RoundId, false, Shown, cancellationToken);
        Answered = await Queries.ListRequestsAsync(Round.RoundId, true, Shown, cancellationToken);
        return true;
    }
}

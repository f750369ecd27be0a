using Microsoft.AspNetCore.Mvc;
using Thongthin.Features.Shared;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Extensions;

/// <summary>One request: what was asked and what was told; an officer grants or declines it, the LAO takes it back.</summary>
internal sealed class OneRequestModel(ExtensionQueries queries, AnswerRequest answer, CurrentActor current, Texts texts)
    : RoundExtensionsPage(queries, current)
{
    [FromRoute]
    public Guid Id { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public RequestRow Asked { get; private set; } = null!;

    public bool MayAnswer => Actor.Role == Role.Officer && Asked.Answer is null;

    public bool MayTakeBack =>
        Actor.Role is Role.Recorder or Role.Certifier && Asked.LaoId == Actor.UnitId && Asked.Answer is null;

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
            await answer.ExecuteAsync(Actor, Asked.LaoId, Id, Reason, cancellationToken);
            TempData.Done(texts["extension.answer_done"]);
            return Redirect(ExtensionPath.Request(Round.Slug, Id));
        }
        catch (Refusal refusal)
        {
            var field = refusal.Code is "reason_required" or "reason_too_long" ? nameof(Reason) : "";
            return this.Refused(refusal, field);
        }
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await Queries.FindRequestAsync(Id, cancellationToken);
        if (found is null || found.RoundId != Round.RoundId)
        {
            return false;
        }
        Asked = found;
        return true;
    }
}

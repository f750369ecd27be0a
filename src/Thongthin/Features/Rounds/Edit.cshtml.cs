using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Thongthin.Features.Forms;
using Thongthin.Features.Shared;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Rounds;

/// <summary>Changes a draft. A round that is open or cancelled leads to its own page: there is nothing to change any more.</summary>
[Authorize(Policies.DepartmentAdministrator)]
internal sealed class EditModel(
    ChangeRound changeRound,
    RoundQueries queries,
    FormQueries forms,
    RoundPlaces places,
    CurrentActor current,
    Texts texts
) : DraftPage(forms, places, texts)
{
    public Round Round { get; private set; } = null!;

    /// <summary>The version that the fields were filled from.</summary>
    [BindProperty(Name = "_version")]
    public string Version { get; set; } = "";

    public override string ButtonText => Texts["round.edit.save"];

    public override string? CancelPath => $"/rounds/{Round.Slug}";

    public async Task<IActionResult> OnGetAsync(
        [FromRoute(Name = "slug")] string address,
        CancellationToken cancellationToken
    )
    {
        if (await queries.FindDraftAsync(address, cancellationToken) is not { } draft)
        {
            return NotFound();
        }
        if (draft.State != RoundState.Draft)
        {
            return Redirect($"/rounds/{address}");
        }
        Round = draft.Round;
        Version = draft.Version;
        Fill(draft);
        WarnedOf = Round.Deadline;
        await LoadChoicesAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(
        [FromRoute(Name = "slug")] string address,
        CancellationToken cancellationToken
    )
    {
        if (await queries.FindDraftAsync(address, cancellationToken) is not { } draft)
        {
            return NotFound();
        }
        Round = draft.Round;
        await LoadChoicesAsync(cancellationToken);
        if (await ReadAsync(cancellationToken) is not { } request)
        {
            return this.Invalid();
        }
        try
        {
            await changeRound.ExecuteAsync(current.Value, Round.RoundId, Version, request, cancellationToken);
            TempData.Done(Texts["round.edit.done"]);
            return Redirect($"/rounds/{request.Slug}");
        }
        catch (Refusal refusal)
        {
            // told of the other change, whoever sends again means it
            Version = draft.Version;
            return this.Refused(refusal, FieldOf(refusal.Code));
        }
    }
}

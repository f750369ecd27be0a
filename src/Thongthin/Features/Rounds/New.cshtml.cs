using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Thongthin.Features.Forms;
using Thongthin.Features.Shared;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Rounds;

/// <summary>
/// Makes a draft of a round, empty or after an earlier one; who would be asked is shown on its page before it is opened.
/// </summary>
[Authorize(Policies.DepartmentAdministrator)]
internal sealed class NewModel(
    CreateRound createRound,
    RoundQueries queries,
    FormQueries forms,
    RoundPlaces places,
    CurrentActor current,
    Texts texts
) : DraftPage(forms, places, texts)
{
    public override string ButtonText => Texts["rounds.new.button"];

    /// <summary>The slug of the round that the fields are filled from; null: none.</summary>
    [FromQuery]
    public string? From { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (From is null)
        {
            FiscalYear = Platform
                .Thai.FiscalYear.Of(BangkokTime.Day(current.Value.At))
                .ToString(CultureInfo.InvariantCulture);
        }
        else if (await queries.FindDraftAsync(From, cancellationToken) is { } earlier)
        {
            Fill(NextYear.Of(earlier));
        }
        else
        {
            return NotFound();
        }
        await LoadChoicesAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadChoicesAsync(cancellationToken);
        if (await ReadAsync(cancellationToken) is not { } request)
        {
            return this.Invalid();
        }
        try
        {
            await createRound.ExecuteAsync(current.Value, request, cancellationToken);
            TempData.Done(Texts["rounds.new.done"]);
            return Redirect($"/rounds/{request.Slug}");
        }
        catch (Refusal refusal)
        {
            return this.Refused(refusal, FieldOf(refusal.Code));
        }
    }
}

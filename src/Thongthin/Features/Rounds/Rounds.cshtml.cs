using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Thongthin.Data;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Rounds;

/// <summary>All rounds: open, closed and to come for everybody, drafts for the Department.</summary>
[Authorize(Policies.Member)]
internal sealed class RoundsModel(RoundQueries queries, CurrentActor current, Texts texts) : PageModel
{
    [BindProperty(Name = "q", SupportsGet = true)]
    public string? Text { get; set; }

    [BindProperty(Name = "state", SupportsGet = true)]
    public string? StateText { get; set; }

    [BindProperty(Name = "sort", SupportsGet = true)]
    public string? Sort { get; set; }

    public IReadOnlyList<RoundRow> Rounds { get; private set; } = [];

    public bool MayCreate => current.Value.IsDepartmentAdministrator;

    /// <summary>Drafts are offered to those who see them.</summary>
    public IEnumerable<SelectListItem> States =>
        Enum.GetValues<RoundState>()
            .Where(state => state != RoundState.Draft || current.Value.Level == UnitLevel.Department)
            .Select(state => new SelectListItem(texts["round.state." + SnakeCase.Of(state)], SnakeCase.Of(state)));

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var sort = Sort?.TrimStart('-') switch
        {
            "title" => RoundSort.Title,
            "fiscal_year" => RoundSort.FiscalYear,
            _ => RoundSort.Deadline,
        };
        var descending = Sort is null ? true : Sort.StartsWith('-');
        Rounds = await queries.ListAsync(new RoundFilter(Text, State(), sort, descending), cancellationToken);
    }

    private RoundState? State() =>
        Enum.GetValues<RoundState>().Where(s => SnakeCase.Of(s) == StateText).Cast<RoundState?>().FirstOrDefault();
}

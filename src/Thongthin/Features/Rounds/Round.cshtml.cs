using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Rounds;

/// <summary>One round: its days, forms, and who is asked; for a draft who would be.</summary>
[Authorize(Policies.Member)]
internal sealed class RoundModel(RoundQueries queries, RoundPlaces places, CurrentActor current) : PageModel
{
    /// <summary>The kinds in the order of domain.md.</summary>
    private static readonly string[] KindOrder = [.. DraftContent.DefaultKinds, "special"];

    public RoundDetail Detail { get; private set; } = null!;

    /// <summary>The group of the Department that owns it, with how it is reached; null: none.</summary>
    public RoundGroup? Group { get; private set; }

    public IEnumerable<string> Kinds => KindOrder.Where(kind => Detail.Audience.Any(a => a.Kind == kind));

    /// <summary>In report order.</summary>
    public IEnumerable<IGrouping<int, AudienceCount>> Provinces => Detail.Audience.GroupBy(a => a.ProvinceId);

    /// <summary>Open and change: only a draft.</summary>
    public bool MayOpen => current.Value.IsDepartmentAdministrator && Detail.State == RoundState.Draft;

    /// <summary>Opened or cancelled, it can be asked again for the year after; a draft is changed instead.</summary>
    public bool MayRepeat => current.Value.IsDepartmentAdministrator && Detail.State != RoundState.Draft;

    public bool MayCancel => current.Value.IsDepartmentAdministrator && Detail.State != RoundState.Cancelled;

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancellationToken)
    {
        if (await queries.FindAsync(slug, cancellationToken) is not { } detail)
        {
            return NotFound();
        }
        Detail = detail;
        if (detail.Round.UnitGroupId is { } owner)
        {
            Group = (await places.ListGroupsAsync(owner, cancellationToken)).FirstOrDefault(g =>
                g.UnitGroupId == owner
            );
        }
        return Page();
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Data;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Directory;

/// <summary>One unit: what it is now, its groups, and all that was: names, kinds, places, supervisors, events, predecessors and successors.</summary>
[Authorize(Policies.Member)]
internal sealed class UnitPageModel(DirectoryQueries queries, CurrentActor current, TimeProvider clock) : PageModel
{
    [FromRoute]
    public int Id { get; set; }

    /// <summary>The newest version: today's, or the last of a unit that ended.</summary>
    public UnitVersionRow Latest => Versions[0];

    public IReadOnlyList<UnitVersionRow> Versions { get; private set; } = [];

    public IReadOnlyList<SupervisionRow> Supervisions { get; private set; } = [];

    public UnitPlaceRow? Location { get; private set; }

    public IReadOnlyList<IGrouping<Guid, UnitEventRow>> Events { get; private set; } = [];

    public IReadOnlyList<GroupRow> Groups { get; private set; } = [];

    public IReadOnlyList<UnitCountRow> Counts { get; private set; } = [];

    public bool IsDepartmentAdministrator => current.Value.IsDepartmentAdministrator;

    public DateOnly? EndedOn => Latest.ValidTo <= BangkokTime.Today(clock) ? Latest.ValidTo : null;

    public bool CodeDisagrees => Latest is { Code.Length: 8 } v && v.Kind.IsLao() && v.Code[..2] != v.Kind.CodeDigits();

    public IEnumerable<UnitEventKind> EventsToEnter =>
        EndedOn is not null || Latest.Kind == UnitKind.Department ? []
        : Latest.Kind.IsLao() ? EventForm.ForLaos
        : EventForm.ForOffices;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        Versions = await queries.ListVersionsAsync(Id, cancellationToken);
        if (Versions.Count == 0)
        {
            return NotFound();
        }
        var today = BangkokTime.Today(clock);
        var events = await queries.ListEventsAsync(Id, cancellationToken);
        Events = [.. events.GroupBy(e => e.UnitEventId)];
        Groups = await queries.ListGroupsAsync(Id, today, cancellationToken);
        if (Latest.Kind.IsLao())
        {
            Supervisions = await queries.ListSupervisionsAsync(Id, cancellationToken);
            Location = await queries.FindPlaceAsync(Id, cancellationToken);
        }
        else
        {
            var counts = await queries.CountBelowAsync(Id, today, cancellationToken);
            Counts = [.. counts.OrderBy(c => c.Kind)];
        }
        return Page();
    }

    /// <summary>District and province; empty for what has neither.</summary>
    public string Place(UnitVersionRow version, Texts texts) =>
        string.Join(
            ' ',
            new[] { (version.DistrictTh, version.DistrictEn), (version.ProvinceTh, version.ProvinceEn) }
                .Where(place => place.Item1 is not null)
                .Select(place => texts.Pick(place.Item1!, place.Item2))
        );

    /// <summary>The list of those units in the directory.</summary>
    public string BelowLink(UnitKind kind) =>
        "/directory"
        + QueryString.Create(
            new Dictionary<string, string?>
            {
                ["kind"] = SnakeCase.Of(kind),
                ["province"] = Latest.Kind == UnitKind.Department ? null : Latest.Code?[..2],
                ["q"] = Latest.Kind == UnitKind.District ? $"{Latest.NameTh} {Latest.ProvinceTh}" : null,
            }.Where(pair => pair.Value is not null)
        );
}

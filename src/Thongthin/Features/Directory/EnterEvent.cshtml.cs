using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Thongthin.Data;
using Thongthin.Features.Shared;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Directory;

/// <summary>The Department's administrator enters one event of one unit; which fields there are follows from its kind.</summary>
[Authorize(Policies.DepartmentAdministrator)]
internal sealed class EnterEventModel(
    DirectoryQueries queries,
    EventOperations operations,
    CurrentActor current,
    Texts texts
) : PageModel
{
    [FromRoute]
    public int Id { get; set; }

    [FromRoute]
    public string Slug { get; set; } = "";

    [BindProperty]
    public EventForm Form { get; set; } = new();

    public UnitEventKind Kind { get; private set; }

    public UnitVersionRow Latest { get; private set; } = null!;

    public IReadOnlyList<SelectListItem> Districts { get; private set; } = [];

    public IEnumerable<SelectListItem> LaoKinds =>
        UnitKinds
            .OfLaos.Where(kind => Kind != UnitEventKind.ChangeKind || kind != Latest.Kind)
            .Select(kind => new SelectListItem(texts.Kind(kind), SnakeCase.Of(kind)));

    public IEnumerable<SelectListItem> Supervisors =>
        [
            Office(Latest.DistrictId!.Value, UnitKind.District, Latest.DistrictTh!, Latest.DistrictEn),
            Office(Latest.ProvinceId!.Value, UnitKind.Province, Latest.ProvinceTh!, Latest.ProvinceEn),
        ];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }
        if (Form.Request(ModelState, texts) is not { } request)
        {
            return this.Invalid();
        }
        try
        {
            var shown = await operations.EnterAsync(
                current.Value,
                Kind,
                Latest,
                Id,
                Form,
                request,
                ModelState,
                cancellationToken
            );
            if (shown is null)
            {
                return this.Invalid();
            }
            TempData.Done(texts["directory.event.saved"]);
            return LocalRedirect("/directory/units/" + shown.Value.ToString(CultureInfo.InvariantCulture));
        }
        catch (Refusal refusal)
        {
            return this.Refused(refusal);
        }
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (EventForm.OfSlug(Slug) is not { } kind)
        {
            return false;
        }
        Kind = kind;
        var versions = await queries.ListVersionsAsync(Id, cancellationToken);
        if (versions is not [{ ValidTo: null } latest, ..])
        {
            return false;
        }
        Latest = latest;
        if (Kind == UnitEventKind.Move)
        {
            Districts = await queries.ListDistrictOptionsAsync(texts, cancellationToken);
        }
        return (latest.Kind.IsLao() ? EventForm.ForLaos : EventForm.ForOffices).Contains(Kind)
            && latest.Kind != UnitKind.Department;
    }

    private SelectListItem Office(int unitId, UnitKind kind, string nameTh, string? nameEn) =>
        new(texts.Unit(kind, nameTh, nameEn, null), unitId.ToString(CultureInfo.InvariantCulture));
}

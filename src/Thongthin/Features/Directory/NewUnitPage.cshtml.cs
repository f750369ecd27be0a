using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Shared;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Directory;

/// <summary>The Department's administrator enters a unit that begins to exist.</summary>
[Authorize(Policies.DepartmentAdministrator)]
internal sealed class NewUnitPageModel(
    AppDb db,
    DirectoryQueries queries,
    CreateUnit operation,
    CurrentActor current,
    Texts texts
) : PageModel
{
    [BindProperty]
    public EventForm Form { get; set; } = new();

    public IReadOnlyList<SelectListItem> Districts { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Provinces { get; private set; } = [];

    public IEnumerable<SelectListItem> Kinds =>
        Enum.GetValues<UnitKind>()
            .Where(kind => kind != UnitKind.Department)
            .Select(kind => new SelectListItem(texts.Kind(kind), SnakeCase.Of(kind)));

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        var request = Form.Request(ModelState, texts);
        if (EventForm.KindOf(Form.Kind) is not { } kind)
        {
            ModelState.AddModelError("Form.Kind", texts["directory.event.kind_missing"]);
            return this.Invalid();
        }
        if (request is null)
        {
            return this.Invalid();
        }
        try
        {
            var unitId = await operation.ExecuteAsync(
                current.Value,
                new NewUnit(
                    kind,
                    Form.NameTh ?? "",
                    Form.NameEn ?? "",
                    EventForm.CodeOf(Form.Code),
                    kind.IsLao() ? await ProvinceOfAsync(cancellationToken) : Form.Province,
                    Form.District,
                    ReportOrder: 100_000
                ),
                request,
                cancellationToken
            );
            TempData.Done(texts["directory.event.saved"]);
            return LocalRedirect("/directory/units/" + unitId.ToString(CultureInfo.InvariantCulture));
        }
        catch (Refusal refusal)
        {
            return this.Refused(
                refusal,
                refusal.Code switch
                {
                    "unit_name" or "unit_name_taken" => "Form.NameTh",
                    "unit_code" => "Form.Code",
                    "unit_place" => kind.IsLao() ? "Form.District" : "Form.Province",
                    "unit_event_in_future" => "Form.EffectiveOn",
                    _ => "",
                }
            );
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Districts = await queries.ListDistrictOptionsAsync(texts, cancellationToken);
        Provinces = await queries.ListProvinceOptionsAsync(texts, cancellationToken);
    }

    private Task<int?> ProvinceOfAsync(CancellationToken cancellationToken) =>
        db.Set<UnitVersion>()
            .Where(v => v.UnitId == Form.District && v.ValidTo == null)
            .Select(v => v.ProvinceId)
            .SingleOrDefaultAsync(cancellationToken);
}

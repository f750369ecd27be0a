using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Features.Shared;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;
using Thongthin.Platform.Web.Components;

namespace Thongthin.Features.Directory;

/// <summary>The places of the units below the Department or a province in printed tables.</summary>
[Authorize(Policies.DepartmentAdministrator)]
internal sealed class OrderPageModel(
    DirectoryQueries queries,
    OrderUnits operation,
    CurrentActor current,
    TimeProvider clock,
    Texts texts
) : PageModel
{
    [FromRoute]
    public int Id { get; set; }

    /// <summary>Posted: unit → place, as typed.</summary>
    [BindProperty(Name = "Place")]
    public Dictionary<int, string?> Places { get; set; } = [];

    public UnitVersionRow Latest { get; private set; } = null!;

    public IReadOnlyList<UnitRow> Rows { get; private set; } = [];

    public IEnumerable<IGrouping<string, UnitRow>> Parts =>
        Rows.GroupBy(row =>
            row.Kind.IsLao() ? "laos"
            : row.Kind == UnitKind.District ? "districts"
            : "provinces"
        );

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }
        var orders = new Dictionary<int, int>();
        foreach (var row in Rows.Where(row => Places.ContainsKey(row.UnitId)))
        {
            if (Number(Places[row.UnitId]) is { } place)
            {
                orders[row.UnitId] = place;
            }
            else
            {
                ModelState.AddModelError(Field(row), texts["directory.order.wrong", row.NameTh]);
            }
        }
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }
        try
        {
            await operation.ExecuteAsync(current.Value, Id, orders, cancellationToken);
            TempData.Done(texts["directory.order.saved"]);
            return LocalRedirect(Request.Path);
        }
        catch (Refusal refusal)
        {
            return this.Refused(refusal);
        }
    }

    public string Typed(UnitRow row) =>
        Places.TryGetValue(row.UnitId, out var typed)
            ? typed ?? ""
            : row.ReportOrder.ToString(CultureInfo.InvariantCulture);

    public bool IsWrong(UnitRow row) => Places.TryGetValue(row.UnitId, out var typed) && Number(typed) is null;

    public string FieldId(UnitRow row) => FieldTagHelper.IdOf(Field(row));

    private static string Field(UnitRow row) => $"Place[{row.UnitId}]";

    private static int? Number(string? typed) =>
        int.TryParse(
            ThaiDigits.ToArabic(typed ?? "").Trim(),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        ) && number is > 0 and < 1_000_000
            ? number
            : null;

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var versions = await queries.ListVersionsAsync(Id, cancellationToken);
        if (versions is not [{ Kind: UnitKind.Department or UnitKind.Province } latest, ..])
        {
            return false;
        }
        Latest = latest;
        Rows = await queries.ListBelowAsync(
            Id,
            latest.Kind == UnitKind.Department,
            BangkokTime.Today(clock),
            cancellationToken
        );
        return true;
    }
}

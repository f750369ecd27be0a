using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Directory;

/// <summary>All units as they are today: searched, filtered, sorted. The filter is the address, and so is its export.</summary>
[Authorize(Policies.Member)]
internal sealed class IndexModel(
    AppDb db,
    DirectoryQueries queries,
    CurrentActor current,
    TimeProvider clock,
    Texts texts
) : PageModel
{
    [FromQuery(Name = "q")]
    public string? Search { get; set; }

    [FromQuery(Name = "kind")]
    public string? KindText { get; set; }

    /// <summary>A province's code.</summary>
    [FromQuery(Name = "province")]
    public string? ProvinceText { get; set; }

    [FromQuery(Name = "sort")]
    public string? SortText { get; set; }

    [FromQuery(Name = "page")]
    public int? AskedPage { get; set; }

    public int Number { get; private set; } = 1;

    public int Total { get; private set; }

    public IReadOnlyList<UnitRow> Rows { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Provinces { get; private set; } = [];

    public IEnumerable<SelectListItem> Kinds =>
        Enum.GetValues<UnitKind>().Select(kind => new SelectListItem(texts.Kind(kind), SnakeCase.Of(kind)));

    public bool IsDepartmentAdministrator => current.Value.IsDepartmentAdministrator;

    /// <summary>Nothing contains what was typed; what is shown is only like it.</summary>
    public bool IsLikeness => Rows is [{ Rank: > 0 and < 2 }, ..];

    private DateOnly Today => BangkokTime.Today(clock);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var units = await FindAsync(cancellationToken);
        Total = await units.CountAsync(cancellationToken);
        var pages = Math.Max(1, (Total + DirectoryQueries.PageSize - 1) / DirectoryQueries.PageSize);
        Number = Math.Clamp(AskedPage ?? 1, 1, pages);
        Rows = await units
            .Skip((Number - 1) * DirectoryQueries.PageSize)
            .Take(DirectoryQueries.PageSize)
            .ToListAsync(cancellationToken);
    }

    public async Task<IActionResult> OnGetExportAsync(string? format, CancellationToken cancellationToken)
    {
        var units = await (await FindAsync(cancellationToken)).ToListAsync(cancellationToken);
        return format == "xlsx" ? DirectoryExport.Xlsx(units, Today, texts) : DirectoryExport.Csv(units);
    }

    public string ExportLink(string format) =>
        "/directory"
        + QueryString.Create(
            new Dictionary<string, string?>
            {
                ["handler"] = "Export",
                ["format"] = format,
                ["q"] = Search,
                ["kind"] = KindText,
                ["province"] = ProvinceText,
                ["sort"] = SortText,
            }.Where(pair => !string.IsNullOrEmpty(pair.Value))
        );

    private async Task<IQueryable<UnitRow>> FindAsync(CancellationToken cancellationToken)
    {
        var provinces = await Offices.ListProvincesAsync(db, Today, cancellationToken);
        Provinces =
        [
            .. provinces
                .OrderBy(p => texts.Pick(p.NameTh, p.NameEn), ThaiCollation.Comparer)
                .Select(p => new SelectListItem(texts.Pick(p.NameTh, p.NameEn), p.Code)),
        ];
        var sort = SortText ?? "";
        return queries.Find(
            new UnitFilter(
                Search?.Length > 200 ? Search[..200] : Search,
                Enum.GetValues<UnitKind>().Cast<UnitKind?>().FirstOrDefault(k => SnakeCase.Of(k!.Value) == KindText),
                provinces.FirstOrDefault(p => p.Code == ProvinceText)?.UnitId,
                Enum.TryParse<UnitSort>(sort.TrimStart('-'), ignoreCase: true, out var by) ? by : UnitSort.Match,
                sort.StartsWith('-')
            ),
            Today
        );
    }
}

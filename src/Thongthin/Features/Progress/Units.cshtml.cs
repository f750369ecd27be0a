using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Thongthin.Data;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Progress;

/// <summary>The LAOs that a number counted, to search, sort and take away.</summary>
internal sealed class UnitsModel(ProgressQueries queries, ProgressUnits units, CurrentActor current, Texts texts)
    : ProgressPage(queries, current, texts)
{
    [BindProperty(SupportsGet = true)]
    public int? Province { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? District { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [FromQuery(Name = "page")]
    public int? RequestedPage { get; set; }

    public int PageNumber => ListAddress.PageOf(RequestedPage);

    public Place? ProvincePlace { get; private set; }

    public Place? DistrictPlace { get; private set; }

    public IReadOnlyList<UnitRow> Units { get; private set; } = [];

    public int Total => Units.Count == 0 ? 0 : Units[0].Total;

    /// <summary>False when the day of the address was not understood: then nothing is listed.</summary>
    public bool IsReadable => ModelState.IsValid;

    /// <summary>The column of states has something to show.</summary>
    public bool ShowsStates => Units.Any(u => u.State is not null);

    public string Title
    {
        get
        {
            var place = (DistrictPlace ?? ProvincePlace) is { } p
                ? Texts.Pick(p.NameTh, p.NameEn)
                : Texts["progress.snapshots.country"];
            return Texts["progress.units.title", $"{place} – {TableWords.RoundTitle(Texts, Round.Head)}"];
        }
    }

    public override bool HasSearch => true;

    public override IEnumerable<(string Name, string Value)> KeptFields =>
        base.KeptFields.Concat(
            new[] { ("province", Province), ("district", District) }
                .Where(p => p.Item2 is not null)
                .Select(p => (p.Item1, p.Item2!.Value.ToString(CultureInfo.InvariantCulture)))
        );

    /// <summary>The six states find LAOs in scope; for the others nothing is known but done or not.</summary>
    public override IEnumerable<SelectListItem> MoreStates =>
        Actor.Level == UnitLevel.Lao
            ? []
            : StateCounts.States.Select(s => new SelectListItem(Texts["state." + SnakeCase.Of(s)], SnakeCase.Of(s)));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await FindAsync(cancellationToken) || !await FindPlacesAsync(cancellationToken))
        {
            return NotFound();
        }
        if (!IsReadable)
        {
            return Page();
        }
        var (key, descending) = ListAddress.SortOf(Sort, UnitSort.Report, descendingByDefault: false);
        var exports = Format is "csv" or "xlsx";
        Units = await units.ListAsync(
            Scope,
            new UnitFilter(Province, District, ListAddress.SearchOf(Q), StateOf(State)),
            key,
            descending,
            exports ? 0 : (PageNumber - 1) * ProgressUnits.PageSize,
            exports ? null : ProgressUnits.PageSize,
            cancellationToken
        );
        return Format switch
        {
            "csv" => File(UnitExport.Csv(Units), TableExport.CsvType, UnitExport.FileName(Scope, "csv")),
            "xlsx" => File(
                UnitExport.Xlsx(Units, Texts, Title, Scope),
                TableExport.XlsxType,
                UnitExport.FileName(Scope, "xlsx")
            ),
            _ => Page(),
        };
    }

    protected override bool IsKnownState(string state) => StateOf(state) is not null;

    private async Task<bool> FindPlacesAsync(CancellationToken cancellationToken)
    {
        if (District is { } district)
        {
            if (await Queries.FindDistrictAsync(Round.RoundId, district, null, cancellationToken) is not { } found)
            {
                return false;
            }
            (ProvincePlace, DistrictPlace) = found;
        }
        else if (Province is { } province)
        {
            ProvincePlace = await Queries.FindProvinceAsync(Round.RoundId, province, null, cancellationToken);
            return ProvincePlace is not null;
        }
        return true;
    }

    private static SubmissionState? StateOf(string? text) =>
        StateCounts.States.Cast<SubmissionState?>().FirstOrDefault(s => SnakeCase.Of(s!.Value) == text);
}

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
    : PlacePage(queries, current, texts)
{
    private const string LateState = "late";
    private const string Mine = "mine";

    /// <summary>The office that follows the LAOs up.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Supervisor { get; set; }

    /// <summary><c>mine</c>: LAOs in the reader's scope; anything else means all.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Within { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [FromQuery(Name = "page")]
    public int? RequestedPage { get; set; }

    public int PageNumber => ListAddress.PageOf(RequestedPage);

    public IReadOnlyList<UnitRow> Units { get; private set; } = [];

    public int Total => Units.Count == 0 ? 0 : Units[0].Total;

    /// <summary>The column of states has something to show.</summary>
    public bool ShowsStates => Units.Any(u => u.State is not null);

    /// <summary>A list of those that somebody has to follow up, or any other.</summary>
    public string Title =>
        Texts[State is "not_done" or LateState ? "progress.units.follow_up" : "progress.units.title", PlaceAndRound];

    /// <summary>Who supervises them, when the list is of one office's LAOs.</summary>
    public UnitRow? SupervisedBy => Supervisor is null || Units.Count == 0 ? null : Units[0];

    public override bool HasSearch => true;

    public override IEnumerable<(string Name, string Value)> KeptFields =>
        Supervisor is { } office
            ? base.KeptFields.Append(("supervisor", office.ToString(CultureInfo.InvariantCulture)))
            : base.KeptFields;

    public override bool HasScopeChoice => Actor.Level is UnitLevel.Province or UnitLevel.District;

    public override bool IsMine => Within == Mine;

    /// <summary>The six states find LAOs in scope; for the others nothing is known but done or not.</summary>
    public override IEnumerable<SelectListItem> MoreStates =>
        Actor.Level == UnitLevel.Lao
            ? []
            :
            [
                new SelectListItem(Texts["progress.filter.late"], LateState),
                .. StateCounts.States.Select(s => new SelectListItem(
                    Texts["state." + SnakeCase.Of(s)],
                    SnakeCase.Of(s)
                )),
            ];

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
            new UnitFilter(
                Province,
                District,
                Supervisor,
                ListAddress.SearchOf(Q),
                StateOf(State),
                State == LateState,
                IsMine
            ),
            key,
            descending,
            exports ? 0 : (PageNumber - 1) * ProgressUnits.PageSize,
            exports ? null : ProgressUnits.PageSize,
            cancellationToken
        );
        return Format switch
        {
            "csv" => File(UnitExport.Csv(Units, Scope), TableExport.CsvType, UnitExport.FileName(Scope, "csv")),
            "xlsx" => File(
                UnitExport.Xlsx(Units, Texts, Title, Scope),
                TableExport.XlsxType,
                UnitExport.FileName(Scope, "xlsx")
            ),
            _ => Page(),
        };
    }

    protected override bool IsKnownState(string state) => state == LateState || StateOf(state) is not null;

    private static SubmissionState? StateOf(string? text) =>
        StateCounts.States.Cast<SubmissionState?>().FirstOrDefault(s => SnakeCase.Of(s!.Value) == text);
}

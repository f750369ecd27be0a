using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Progress;

/// <summary>What moved between a kept table and another one of the same round, place and filter, or the present.</summary>
internal sealed class CompareModel(
    SnapshotQueries snapshots,
    ComparisonQueries comparisons,
    TablePrint print,
    CurrentActor current,
    Texts texts
) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Year { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    /// <summary>The other table, <c>12/2563</c>; empty = the present.</summary>
    [BindProperty(SupportsGet = true)]
    public string? With { get; set; }

    /// <summary><c>csv</c>, <c>xlsx</c> or <c>pdf</c>; empty = the page.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Format { get; set; }

    /// <summary><c>laos</c>: the CSV lists the LAOs that moved instead of the places.</summary>
    [BindProperty(SupportsGet = true)]
    public string? List { get; set; }

    [FromQuery(Name = "page")]
    public int? RequestedPage { get; set; }

    public int PageNumber => ListAddress.PageOf(RequestedPage);

    public Comparison Comparison { get; private set; } = null!;

    public IReadOnlyList<MovedLao> Moved { get; private set; } = [];

    public IEnumerable<SelectListItem> Others { get; private set; } = [];

    /// <summary>Why the PDF that was asked for is not there.</summary>
    public string? NotPrinted { get; private set; }

    /// <summary>A table that shows only LAOs of one state has nothing to compare with.</summary>
    public static bool CanCompare(ProgressTable table) => table.Filter.Done is null;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (
            await snapshots.FindAsync(Year, Number, cancellationToken) is not { } snapshot
            || !CanCompare(snapshot.ReadTable())
        )
        {
            return NotFound();
        }
        var others = await snapshots.ComparableAsync(snapshot, cancellationToken);
        Others = others.Select(o => new SelectListItem(ComparisonOption(o), SnapshotModel.Shown(o.Year, o.Number)));
        if (await OtherAsync(snapshot, others, cancellationToken) is not { } sides)
        {
            return NotFound();
        }
        Comparison = Comparison.Of(sides.Before, sides.After);
        var isFile = Format is "csv" or "xlsx" or "pdf";
        Moved = await comparisons.MovedAsync(
            snapshot.RoundId,
            Comparison,
            isFile ? 0 : (PageNumber - 1) * ComparisonQueries.PageSize,
            isFile ? null : ComparisonQueries.PageSize,
            cancellationToken
        );
        return Format switch
        {
            "csv" => File(
                List == "laos" ? ComparisonExport.MovedCsv(Moved) : ComparisonExport.Csv(Comparison),
                TableExport.CsvType,
                ComparisonExport.FileName(Year, Number, "csv")
            ),
            "xlsx" => File(
                ComparisonExport.Xlsx(Comparison, Moved, texts),
                TableExport.XlsxType,
                ComparisonExport.FileName(Year, Number, "xlsx")
            ),
            "pdf" => await PrintAsync(cancellationToken),
            _ => Page(),
        };
    }

    private string ComparisonOption(ComparableRow other) =>
        texts[
            other.IsDaily ? "progress.compare.option.daily" : "progress.compare.option.hand",
            SnapshotModel.Shown(other.Year, other.Number),
            other.AsOf
        ];

    /// <summary>Both tables, the earlier one first; null when the address names none that can be compared.</summary>
    private async Task<(ComparedTable Before, ComparedTable After)?> OtherAsync(
        ProgressSnapshot snapshot,
        IReadOnlyList<ComparableRow> others,
        CancellationToken cancellationToken
    )
    {
        var kept = Side(snapshot);
        if (string.IsNullOrWhiteSpace(With))
        {
            var today = BangkokTime.Day(current.Value.At);
            return await comparisons.NowAsync(kept.Table, today, cancellationToken) is { } now
                ? (kept, new ComparedTable(now, null, now.DoneLaos))
                : null;
        }
        if (
            others.FirstOrDefault(o => SnapshotModel.Shown(o.Year, o.Number) == With) is not { } row
            || await snapshots.FindAsync(row.Year, row.Number, cancellationToken) is not { } other
        )
        {
            return null;
        }
        // of one day's tables the one that was kept first is before
        return
            (other.AsOf, other.TakenAt, other.Year, other.Number).CompareTo(
                (snapshot.AsOf, snapshot.TakenAt, snapshot.Year, snapshot.Number)
            ) < 0
            ? (Side(other), kept)
            : (kept, Side(other));
    }

    private static ComparedTable Side(ProgressSnapshot snapshot) =>
        new(snapshot.ReadTable(), SnapshotModel.Shown(snapshot.Year, snapshot.Number), snapshot.DoneLaos);

    private async Task<IActionResult> PrintAsync(CancellationToken cancellationToken)
    {
        try
        {
            var pdf = await print.PrintAsync(Comparison, Moved, cancellationToken);
            return File(pdf, TableDocument.PdfType, ComparisonExport.FileName(Year, Number, "pdf"));
        }
        catch (Refusal refusal)
        {
            NotPrinted = this.Unavailable(refusal);
            Moved = [.. Moved.Skip((PageNumber - 1) * ComparisonQueries.PageSize).Take(ComparisonQueries.PageSize)];
            return Page();
        }
    }
}

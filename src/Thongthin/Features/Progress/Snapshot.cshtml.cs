using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Progress;

/// <summary>A kept table, drawn from its content and from nothing else.</summary>
internal sealed class SnapshotModel(SnapshotQueries queries, TablePrint print, Texts texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Year { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    /// <summary><c>csv</c>, <c>xlsx</c> or <c>pdf</c>; empty = the page.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Format { get; set; }

    public ProgressSnapshot Snapshot { get; private set; } = null!;

    public TableView View { get; private set; } = null!;

    /// <summary>Why the PDF that was asked for is not there.</summary>
    public string? NotPrinted { get; private set; }

    /// <summary>12/2563</summary>
    public static string Shown(int year, int number) => string.Create(CultureInfo.InvariantCulture, $"{number}/{year}");

    public static string Path(int year, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"/progress/snapshots/{year}/{number}");

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await queries.FindAsync(Year, Number, cancellationToken) is not { } snapshot)
        {
            return NotFound();
        }
        (Snapshot, View) = (snapshot, new TableView(snapshot.ReadTable()));
        return Format switch
        {
            "csv" => File(TableExport.Csv(View.Table, byteOrderMark: true), TableExport.CsvType, FileName("csv")),
            "xlsx" => File(TableExport.Xlsx(View.Table, texts), TableExport.XlsxType, FileName("xlsx")),
            "pdf" => await PrintAsync(cancellationToken),
            _ => Page(),
        };
    }

    private async Task<IActionResult> PrintAsync(CancellationToken cancellationToken)
    {
        try
        {
            var pdf = await print.PrintAsync(View.Table, Shown(Year, Number), cancellationToken);
            return File(pdf, TableDocument.PdfType, FileName("pdf"));
        }
        catch (Refusal refusal)
        {
            NotPrinted = this.Unavailable(refusal);
            return Page();
        }
    }

    private string FileName(string extension) =>
        string.Create(CultureInfo.InvariantCulture, $"progress-snapshot-{Year}-{Number}.{extension}");
}

using Microsoft.AspNetCore.Mvc;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Progress;

/// <summary>A page that is one of the three tables: draws it, hands it out as a file, keeps it as a snapshot.</summary>
internal abstract class TablePage(
    ProgressQueries queries,
    StateQueries states,
    TakeSnapshot takeSnapshot,
    TablePrint print,
    CurrentActor current,
    Texts texts
) : ProgressPage(queries, current, texts)
{
    public TableView View { get; private set; } = null!;

    public ProgressTable Table => View.Table;

    /// <summary>By province, for a manager who asked for them.</summary>
    public IReadOnlyDictionary<int, StateCounts>? StatesOfProvinces { get; private set; }

    public bool MayTakeSnapshot => TakeSnapshot.MayTake(Actor, Table);

    public bool MaySeeStates => Scope.AsOf is null && StateQueries.MaySee(Actor, Table);

    /// <summary>Why the PDF that was asked for is not there.</summary>
    public string? NotPrinted { get; private set; }

    /// <summary>The six states of the national table are a second table, shown on demand.</summary>
    [BindProperty(SupportsGet = true)]
    public bool States { get; set; }

    /// <summary>The page's table; null when its unit is not in the round.</summary>
    protected abstract Task<ProgressTable?> DrawAsync(ProgressQueries queries, CancellationToken cancellationToken);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await FindAsync(cancellationToken) || await DrawAsync(Queries, cancellationToken) is not { } table)
        {
            return NotFound();
        }
        View = new TableView(table, Links, Sort);
        if (ModelState.IsValid && await FileAsync(table, cancellationToken) is { } file)
        {
            return file;
        }
        await ReadStatesAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostSnapshotAsync(CancellationToken cancellationToken)
    {
        if (!await FindAsync(cancellationToken) || await DrawAsync(Queries, cancellationToken) is not { } table)
        {
            return NotFound();
        }
        if (!ModelState.IsValid || !TakeSnapshot.MayTake(Actor, table))
        {
            return ModelState.IsValid ? Forbid() : BadRequest();
        }
        var taken = await takeSnapshot.ExecuteAsync(
            Actor,
            Round,
            async (queries, token) => (await DrawAsync(queries, token))!,
            cancellationToken
        );
        return Redirect(SnapshotModel.Path(taken.Year, taken.Number));
    }

    /// <summary>The file that the address asks for; null = the page, which may say why there is no file.</summary>
    private async Task<IActionResult?> FileAsync(ProgressTable table, CancellationToken cancellationToken)
    {
        if (Format != "pdf")
        {
            return Export(table);
        }
        try
        {
            var pdf = await print.PrintAsync(table, null, cancellationToken);
            return File(pdf, TableDocument.PdfType, TableExport.FileName(table, "pdf"));
        }
        catch (Refusal refusal)
        {
            NotPrinted = this.Unavailable(refusal);
            return null;
        }
    }

    private async Task ReadStatesAsync(CancellationToken cancellationToken)
    {
        if (!MaySeeStates)
        {
            return;
        }
        if (Table.Province is { } province)
        {
            View = View with { States = await states.OfLaosAsync(Scope, province.UnitId, cancellationToken) };
        }
        else if (States)
        {
            StatesOfProvinces = await states.NationalAsync(Scope, cancellationToken);
        }
    }
}

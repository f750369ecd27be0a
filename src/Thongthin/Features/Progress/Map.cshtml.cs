using Microsoft.AspNetCore.Mvc;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Progress;

/// <summary>The national table as a map of provinces coloured by the share that is done, the figures beside it.</summary>
internal sealed class MapModel(ProgressQueries queries, CurrentActor current, Texts texts)
    : ProgressPage(queries, current, texts)
{
    public ProgressTable Table { get; private set; } = null!;

    public TableView View => new(Table, Links, Sort);

    public IReadOnlyList<ProvinceShape> Shapes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await FindAsync(cancellationToken))
        {
            return NotFound();
        }
        Table = await Queries.NationalAsync(Scope, cancellationToken);
        if (ModelState.IsValid && Export(Table) is { } file)
        {
            return file;
        }
        Shapes = ProvinceShapes.Of(Table.Provinces, await Queries.ProvinceCodesAsync(cancellationToken));
        return Page();
    }
}

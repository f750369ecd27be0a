using Microsoft.AspNetCore.Mvc;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Progress;

/// <summary>The district table: a row for every LAO that lies in it, marked where another office supervises.</summary>
internal sealed class DistrictModel(
    ProgressQueries queries,
    StateQueries states,
    TakeSnapshot takeSnapshot,
    TablePrint print,
    CurrentActor current,
    Texts texts
) : TablePage(queries, states, takeSnapshot, print, current, texts)
{
    [BindProperty(SupportsGet = true)]
    public int UnitId { get; set; }

    protected override async Task<ProgressTable?> DrawAsync(
        ProgressQueries queries,
        CancellationToken cancellationToken
    ) =>
        await queries.FindDistrictAsync(Round.RoundId, UnitId, null, cancellationToken) is { } found
            ? await queries.DistrictAsync(Scope, found.Province, found.District, cancellationToken)
            : null;
}

using Microsoft.AspNetCore.Mvc;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Progress;

/// <summary>The provincial table: a row for every LAO, by district.</summary>
internal sealed class ProvinceModel(
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
        await queries.FindProvinceAsync(Round.RoundId, UnitId, null, cancellationToken) is { } province
            ? await queries.ProvinceAsync(Scope, province, cancellationToken)
            : null;
}

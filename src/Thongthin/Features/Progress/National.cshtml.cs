using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Progress;

/// <summary>The national table: a row for every province.</summary>
internal sealed class NationalModel(
    ProgressQueries queries,
    StateQueries states,
    TakeSnapshot takeSnapshot,
    TablePrint print,
    CurrentActor current,
    Texts texts
) : TablePage(queries, states, takeSnapshot, print, current, texts)
{
    protected override async Task<ProgressTable?> DrawAsync(
        ProgressQueries queries,
        CancellationToken cancellationToken
    ) => await queries.NationalAsync(Scope, cancellationToken, naming: HttpMethods.IsPost(Request.Method));
}

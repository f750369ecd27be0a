using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;

namespace Thongthin.Features.Shared;

/// <summary>
/// The least that a signed-in page can cost: the session, the scope, the layout and one <c>select 1</c>. The benchmark
/// states every other page as a multiple of it, so that figures of different machines compare.
/// </summary>
internal sealed class YardstickModel(AppDb db) : PageModel
{
    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync($"select 1", cancellationToken);
}

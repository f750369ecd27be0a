using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Features.Rounds;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Extensions;

/// <summary>A page about the extensions of one opened round; another address is not found.</summary>
internal abstract class RoundExtensionsPage(ExtensionQueries queries, CurrentActor current) : PageModel
{
    [FromRoute]
    public string Slug { get; set; } = "";

    public Round Round { get; private set; } = null!;

    public Actor Actor => current.Value;

    protected ExtensionQueries Queries => queries;

    public override async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context,
        PageHandlerExecutionDelegate next
    )
    {
        if (await queries.FindRoundAsync(Slug, HttpContext.RequestAborted) is not { } round)
        {
            context.Result = NotFound();
            return;
        }
        Round = round;
        await next();
    }
}

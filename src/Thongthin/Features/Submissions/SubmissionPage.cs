using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions;

/// <summary>
/// What the pages of one submission share: it is found by its address before any handler runs, and missing and "not yours"
/// answer alike (404). A refusal of an operation becomes the same page again with its message and everything typed.
/// </summary>
internal abstract class SubmissionPage(CurrentActor actor, SubmissionQueries queries, Texts texts, TimeProvider clock)
    : PageModel
{
    [FromRoute]
    public int LaoId { get; set; }

    [FromRoute]
    public string FormId { get; set; } = "";

    [FromRoute]
    public int FiscalYear { get; set; }

    /// <summary>Set before every handler.</summary>
    public SubmissionDetail Submission { get; private set; } = null!;

    public SubmissionPath Path => new(LaoId, FormId, FiscalYear);

    public Actor Actor => actor.Value;

    public DateOnly Today => BangkokTime.Day(Actor.At);

    public DateTimeOffset Now => clock.GetUtcNow();

    protected SubmissionQueries Queries => queries;

    protected Texts T => texts;

    /// <summary>What somebody must be allowed to do now to open this page at all; otherwise the overview says why not.</summary>
    protected virtual SubmissionAction? Needs => null;

    public override async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context,
        PageHandlerExecutionDelegate next
    )
    {
        var cancellationToken = HttpContext.RequestAborted;
        if (await queries.FindAsync(LaoId, FormId, FiscalYear, cancellationToken) is not { } found)
        {
            context.Result = NotFound();
            return;
        }
        Submission = found;
        // A posted form goes on: its operation refuses with the reason, which a redirect would not give.
        if (HttpMethods.IsGet(Request.Method) && Needs is { } action && !found.May.Contains(action))
        {
            context.Result = Redirect(Path.Overview);
            return;
        }
        await next();
    }

    /// <summary>The page again, saying why nothing was done. 409 when the state moved meanwhile, otherwise 422.</summary>
    protected IActionResult Refused(Refusal refusal)
    {
        ModelState.AddModelError("", texts["refusal." + refusal.Code, [.. refusal.Arguments]]);
        Response.StatusCode =
            refusal.Code == "state_changed" ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    protected IActionResult Invalid(string field, string message)
    {
        ModelState.AddModelError(field, message);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    /// <summary>Back to the overview, which shows once that it was done.</summary>
    protected RedirectResult Done(string textKey, params object?[] arguments)
    {
        Shared.Notices.Done(TempData, arguments.Length == 0 ? texts[textKey] : texts[textKey, arguments]);
        return Redirect(Path.Overview);
    }
}

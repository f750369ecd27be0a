using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Platform.Security;

namespace Thongthin.Platform.Web;

/// <summary>Answers of a page to a form that cannot be taken: the same page, status 422, an error summary, everything typed kept.</summary>
internal static class PageResults
{
    /// <summary>The page again with the errors that ModelState holds.</summary>
    public static IActionResult Invalid(this PageModel page)
    {
        page.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return page.Page();
    }

    /// <summary>The page again with an operation's refusal in words, at a field or (empty name) above all.</summary>
    public static IActionResult Refused(this PageModel page, Refusal refusal, string field = "")
    {
        var texts = page.HttpContext.RequestServices.GetRequiredService<Texts>();
        page.ModelState.AddModelError(field, texts.Refusal(refusal));
        return page.Invalid();
    }

    /// <summary>Makes the page's status 503: it comes instead of what cannot be made at present.</summary>
    /// <returns>why, in words, for the page to say</returns>
    public static string Unavailable(this PageModel page, Refusal refusal)
    {
        page.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return page.HttpContext.RequestServices.GetRequiredService<Texts>().Refusal(refusal);
    }
}

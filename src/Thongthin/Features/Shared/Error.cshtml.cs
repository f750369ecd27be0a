using System.Diagnostics;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Shared;

/// <summary>
/// The page behind every refusal and fault (see HelpPages): what happened, what to do next. A fault shows a reference that
/// stands in the log beside its cause; the cause itself is never shown.
/// </summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
internal sealed class ErrorModel(Texts texts) : PageModel
{
    /// <summary>The status whose texts are shown: the own ones, or those of its class.</summary>
    public int Shown { get; private set; }

    public string BodyKey { get; private set; } = "";

    public string? Reference { get; private set; }

    /// <summary>The form this request carried, when its sender is its author.</summary>
    public KeptForm? Kept { get; private set; }

    public void OnGet(int code)
    {
        Shown =
            texts.Has($"error.{code}.title") ? code
            : code >= 500 ? 500
            : 400;
        Response.StatusCode = code is >= 400 and < 600 ? code : StatusCodes.Status404NotFound;
        var reasoned = $"error.{Shown}.{HttpContext.Items[FormLimits.ReasonItem]}";
        BodyKey = texts.Has(reasoned) ? reasoned : $"error.{Shown}.body";
        Reference = Shown >= 500 ? Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier : null;
        var kept = HttpContext.Items[typeof(KeptForm)] as KeptForm;
        Kept = kept?.Author == User.FindFirstValue(ClaimTypes.NameIdentifier) ? kept : null;
    }
}

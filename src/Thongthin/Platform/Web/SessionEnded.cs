using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.WebUtilities;
using Thongthin.Platform.Security;

namespace Thongthin.Platform.Web;

/// <summary>
/// A request without a session. A page is redirected to sign-in and comes back; a posted form is answered by the
/// sign-in page itself, at the same address and with the form kept, because a redirect would drop what was typed;
/// a script's request gets a bare 401 and tells the reader itself.
/// </summary>
internal static class SessionEnded
{
    public static Task RedirectOrKeep(RedirectContext<CookieAuthenticationOptions> redirect)
    {
        var context = redirect.HttpContext;
        if (IsScript(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else if (HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Items[typeof(KeptForm)] = context.RequestServices.GetRequiredService<FormKeeper>().Keep(context);
        }
        else
        {
            context.Response.Redirect(redirect.RedirectUri);
        }
        return Task.CompletedTask;
    }

    /// <summary>Not allowed; who has not chosen a membership yet is asked to choose first.</summary>
    public static Task Forbid(RedirectContext<CookieAuthenticationOptions> redirect)
    {
        var context = redirect.HttpContext;
        var mustChoose = !context.User.HasClaim(claim => claim.Type == ActorClaims.Membership);
        if (mustChoose && HttpMethods.IsGet(context.Request.Method) && !IsScript(context.Request))
        {
            context.Response.Redirect(
                QueryHelpers.AddQueryString(
                    "/account/role",
                    "return",
                    context.Request.Path + context.Request.QueryString
                )
            );
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
        return Task.CompletedTask;
    }

    public static bool IsScript(HttpRequest request) =>
        request.Headers.ContainsKey("HX-Request") || request.Headers.XRequestedWith == "fetch";
}

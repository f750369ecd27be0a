using System.Security.Claims;
using Thongthin.Platform.Security;

namespace Thongthin.Platform.Web;

/// <summary>
/// Pages that the browser may keep, so that they open again without a network (wwwroot/service-worker.js). A page that
/// may be kept says under which membership it was made, and is kept for that one alone.
/// </summary>
internal static class KeptPages
{
    public const string Header = "Thongthin-Membership";

    public static void Allow(HttpContext context)
    {
        if (Membership(context.User) is { } membership)
        {
            context.Response.Headers[Header] = membership;
        }
    }

    /// <summary>null before a membership is chosen.</summary>
    public static string? Membership(ClaimsPrincipal user) => user.FindFirstValue(ActorClaims.Membership);
}

namespace Thongthin.Platform.Web;

/// <summary>The cookies of <see cref="ReaderPreferences"/>: a year long, no personal data.</summary>
internal static class PreferenceCookie
{
    public static void Append(HttpContext context, string name, string value) =>
        context.Response.Cookies.Append(
            name,
            value,
            new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(365),
                SameSite = SameSiteMode.Lax,
                HttpOnly = true,
                Secure = context.Request.IsHttps,
                IsEssential = true,
            }
        );
}

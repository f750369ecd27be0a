using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Shared;

/// <summary>Sets the reader's language and digits and goes back to the page they were on.</summary>
[AllowAnonymous]
internal sealed class PreferencesModel : PageModel
{
    public IActionResult OnGet() => NotFound();

    public IActionResult OnPost(string? language, string? digits, [FromForm(Name = "return")] string? back)
    {
        Remember(ReaderPreferences.LanguageCookie, language, "th", "en");
        Remember(ReaderPreferences.DigitsCookie, digits, "arabic", "thai");
        return LocalRedirect(Url.IsLocalUrl(back) ? back : "/");
    }

    private void Remember(string cookie, string? value, params ReadOnlySpan<string> allowed)
    {
        if (value is not null && allowed.Contains(value))
        {
            Response.Cookies.Append(
                cookie,
                value,
                new CookieOptions
                {
                    MaxAge = TimeSpan.FromDays(365),
                    SameSite = SameSiteMode.Lax,
                    HttpOnly = true,
                    Secure = Request.IsHttps,
                    IsEssential = true,
                }
            );
        }
    }
}

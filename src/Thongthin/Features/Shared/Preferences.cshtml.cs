using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Features.Accounts;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Shared;

/// <summary>Sets the reader's language and digits and goes back to the page they were on. The language is the account's from then on.</summary>
[AllowAnonymous]
internal sealed class PreferencesModel(ChooseLanguage chooseLanguage, TimeProvider clock) : PageModel
{
    public IActionResult OnGet() => NotFound();

    public async Task<IActionResult> OnPostAsync(
        string? language,
        string? digits,
        [FromForm(Name = "return")] string? back,
        CancellationToken cancellationToken
    )
    {
        if (language is "th" or "en")
        {
            PreferenceCookie.Append(HttpContext, ReaderPreferences.LanguageCookie, language);
            if (User.Identity?.IsAuthenticated == true)
            {
                await chooseLanguage.ExecuteAsync(Actor.SignIn(clock), User.UserId(), language, cancellationToken);
            }
        }
        if (digits is "arabic" or "thai")
        {
            PreferenceCookie.Append(HttpContext, ReaderPreferences.DigitsCookie, digits);
        }
        return LocalRedirect(Url.IsLocalUrl(back) ? back : "/");
    }
}

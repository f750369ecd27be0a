using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Accounts;

/// <summary>What the three pages with a new password share: the fields of <c>_NewPassword</c> and Identity's findings in words.</summary>
internal static class PasswordForm
{
    private const string Password = "NewPassword";

    public static void CheckNewPassword(this PageModel page, string? password, string? repeated)
    {
        var texts = Texts(page);
        if (string.IsNullOrEmpty(password))
        {
            page.ModelState.AddModelError(Password, texts["accounts.password.new_missing"]);
        }
        else if (password != repeated)
        {
            page.ModelState.AddModelError("Repeated", texts["accounts.password.differs"]);
        }
    }

    /// <summary>The page again with what Identity found wrong with the name or the password.</summary>
    public static IActionResult Found(this PageModel page, IReadOnlyList<IdentityError> findings)
    {
        var texts = Texts(page);
        foreach (var finding in findings)
        {
            var field =
                finding.Code.StartsWith("Password", StringComparison.Ordinal) ? Password
                : finding.Code.Contains("Email", StringComparison.Ordinal) ? ""
                : "UserName";
            page.ModelState.AddModelError(
                field,
                texts["accounts.finding." + finding.Code, PasswordRules.MinimumLength]
            );
        }
        return page.Invalid();
    }

    private static Texts Texts(PageModel page) => page.HttpContext.RequestServices.GetRequiredService<Texts>();
}

using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Data;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Accounts;

/// <summary>
/// Sign-in. It also stands in for a form that was sent without a session (see HelpPages): then it carries that form, sealed,
/// and offers it to be sent again once its author is back.
/// </summary>
[AllowAnonymous]
internal sealed class SignInModel(
    SignInWithPassword signIn,
    SignInDb db,
    FormKeeper keeper,
    TimeProvider clock,
    Texts texts
) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty(Name = "return", SupportsGet = true)]
    public string? Back { get; set; }

    [BindProperty(Name = FormKeeper.KeptField)]
    public string? Kept { get; set; }

    /// <summary>Why the page is shown, a text <c>accounts.ended.CODE</c>; null for a plain visit.</summary>
    public string? Reason { get; private set; }

    /// <summary>Set after a sign-in that brings a kept form back.</summary>
    public KeptForm? ToSend { get; private set; }

    public IActionResult OnGet(string? ended)
    {
        if (HttpContext.Items[typeof(FailedRequest)] is FailedRequest { Status: StatusCodes.Status401Unauthorized })
        {
            var kept = HttpContext.Items[typeof(KeptForm)] as KeptForm;
            Kept = kept is null ? null : keeper.Seal(kept);
            Reason = kept is null ? "lost" : "kept";
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Page();
        }
        if (User.Identity?.IsAuthenticated == true)
        {
            return LocalRedirect(Destination);
        }
        Reason = ended is "membership" or "signed_out" or "password" ? ended : null;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        Require(nameof(Name), Name);
        Require(nameof(Password), Password);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }
        var actor = Actor.SignIn(clock);
        var address = HttpContext.Connection.RemoteIpAddress;
        var outcome = await signIn.ExecuteAsync(actor, address, Name!, Password!, cancellationToken);
        if (outcome.User is not { } user)
        {
            return Refuse(outcome);
        }
        RememberLanguage(user.Language);
        var memberships = await MembershipQueries.OfUserAsync(
            db,
            user.Id,
            BangkokTime.Day(actor.At),
            cancellationToken
        );
        var kept = keeper.Open(Kept, user.Id.ToString());
        var membership =
            memberships.Find(row => row.MembershipId.ToString() == kept?.Membership)
            ?? (memberships.Count == 1 ? memberships[0] : null);
        await Session.StartAsync(HttpContext, user, membership, memberships.Count);
        if (kept is not null && membership is not null)
        {
            ToSend = kept;
            return Page();
        }
        return membership is null
            ? Redirect(QueryString.Create("return", Destination).ToUriComponent().Insert(0, "/account/role"))
            : LocalRedirect(Destination);
    }

    private string Destination => Url.IsLocalUrl(Back) ? Back! : "/";

    private void Require(string field, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            ModelState.AddModelError(field, texts[$"accounts.sign_in.{field.ToLowerInvariant()}_missing"]);
        }
    }

    private IActionResult Refuse(SignInOutcome outcome)
    {
        var minutes = (int)Math.Ceiling(outcome.Wait?.TotalMinutes ?? 1);
        ModelState.AddModelError("", texts[$"accounts.sign_in.{outcome.Problem}", Math.Max(1, minutes)]);
        if (outcome.Problem != "too_many")
        {
            return this.Invalid();
        }
        Response.Headers.RetryAfter = ((int)Math.Ceiling(outcome.Wait!.Value.TotalSeconds)).ToString(
            CultureInfo.InvariantCulture
        );
        Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return Page();
    }

    /// <summary>The account's language becomes this browser's; the page after the sign-in already speaks it.</summary>
    private void RememberLanguage(string language)
    {
        PreferenceCookie.Append(HttpContext, ReaderPreferences.LanguageCookie, language);
        texts.Reader.Language = language == "en" ? Language.English : Language.Thai;
    }
}

using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Thongthin.Data;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Accounts;

/// <summary>
/// The session cookie: who, under which membership. Its content is checked against the database every few minutes, and is
/// refused when the password changed, the account was disabled or the membership ended; the database itself refuses an ended
/// membership at once.
/// </summary>
internal static class Session
{
    public const string UserNameClaim = "user_name";
    public const string ChoicesClaim = "choices";
    private const string StampClaim = "stamp";
    private const string CheckedItem = "checked";
    private static readonly TimeSpan CheckEvery = TimeSpan.FromMinutes(5);

    /// <summary>Begins the session, or changes its membership. This request goes on as the new principal.</summary>
    /// <param name="membership">null: not chosen yet, only the account's own pages open</param>
    /// <param name="choices">how many memberships the person may choose from</param>
    public static async Task StartAsync(HttpContext context, User user, MembershipRow? membership, int choices)
    {
        var principal = Principal(user, membership, choices);
        await context.SignInAsync(IdentityConstants.ApplicationScheme, principal, Checked(context));
        context.User = principal;
        context.RequestServices.GetRequiredService<CurrentActor>().Forget();
    }

    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var clock = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>();
        var now = clock.GetUtcNow();
        if (
            context.Properties.Items.TryGetValue(CheckedItem, out var text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var last)
            && now - last < CheckEvery
            && now >= last
        )
        {
            return;
        }
        ClaimsPrincipal? principal;
        try
        {
            principal = await RenewAsync(context.HttpContext, context.Principal!, BangkokTime.Day(now));
        }
        catch (NpgsqlException)
        {
            // No answer is no reason to end a session: whatever needs the database fails by itself, and says so.
            return;
        }
        if (principal is null)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
            return;
        }
        context.ReplacePrincipal(principal);
        context.Properties.Items[CheckedItem] = now.ToString("O", CultureInfo.InvariantCulture);
        context.ShouldRenew = true;
    }

    private static async Task<ClaimsPrincipal?> RenewAsync(HttpContext context, ClaimsPrincipal principal, DateOnly day)
    {
        var db = context.RequestServices.GetRequiredService<SignInDb>();
        var userId = Guid.Parse(principal.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture);
        var user = await db.Set<User>().SingleOrDefaultAsync(u => u.Id == userId, context.RequestAborted);
        if (
            user is null or { DisabledAt: not null }
            || (user.SecurityStamp ?? "") != principal.FindFirstValue(StampClaim)
        )
        {
            return null;
        }
        var memberships = await MembershipQueries.OfUserAsync(db, userId, day, context.RequestAborted);
        var chosen = principal.FindFirstValue(ActorClaims.Membership);
        var membership = memberships.Find(row => row.MembershipId.ToString() == chosen);
        return chosen is not null && membership is null ? null : Principal(user, membership, memberships.Count);
    }

    private static ClaimsPrincipal Principal(User user, MembershipRow? membership, int choices)
    {
        var identity = new ClaimsIdentity(IdentityConstants.ApplicationScheme);
        Add(ClaimTypes.NameIdentifier, user.Id.ToString());
        Add(ClaimTypes.Name, user.DisplayName);
        Add(UserNameClaim, user.UserName!);
        Add(StampClaim, user.SecurityStamp ?? "");
        Add(ChoicesClaim, choices.ToString(CultureInfo.InvariantCulture));
        if (membership is not null)
        {
            Add(ActorClaims.Membership, membership.MembershipId.ToString());
            Add(ActorClaims.UnitId, membership.UnitId.ToString(CultureInfo.InvariantCulture));
            Add(ActorClaims.UnitName, membership.UnitThai);
            Add(ActorClaims.UnitNameEnglish, membership.UnitEnglish);
            Add(ActorClaims.Level, membership.Level.ToString());
            Add(ActorClaims.Role, membership.Role.ToString());
            Add(ActorClaims.Position, membership.Position);
        }
        return new ClaimsPrincipal(identity);

        void Add(string type, string value) => identity.AddClaim(new Claim(type, value));
    }

    private static AuthenticationProperties Checked(HttpContext context)
    {
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var properties = new AuthenticationProperties();
        properties.Items[CheckedItem] = now.ToString("O", CultureInfo.InvariantCulture);
        return properties;
    }
}

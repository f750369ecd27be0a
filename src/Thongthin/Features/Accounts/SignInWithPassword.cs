using System.Net;
using Microsoft.AspNetCore.Identity;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Accounts;

/// <summary>How a sign-in ended: with a user, or with the code of the text <c>accounts.sign_in.CODE</c> and a time to wait.</summary>
internal sealed record SignInOutcome(User? User, string? Problem = null, TimeSpan? Wait = null);

/// <summary>
/// Checks a user name or e-mail address with its password. Five wrong passwords lock the account for a quarter of an hour. A
/// name that does not exist costs the same time and gets the same answer as a wrong password.
/// </summary>
internal sealed class SignInWithPassword(
    SignInDb db,
    UserManager<User> users,
    SignInManager<User> signIns,
    IPasswordHasher<User> hasher,
    SignInLimiter limiter
)
{
    private static readonly User Nobody = new() { DisplayName = "" };

    private static readonly Lazy<string> UnknownHash = new(() =>
        new PasswordHasher<User>().HashPassword(Nobody, Guid.CreateVersion7().ToString())
    );

    public async Task<SignInOutcome> ExecuteAsync(
        Actor actor,
        IPAddress? address,
        string name,
        string password,
        CancellationToken cancellationToken
    )
    {
        if (limiter.Refuse(address, name) is { } wait)
        {
            return new SignInOutcome(null, "too_many", wait);
        }
        var user = await FindAsync(name);
        if (user is null)
        {
            hasher.VerifyHashedPassword(Nobody, UnknownHash.Value, password);
            return new SignInOutcome(null, "wrong");
        }
        var result = await signIns.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        var outcome = Judge(user, result, actor.At);
        var action =
            outcome.User is not null ? "signed_in"
            : outcome.Problem == "locked" ? "sign_in_locked"
            : "sign_in_failed";
        await AuditLog.WriteAsync(
            db,
            actor with
            {
                UserId = user.Id,
            },
            action,
            $"user/{user.Id}",
            laoId: null,
            new { address = address?.ToString() },
            cancellationToken
        );
        return outcome;
    }

    private async Task<User?> FindAsync(string name) =>
        await users.FindByNameAsync(name.Trim())
        ?? (name.Contains('@', StringComparison.Ordinal) ? await users.FindByEmailAsync(name.Trim()) : null);

    private static SignInOutcome Judge(User user, SignInResult result, DateTimeOffset now)
    {
        if (result.IsLockedOut)
        {
            return new SignInOutcome(null, "locked", user.LockoutEnd - now);
        }
        if (!result.Succeeded)
        {
            return new SignInOutcome(null, "wrong");
        }
        return user.DisabledAt is null ? new SignInOutcome(user) : new SignInOutcome(null, "disabled");
    }
}

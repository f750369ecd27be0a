using Microsoft.AspNetCore.Identity;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Accounts;

/// <summary>
/// Asks a signed-in person for the password again, before certifying or changing it. Wrong ones count towards the lockout like at
/// sign-in, so an unattended session gives no free guesses.
/// </summary>
internal sealed class ConfirmPassword(UserManager<User> users, SignInManager<User> signIns)
{
    /// <exception cref="Refusal"><c>wrong_password</c>; <c>account_locked</c> with the minutes to wait</exception>
    public async Task<User> ExecuteAsync(Actor actor, Guid userId, string? password)
    {
        var user =
            await users.FindByIdAsync(userId.ToString())
            ?? throw new InvalidOperationException("The session's account does not exist.");
        var result = await signIns.CheckPasswordSignInAsync(user, password ?? "", lockoutOnFailure: true);
        if (result.IsLockedOut)
        {
            var minutes = (int)Math.Ceiling(((user.LockoutEnd ?? actor.At) - actor.At).TotalMinutes);
            throw new Refusal("account_locked", Math.Max(1, minutes));
        }
        return result.Succeeded ? user : throw new Refusal("wrong_password");
    }
}

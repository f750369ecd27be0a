using Microsoft.AspNetCore.Identity;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Accounts;

/// <summary>Sets a new password by a link (see <see cref="PasswordLink"/>) and lifts a lockout.</summary>
internal sealed class SetPasswordByLink(SignInDb db, UserManager<User> users)
{
    /// <returns>what is wrong with the password; empty when it is set</returns>
    /// <exception cref="Refusal"><c>password_link_not_open</c>: used, expired or damaged</exception>
    public async Task<IReadOnlyList<IdentityError>> ExecuteAsync(
        Actor actor,
        Guid userId,
        string token,
        string password,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var user = await users.FindByIdAsync(userId.ToString()) ?? throw new Refusal("password_link_not_open");
        var result = await users.ResetPasswordAsync(user, token, password);
        if (result.Errors.Any(error => error.Code is "InvalidToken" or "ConcurrencyFailure"))
        {
            throw new Refusal("password_link_not_open");
        }
        if (!result.Succeeded)
        {
            return [.. result.Errors];
        }
        await users.SetLockoutEndDateAsync(user, null);
        await users.ResetAccessFailedCountAsync(user);
        await AuditLog.WriteAsync(
            db,
            actor with
            {
                UserId = userId,
            },
            "password_set",
            $"user/{userId}",
            laoId: null,
            detail: null,
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return [];
    }
}

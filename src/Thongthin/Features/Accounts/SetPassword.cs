using Microsoft.AspNetCore.Identity;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Accounts;

/// <summary>Sets the password of an account from the command line and lifts a lockout; the way back in for the last administrator.</summary>
internal sealed class SetPassword(AppDb db, UserManager<User> users)
{
    /// <returns>what is wrong with the password; empty when it is set; null when there is no such account</returns>
    public async Task<IReadOnlyList<IdentityError>?> ExecuteAsync(
        Actor actor,
        string userName,
        string password,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await users.FindByNameAsync(userName) is not { } user)
        {
            return null;
        }
        foreach (var rule in users.PasswordValidators)
        {
            var checkedBy = await rule.ValidateAsync(users, user, password);
            if (!checkedBy.Succeeded)
            {
                return [.. checkedBy.Errors];
            }
        }
        // A new stamp ends the account's sessions.
        user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        user.LockoutEnd = null;
        user.AccessFailedCount = 0;
        await users.UpdateSecurityStampAsync(user);
        await AuditLog.WriteAsync(
            db,
            actor,
            "password_set",
            $"user/{user.Id}",
            laoId: null,
            detail: null,
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return [];
    }
}

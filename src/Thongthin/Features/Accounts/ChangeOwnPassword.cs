using Microsoft.AspNetCore.Identity;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Accounts;

/// <summary>Changes one's own password. Other sessions of the account end within minutes; wrong guesses count as at sign-in.</summary>
internal sealed class ChangeOwnPassword(SignInDb db, ConfirmPassword confirm, UserManager<User> users)
{
    /// <returns>the user with the new stamp, or what is wrong with the new password</returns>
    /// <exception cref="Refusal"><c>wrong_password</c>, <c>account_locked</c></exception>
    public async Task<AcceptOutcome> ExecuteAsync(
        Actor actor,
        Guid userId,
        string current,
        string next,
        CancellationToken cancellationToken
    )
    {
        var user = await confirm.ExecuteAsync(actor, userId, current);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var result = await users.ChangePasswordAsync(user, current, next);
        if (!result.Succeeded)
        {
            return new AcceptOutcome(null, [.. result.Errors]);
        }
        await AuditLog.WriteAsync(
            db,
            db.Actor with
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
        return new AcceptOutcome(user, []);
    }
}

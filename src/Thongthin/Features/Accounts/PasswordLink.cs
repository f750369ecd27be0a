using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Accounts;

/// <summary>
/// A link with which somebody who forgot the password sets a new one: made by an administrator, shown on the page, good for three
/// days and one use (it dies with the old password's security stamp).
/// </summary>
internal sealed class PasswordLink(AppDb db, SignInDb signInDb, UserManager<User> users)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);

    /// <returns>the link's path; null when the person is not in scope</returns>
    /// <exception cref="Refusal">
    /// <c>password_link_beyond_scope</c>: the person has a place outside the administrator's scope, which the new password would open too
    /// </exception>
    public async Task<string?> ExecuteAsync(Actor actor, Guid userId, CancellationToken cancellationToken)
    {
        var day = BangkokTime.Day(actor.At);
        var inScope = await ValidOn(db, userId, day).CountAsync(cancellationToken);
        if (inScope == 0)
        {
            return null;
        }
        if (await ValidOn(signInDb, userId, day).CountAsync(cancellationToken) != inScope)
        {
            throw new Refusal("password_link_beyond_scope");
        }
        var user = await signInDb.Set<User>().SingleAsync(row => row.Id == userId, cancellationToken);
        var token = await users.GeneratePasswordResetTokenAsync(user);
        await AuditLog.WriteAsync(
            db,
            actor,
            "password_link_issued",
            $"user/{userId}",
            laoId: null,
            detail: null,
            cancellationToken
        );
        return PathOf(userId, token);
    }

    public static string PathOf(Guid userId, string token) =>
        $"/password-link/{userId}/{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token))}";

    /// <summary>The token of a link's last part; null when it is none.</summary>
    public static string? TokenOf(string part) =>
        Base64Url.IsValid(part) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part)) : null;

    private static IQueryable<Membership> ValidOn(AppDb context, Guid userId, DateOnly day) =>
        context
            .Set<Membership>()
            .Where(row => row.UserId == userId && row.ValidFrom <= day && (row.ValidTo == null || row.ValidTo > day));
}

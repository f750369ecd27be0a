using Microsoft.AspNetCore.Identity;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Accounts;

/// <summary>An account with its first membership, made by whoever runs the program.</summary>
internal sealed record NewUser(
    string UserName,
    string DisplayName,
    string Password,
    int UnitId,
    Role Role,
    string Position,
    string? Email
);

/// <summary>Makes the first accounts of a new system, before any administrator exists who could invite.</summary>
/// <param name="db">as the job</param>
/// <param name="users">over the same context, so that account and membership come together or not at all</param>
internal sealed class AddUser(AppDb db, UserManager<User> users)
{
    /// <returns>what is wrong with the name or the password; empty when the account is made</returns>
    /// <exception cref="Refusal"><c>user_name_taken</c>, <c>email_taken</c>, <c>role_not_at_unit</c></exception>
    public async Task<IReadOnlyList<IdentityError>> ExecuteAsync(
        Actor actor,
        NewUser request,
        CancellationToken cancellationToken
    )
    {
        var now = actor.At.ToUniversalTime();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var user = new User
        {
            Id = Guid.CreateVersion7(),
            UserName = request.UserName,
            DisplayName = request.DisplayName,
            Position = request.Position,
            Email = request.Email,
            CreatedAt = now,
        };
        var result = await Refusals.TranslateAsync(() => users.CreateAsync(user, request.Password));
        if (!result.Succeeded)
        {
            return [.. result.Errors];
        }
        db.Add(
            new Membership
            {
                MembershipId = Guid.CreateVersion7(),
                UserId = user.Id,
                UnitId = request.UnitId,
                Role = request.Role,
                Position = request.Position,
                ValidFrom = BangkokTime.Day(actor.At),
                CreatedAt = now,
            }
        );
        await Refusals.TranslateAsync(() => db.SaveChangesAsync(cancellationToken));
        await AuditLog.WriteAsync(
            db,
            actor,
            "user_added",
            $"user/{user.Id}",
            request.UnitId,
            new { role = SnakeCase.Of(request.Role) },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return [];
    }
}

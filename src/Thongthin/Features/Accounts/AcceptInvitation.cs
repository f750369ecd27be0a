using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Accounts;

/// <summary>The account that an invited person makes.</summary>
internal sealed record NewAccount(string DisplayName, string UserName, string Password, string Language);

/// <summary>How accepting ended: the user, or Identity's findings about name and password.</summary>
internal sealed record AcceptOutcome(User? User, IReadOnlyList<IdentityError> Findings);

/// <summary>
/// Uses an invitation, once: makes an account, or takes the account of who is signed in, and gives it the membership. Two who
/// use the same link at the same moment: the row lock lets one of them.
/// </summary>
internal sealed class AcceptInvitation(SignInDb db, UserManager<User> users)
{
    /// <param name="actor">the sign-in; nobody is known yet</param>
    /// <param name="existingUser">the signed-in person who takes the place, or null for a new account</param>
    /// <param name="account">the new account; ignored for an existing user</param>
    /// <exception cref="Refusal"><c>invitation_not_open</c>, <c>membership_exists</c>, <c>user_name_taken</c>, <c>email_taken</c></exception>
    public async Task<AcceptOutcome> ExecuteAsync(
        Actor actor,
        string token,
        Guid? existingUser,
        NewAccount? account,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var hash = InvitationToken.Hash(token);
        var invitation = await db.Set<Invitation>()
            .FromSql($"select * from invitation where token_hash = {hash} for update")
            .AsTracking()
            .SingleOrDefaultAsync(cancellationToken);
        if (invitation is null || invitation.StateAt(actor.At) != InvitationState.Open)
        {
            throw new Refusal("invitation_not_open");
        }
        User? user;
        if (existingUser is { } id)
        {
            user = await db.Set<User>().SingleAsync(row => row.Id == id, cancellationToken);
        }
        else
        {
            user = Make(invitation, account!, actor.At);
            var result = await Refusals.TranslateAsync(() => users.CreateAsync(user, account!.Password));
            if (!result.Succeeded)
            {
                return new AcceptOutcome(null, [.. result.Errors]);
            }
        }
        await JoinAsync(actor with { UserId = user.Id }, invitation, user.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new AcceptOutcome(user, []);
    }

    private async Task JoinAsync(Actor actor, Invitation invitation, Guid userId, CancellationToken cancellationToken)
    {
        invitation.AcceptedAt = actor.At.ToUniversalTime();
        invitation.AcceptedBy = userId;
        db.Add(
            new Membership
            {
                MembershipId = Guid.CreateVersion7(),
                UserId = userId,
                UnitId = invitation.UnitId,
                UnitGroupId = invitation.UnitGroupId,
                Role = invitation.Role,
                Position = invitation.Position,
                ValidFrom = BangkokTime.Day(actor.At),
                ValidTo = invitation.MembershipUntil?.AddDays(1),
                CreatedAt = actor.At.ToUniversalTime(),
                CreatedBy = invitation.CreatedBy,
            }
        );
        await Refusals.TranslateAsync(() => db.SaveChangesAsync(cancellationToken));
        await AuditLog.WriteAsync(
            db,
            actor,
            "invitation_accepted",
            $"invitation/{invitation.InvitationId}",
            invitation.UnitId,
            new { role = SnakeCase.Of(invitation.Role) },
            cancellationToken
        );
    }

    private static User Make(Invitation invitation, NewAccount account, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            UserName = account.UserName,
            Email = invitation.Email,
            DisplayName = account.DisplayName,
            Position = invitation.Position,
            Language = account.Language,
            CreatedAt = now.ToUniversalTime(),
            LockoutEnabled = true,
        };
}

using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Thongthin.Features.Accounts;

/// <summary>Identity's user manager on the program's clock: the framework's own reads the machine's for the lockout.</summary>
internal sealed class Users(
    IUserStore<User> store,
    IOptions<IdentityOptions> options,
    IPasswordHasher<User> hasher,
    IEnumerable<IUserValidator<User>> userValidators,
    IEnumerable<IPasswordValidator<User>> passwordValidators,
    ILookupNormalizer normalizer,
    IdentityErrorDescriber describer,
    IServiceProvider services,
    ILogger<UserManager<User>> logger,
    TimeProvider clock
)
    : UserManager<User>(
        store,
        options,
        hasher,
        userValidators,
        passwordValidators,
        normalizer,
        describer,
        services,
        logger
    )
{
    public override Task<bool> IsLockedOutAsync(User user) =>
        Task.FromResult(user.LockoutEnabled && user.LockoutEnd > clock.GetUtcNow());

    public override async Task<IdentityResult> AccessFailedAsync(User user)
    {
        user.AccessFailedCount++;
        if (user.AccessFailedCount >= Options.Lockout.MaxFailedAccessAttempts)
        {
            user.LockoutEnd = clock.GetUtcNow() + Options.Lockout.DefaultLockoutTimeSpan;
            user.AccessFailedCount = 0;
        }
        return await UpdateAsync(user);
    }
}

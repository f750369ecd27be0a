using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Accounts;

/// <summary>ASP.NET Core Identity over our own tables, the key ring in the database, and the operations of this feature.</summary>
internal static class AccountServices
{
    public static void AddAccounts(this IServiceCollection services, WrappingKey key)
    {
        services.AddSingleton(key);
        services.AddDataProtection().SetApplicationName("Thongthin");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(
            provider => new ConfigureOptions<KeyManagementOptions>(options =>
            {
                options.XmlRepository = new DataProtectionKeyRepository(
                    provider.GetRequiredService<AppDbFactory>(),
                    provider.GetRequiredService<TimeProvider>()
                );
                options.XmlEncryptor = new WrappingXmlEncryptor(key);
            })
        );
        services
            .AddIdentityCore<User>(options =>
            {
                options.Password.RequiredLength = PasswordRules.MinimumLength;
                options.Password.RequireDigit = false;
                options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireNonAlphanumeric = false;
                options.Password.RequiredUniqueChars = 1;
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
            })
            .AddUserManager<Users>()
            .AddPasswordValidator<PasswordRules>()
            .AddSignInManager()
            .AddTokenProvider<DataProtectorTokenProvider<User>>(TokenOptions.DefaultProvider);
        services.Configure<DataProtectionTokenProviderOptions>(options =>
            options.TokenLifespan = PasswordLink.Lifetime
        );
        services.AddScoped<IUserStore<User>>(provider => new UserOnlyStore<
            User,
            SignInDb,
            Guid,
            UserClaim,
            UserLogin,
            UserToken
        >(provider.GetRequiredService<SignInDb>()));
        services.AddSingleton<SignInLimiter>();
        services.AddScoped<SignInWithPassword>();
        services.AddScoped<ChooseLanguage>();
        services.AddScoped<ConfirmPassword>();
        services.AddScoped<ChangeOwnPassword>();
        services.AddScoped<InvitePeople>();
        services.AddScoped<RenewInvitation>();
        services.AddScoped<RevokeInvitation>();
        services.AddScoped<AcceptInvitation>();
        services.AddScoped<AddMembership>();
        services.AddScoped<EndMembership>();
        services.AddScoped<PasswordLink>();
        services.AddScoped<SetPasswordByLink>();
    }
}

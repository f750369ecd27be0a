using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Thongthin.Features.Accounts;

/// <summary>A person's account. What the person may do is not here but in the memberships.</summary>
internal sealed class User : IdentityUser<Guid>
{
    public required string DisplayName { get; set; }

    public string Position { get; set; } = "";

    /// <summary><c>th</c> or <c>en</c></summary>
    public string Language { get; set; } = "th";

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Set: the account can no longer sign in; its history stays.</summary>
    public DateTimeOffset? DisabledAt { get; set; }
}

internal sealed class UserClaim : IdentityUserClaim<Guid>;

internal sealed class UserLogin : IdentityUserLogin<Guid>;

internal sealed class UserToken : IdentityUserToken<Guid>;

internal sealed class UserMapping
    : IEntityTypeConfiguration<User>,
        IEntityTypeConfiguration<UserClaim>,
        IEntityTypeConfiguration<UserLogin>,
        IEntityTypeConfiguration<UserToken>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("app_user");
        builder.HasKey(user => user.Id).HasName("pk_app_user");
        builder.Property(user => user.UserName).IsRequired();
        builder.Property(user => user.NormalizedUserName).IsRequired();
        builder.Property(user => user.ConcurrencyStamp).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<UserClaim> builder) =>
        builder.HasKey(claim => claim.Id).HasName("pk_user_claim");

    public void Configure(EntityTypeBuilder<UserLogin> builder) =>
        builder.HasKey(login => new { login.LoginProvider, login.ProviderKey }).HasName("pk_user_login");

    public void Configure(EntityTypeBuilder<UserToken> builder) =>
        builder
            .HasKey(token => new
            {
                token.UserId,
                token.LoginProvider,
                token.Name,
            })
            .HasName("pk_user_token");
}

using Microsoft.AspNetCore.Authorization;

namespace Thongthin.Platform.Security;

/// <summary>
/// Who may open a page at all. The fallback for every page is <see cref="Member"/>; what somebody may do with one
/// submission or unit is decided by the feature's access class and again by the database.
/// </summary>
internal static class Policies
{
    /// <summary>Signed in, also without having chosen a membership: choosing one, the own password, signing out.</summary>
    public const string Account = nameof(Account);

    /// <summary>Signed in under a membership: the fallback.</summary>
    public const string Member = nameof(Member);

    /// <summary>Recorder of a local authority.</summary>
    public const string Recorder = nameof(Recorder);

    /// <summary>Certifier of a local authority.</summary>
    public const string Certifier = nameof(Certifier);

    /// <summary>Anybody of a local authority.</summary>
    public const string LocalAuthority = nameof(LocalAuthority);

    /// <summary>Officer of a district, a province or the Department.</summary>
    public const string Officer = nameof(Officer);

    /// <summary>Anybody of an office: district, province or Department.</summary>
    public const string Office = nameof(Office);

    /// <summary>Administrator of any unit.</summary>
    public const string Administrator = nameof(Administrator);

    /// <summary>Administrator of the Department.</summary>
    public const string DepartmentAdministrator = nameof(DepartmentAdministrator);

    public static void Add(AuthorizationBuilder builder)
    {
        builder
            .AddPolicy(Account, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Member, policy => policy.RequireAuthenticatedUser().RequireClaim(ActorClaims.Membership))
            .AddPolicy(Recorder, policy => Require(policy, Role.Recorder))
            .AddPolicy(Certifier, policy => Require(policy, Role.Certifier))
            .AddPolicy(LocalAuthority, policy => RequireLevel(policy, UnitLevel.Lao))
            .AddPolicy(Officer, policy => Require(policy, Role.Officer))
            .AddPolicy(
                Office,
                policy => RequireLevel(policy, UnitLevel.District, UnitLevel.Province, UnitLevel.Department)
            )
            .AddPolicy(Administrator, policy => Require(policy, Role.Administrator))
            .AddPolicy(
                DepartmentAdministrator,
                policy => RequireLevel(Require(policy, Role.Administrator), UnitLevel.Department)
            );
        builder.SetFallbackPolicy(
            new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireClaim(ActorClaims.Membership).Build()
        );
    }

    private static AuthorizationPolicyBuilder Require(AuthorizationPolicyBuilder policy, Role role) =>
        policy
            .RequireAuthenticatedUser()
            .RequireClaim(ActorClaims.Membership)
            .RequireClaim(ActorClaims.Role, role.ToString());

    private static AuthorizationPolicyBuilder RequireLevel(
        AuthorizationPolicyBuilder policy,
        params IEnumerable<UnitLevel> levels
    ) =>
        policy
            .RequireAuthenticatedUser()
            .RequireClaim(ActorClaims.Membership)
            .RequireClaim(ActorClaims.Level, levels.Select(level => level.ToString()));
}

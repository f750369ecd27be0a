using System.Diagnostics;
using System.Globalization;
using System.Security.Claims;

namespace Thongthin.Platform.Security;

/// <summary>Names of the claims that the session's cookie carries about the chosen membership.</summary>
internal static class ActorClaims
{
    public const string Membership = "membership";
    public const string UnitId = "unit_id";
    public const string UnitName = "unit_name";
    public const string UnitNameEnglish = "unit_name_en";
    public const string Level = "level";
    public const string Role = "role";
    public const string Position = "position";
}

/// <summary>
/// Who asks in this request: the person under the membership that the session carries, or the public. The claims are only
/// a name: the database checks the membership again whenever a connection opens (enter_actor).
/// </summary>
internal sealed class CurrentActor(IHttpContextAccessor accessor, TimeProvider clock)
{
    private Actor? _actor;

    /// <summary>The actor of this request; its time and correlation id are fixed at first use.</summary>
    public Actor Value => _actor ??= Of(accessor.HttpContext?.User, clock);

    /// <summary>After the session changed within this request (sign-in, another membership chosen).</summary>
    public void Forget() => _actor = null;

    private static Actor Of(ClaimsPrincipal? user, TimeProvider clock)
    {
        if (user?.FindFirstValue(ActorClaims.Membership) is not { } membership)
        {
            return Actor.Public(clock);
        }
        return new Actor(
            ActorKind.Person,
            clock.GetUtcNow(),
            Activity.Current?.TraceId.ToString() ?? Guid.CreateVersion7().ToString("N"),
            Guid.Parse(Claim(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture),
            Claim(ClaimTypes.Name),
            Guid.Parse(membership, CultureInfo.InvariantCulture),
            Claim(ActorClaims.Position),
            int.Parse(Claim(ActorClaims.UnitId), CultureInfo.InvariantCulture),
            Claim(ActorClaims.UnitName),
            Enum.Parse<UnitLevel>(Claim(ActorClaims.Level)),
            Enum.Parse<Role>(Claim(ActorClaims.Role))
        );

        string Claim(string type) => user.FindFirstValue(type) ?? "";
    }
}

internal static class PrincipalExtensions
{
    /// <summary>The account of a signed-in principal, also before a membership is chosen.</summary>
    public static Guid UserId(this ClaimsPrincipal user) =>
        Guid.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture);
}

using System.Security.Claims;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Shared;

/// <summary>One entry of the main navigation.</summary>
internal sealed record NavigationLink(string Path, string TextKey)
{
    /// <summary>True when the page belongs to this entry: the home page itself, or anything below another entry's path.</summary>
    public bool Contains(PathString page) =>
        Path == "/" ? page == "/" : page.StartsWithSegments(Path, StringComparison.Ordinal);
}

/// <summary>The main navigation: few entries, the same order for everybody, without what a role cannot open.</summary>
internal static class MainNavigation
{
    private static readonly NavigationLink[] Links =
    [
        new("/", "shared.nav.home"),
        new("/submissions", "shared.nav.submissions"),
        new("/rounds", "shared.nav.rounds"),
        new("/progress", "shared.nav.progress"),
        new("/directory", "shared.nav.directory"),
        new("/help", "shared.nav.help"),
    ];

    private static readonly NavigationLink People = new("/accounts", "shared.nav.accounts");

    public static IEnumerable<NavigationLink> For(ClaimsPrincipal user) =>
        !user.HasClaim(claim => claim.Type == ActorClaims.Membership) ? []
        : user.HasClaim(ActorClaims.Role, nameof(Role.Administrator)) ? [.. Links, People]
        : Links;
}

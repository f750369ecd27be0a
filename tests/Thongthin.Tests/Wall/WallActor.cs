namespace Thongthin.Tests.Wall;

/// <summary>
/// One of those who ask. Units are letters: x the Department, p and q provinces, d and e districts of p, f one of q;
/// local authorities A and B in d, supervised by it, C in d but supervised by p, E in e, F in f.
/// </summary>
/// <param name="Unit">of a person; a space otherwise</param>
/// <param name="Scope">the units that domain.md sections 1 and 6 let this actor see into</param>
internal sealed record WallActor(string Name, string Kind, char Unit, string Level, string Role, string Scope)
{
    public const string Laos = "ABCEF";
    public const string Units = "xpqdef" + Laos;

    public static IReadOnlyList<WallActor> All { get; } =
    [
        new("nobody", "", ' ', "", "", ""),
        new("public", "public", ' ', "", "", ""),
        new("sign-in", "sign_in", ' ', "", "", ""),
        new("job", "job", ' ', "", "job", Units),
        .. People("lao", 'A', "A", "recorder", "certifier", "viewer", "administrator"),
        .. People("district", 'd', "dAB", "officer", "viewer", "administrator"),
        .. People("province", 'p', "pdeABCE", "officer", "viewer", "administrator"),
        .. People("department", 'x', Units, "officer", "viewer", "administrator"),
    ];

    public bool IsPerson => Kind == "person";

    public static WallActor Of(string name) => All.Single(actor => actor.Name == name);

    public override string ToString() => Name;

    private static IEnumerable<WallActor> People(string level, char unit, string scope, params string[] roles) =>
        roles.Select(role => new WallActor($"{level} {role}", "person", unit, level, role, scope));
}

/// <summary>Who may do something at a place (a unit's letter, or another mark of a row); named as the rules are told.</summary>
internal sealed record Rule(Func<WallActor, char, bool> Allows)
{
    public static readonly Rule Nobody = new((_, _) => false);

    /// <summary>Everybody who said who they are, the public as well.</summary>
    public static readonly Rule Known = new((actor, _) => actor.Kind.Length > 0);

    /// <summary>All signed-in users, and the job.</summary>
    public static readonly Rule SignedIn = new((actor, _) => actor.Kind is "person" or "job");

    public static readonly Rule Job = new((actor, _) => actor.Kind == "job");

    public static readonly Rule SignIn = new((actor, _) => actor.Kind == "sign_in");

    public static readonly Rule InScope = new((actor, place) => actor.Scope.Contains(place, StringComparison.Ordinal));

    /// <summary>The Department (every role) and the job.</summary>
    public static readonly Rule Everywhere = new((actor, _) => actor.Level == "department" || actor.Kind == "job");

    /// <summary>Forms, rounds and units belong to the Department's administrators.</summary>
    public static readonly Rule DepartmentAdministrator = new(
        (actor, _) => actor is { Level: "department", Role: "administrator" } or { Kind: "job" }
    );

    /// <summary>A person's own row, marked m.</summary>
    public static readonly Rule Self = new((actor, place) => actor.IsPerson && place == 'm');

    public static Rule Role(string role) => new((actor, _) => actor.Role == role);

    public static Rule OwnUnit { get; } = new((actor, place) => actor.Unit == place);

    public static Rule At(string places) => new((_, place) => places.Contains(place, StringComparison.Ordinal));

    public static Rule operator |(Rule left, Rule right) =>
        new((actor, place) => left.Allows(actor, place) || right.Allows(actor, place));

    public static Rule operator &(Rule left, Rule right) =>
        new((actor, place) => left.Allows(actor, place) && right.Allows(actor, place));
}

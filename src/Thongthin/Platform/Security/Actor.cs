namespace Thongthin.Platform.Security;

/// <summary>What kind of party asks. Each has its own rights in the row policies of the database.</summary>
internal enum ActorKind
{
    /// <summary>A signed-in person acting under one membership.</summary>
    Person,

    /// <summary>Anybody, not signed in.</summary>
    Public,

    /// <summary>The sign-in itself, before anybody is known.</summary>
    SignIn,

    /// <summary>The program: clock, import, command line.</summary>
    Job,
}

/// <summary>What a membership allows; the names are the database's, in snake case.</summary>
internal enum Role
{
    Recorder,
    Certifier,
    Officer,
    Administrator,
    Viewer,
}

/// <summary>Where in the tree of units an actor stands.</summary>
internal enum UnitLevel
{
    Lao,
    District,
    Province,
    Department,
}

/// <summary>
/// Who does something, for which unit, in which role, when. Every operation takes one, so that forgetting who did it
/// does not compile. The database computes the scope itself from the membership; this record only names it.
/// </summary>
internal sealed record Actor(
    ActorKind Kind,
    DateTimeOffset At,
    string CorrelationId,
    Guid? UserId = null,
    string DisplayName = "",
    Guid? MembershipId = null,
    string Position = "",
    int? UnitId = null,
    string UnitName = "",
    UnitLevel? Level = null,
    Role? Role = null
)
{
    /// <summary>The program itself; <paramref name="name"/> is what histories show.</summary>
    public static Actor Job(TimeProvider clock, string name) =>
        new(ActorKind.Job, clock.GetUtcNow(), Guid.CreateVersion7().ToString("N"), DisplayName: name);

    public static Actor Public(TimeProvider clock) =>
        new(ActorKind.Public, clock.GetUtcNow(), Guid.CreateVersion7().ToString("N"));

    public static Actor SignIn(TimeProvider clock) =>
        new(ActorKind.SignIn, clock.GetUtcNow(), Guid.CreateVersion7().ToString("N"));

    public bool IsDepartmentAdministrator => Level == UnitLevel.Department && Role == Security.Role.Administrator;
}

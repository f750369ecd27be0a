using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Tests.Support;

/// <summary>A person with one membership. Signs in with <paramref name="UserName"/> and <see cref="TestData.Password"/>.</summary>
internal sealed record TestPerson(
    Guid UserId,
    Guid MembershipId,
    string UserName,
    string DisplayName,
    string Position,
    TestUnit Unit,
    Role Role
)
{
    /// <summary>The person acting at <paramref name="at"/>, <see cref="TestData.Noon"/> when null.</summary>
    public Actor Actor(DateTimeOffset? at = null) =>
        new(
            ActorKind.Person,
            at ?? TestData.Noon,
            Guid.CreateVersion7().ToString("N"),
            UserId,
            DisplayName,
            MembershipId,
            Position,
            Unit.UnitId,
            Unit.NameTh,
            Level(Unit.Kind),
            Role
        );

    private static UnitLevel Level(string kind) =>
        kind switch
        {
            "department" => UnitLevel.Department,
            "province" => UnitLevel.Province,
            "district" => UnitLevel.District,
            _ => UnitLevel.Lao,
        };
}

internal sealed partial class TestData
{
    /// <summary>A new person with this role at this unit.</summary>
    public async Task<TestPerson> CreatePersonAsync(TestUnit unit, Role role, string? displayName = null)
    {
        var n = Next();
        var name = displayName ?? "สมมติ นามสมมติ" + Text(n);
        var userName = "invented" + Text(n);
        var userId = Guid.CreateVersion7();
        await ExecuteAsync(
            JobActor(),
            """
            insert into app_user (id, user_name, normalized_user_name, display_name, position, password_hash,
                security_stamp, concurrency_stamp, created_at)
            values ($1, $2, upper($2), $3, $4, $5, $6, $6, $7)
            """,
            userId,
            userName,
            name,
            "ตำแหน่งสมมติ",
            PasswordHash,
            Guid.CreateVersion7().ToString("N"),
            Noon
        );
        return await AddMembershipAsync(new(userId, default, userName, name, "ตำแหน่งสมมติ", unit, role), unit, role);
    }

    /// <summary>The same person under a further membership.</summary>
    public async Task<TestPerson> AddMembershipAsync(TestPerson person, TestUnit unit, Role role)
    {
        var membershipId = Guid.CreateVersion7();
        await ExecuteAsync(
            JobActor(),
            """
            insert into membership (membership_id, user_id, unit_id, role, position, valid_from, created_at)
            values ($1, $2, $3, $4, $5, $6, $7)
            """,
            membershipId,
            person.UserId,
            unit.UnitId,
            SnakeCase.Of(role),
            person.Position,
            Long,
            Noon
        );
        return person with { MembershipId = membershipId, Unit = unit, Role = role };
    }
}

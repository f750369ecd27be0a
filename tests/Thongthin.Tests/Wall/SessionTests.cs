using Npgsql;
using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Tests.Wall;

/// <summary>Naming the actor: who is let in, what scope it gives, that nothing of it stays, and that nobody fakes it.</summary>
public sealed class SessionTests
{
    private const string Submissions = "select lao_id from submission";

    [Theory]
    [InlineData("user/lao recorder", "membership/B", WallCountry.Now)] // somebody else's
    [InlineData("user/B", "membership/lao recorder", WallCountry.Now)]
    [InlineData("user/B", "membership/none", WallCountry.Now)]
    [InlineData("user/B", null, WallCountry.Now)]
    [InlineData(null, "membership/B", WallCountry.Now)]
    [InlineData("user/B", "membership/B", "2023-12-31 23:59+07")] // the day before it begins
    [InlineData("user/ended", "membership/ended", "2024-06-01 00:00+07")] // its first day without access
    [InlineData("user/disabled", "membership/disabled", WallCountry.Now)]
    [InlineData("user/abolished", "membership/abolished", WallCountry.Now)]
    public async Task Enter_WithoutAValidMembership_IsRefusedAndNamesNobody(string? user, string? membership, string at)
    {
        var country = await WithSpecialPeopleAsync();
        await using var connection = await country.OpenAsync(WallActor.Of("nobody"));

        var refusal = await Should.ThrowAsync<PostgresException>(() =>
            WallCountry.EnterAsync(connection, "person", user, membership, at)
        );

        refusal.SqlState.ShouldBe("TH001");
        (await WallCountry.ReadAsync(connection, Submissions)).ShouldBe("");
        (await WallCountry.ScalarAsync(connection, "select actor_kind()")).ShouldBe(DBNull.Value);
    }

    [Fact]
    public async Task Enter_OnTheLastDayOfAMembership_LetsIn()
    {
        var country = await WithSpecialPeopleAsync();
        await using var connection = await country.OpenAsync(WallActor.Of("nobody"));

        await WallCountry.EnterAsync(connection, "person", "user/ended", "membership/ended", "2024-05-31 23:59+07");

        (await WallCountry.ReadAsync(connection, Submissions)).ShouldBe("A");
    }

    [Fact]
    public async Task Enter_AsAnUnknownKind_IsRefused()
    {
        var country = await WallCountry.SharedAsync();
        await using var connection = await country.OpenAsync(WallActor.Of("nobody"));

        await Should.ThrowAsync<PostgresException>(() => WallCountry.EnterAsync(connection, "owner", null, null));
    }

    [Theory]
    [InlineData("public")]
    [InlineData("sign_in")]
    [InlineData("job")]
    public async Task Enter_WithAUserWhoIsNotSignedIn_DoesNotActAsThatUser(string kind)
    {
        var country = await WallCountry.SharedAsync();
        await using var connection = await country.OpenAsync(WallActor.Of("nobody"));

        await WallCountry.EnterAsync(connection, kind, "user/A", "membership/A");

        (await WallCountry.ScalarAsync(connection, "select actor_user()")).ShouldBe(DBNull.Value);
    }

    [Fact]
    public async Task Connection_BackFromThePool_NamesNobody()
    {
        var country = await WallCountry.SharedAsync();
        var settings = new NpgsqlConnectionStringBuilder(country.Database.ConnectionString)
        {
            MaxPoolSize = 1,
            ApplicationName = "one connection",
        };
        await using var databases = new AppDbFactory(settings.ConnectionString);
        object? first;
        await using (var connection = await databases.OpenAsync(Actor.Job(TimeProvider.System, "test"), default))
        {
            first = await WallCountry.ScalarAsync(connection, "select pg_backend_pid()");
            (await WallCountry.ReadAsync(connection, Submissions)).ShouldBe(WallActor.Laos);
        }

        await using var next = await databases.Source.OpenConnectionAsync();
        (await WallCountry.ScalarAsync(next, "select pg_backend_pid()")).ShouldBe(first);
        (await WallCountry.ScalarAsync(next, "select actor_kind()")).ShouldBe(DBNull.Value);
        (await WallCountry.ScalarAsync(next, "select actor_everywhere()")).ShouldBe(false);
        (await WallCountry.ReadAsync(next, Submissions)).ShouldBe("");
    }

    [Fact]
    public async Task Scope_WhenAnLaoGetsAnotherSupervisor_FollowsFromThatDayOn()
    {
        var country = await WallCountry.CreateAsync();
        await country.AsOwnerAsync(
            """
            update supervision set valid_to = '2024-07-01' where lao_id = 65;
            insert into supervision (supervision_id, lao_id, supervising_unit_id, valid_from)
            values (id('moved'), 65, 101, '2024-07-01');
            insert into app_user (id, user_name, normalized_user_name, display_name, created_at)
            values (id('user/e officer'), 'e', 'E', 'e', now());
            insert into membership (membership_id, user_id, unit_id, role, valid_from, created_at)
            values (id('membership/e officer'), id('user/e officer'), 101, 'officer', '2024-01-01', now());
            """
        );

        (await SeenAsync(country, "district officer", "2024-06-30 23:59+07")).ShouldBe("AB");
        (await SeenAsync(country, "district officer", "2024-07-01 00:00+07")).ShouldBe("B");
        (await SeenAsync(country, "e officer", "2024-06-30 23:59+07")).ShouldBe("E");
        (await SeenAsync(country, "e officer", "2024-07-01 00:00+07")).ShouldBe("AE");
        (await SeenAsync(country, "province officer", "2024-07-01 00:00+07")).ShouldBe("ABCE");
    }

    [Fact]
    public async Task Scope_WhenAnLaoWasMerged_ReachesThePredecessorToReadOnly()
    {
        var country = await WallCountry.CreateAsync();
        await country.AsOwnerAsync(
            """
            insert into unit_event (unit_event_id, kind, effective_on, reason, entered_at)
            values (id('merge'), 'merge', '2024-07-01', 'merged', now());
            insert into unit_event_unit (unit_event_id, unit_id, part)
            values (id('merge'), 70, 'predecessor'), (id('merge'), 65, 'successor');
            update unit_version set valid_to = '2024-07-01' where unit_id = 70;
            update supervision set valid_to = '2024-07-01' where lao_id = 70;
            """
        );

        (await SeenAsync(country, "lao recorder", "2024-06-30 12:00+07")).ShouldBe("A");
        (await SeenAsync(country, "lao recorder", "2024-07-01 12:00+07")).ShouldBe("AF");
        (await SeenAsync(country, "district officer", "2024-07-01 12:00+07")).ShouldBe("ABF");

        var recorder = WallActor.Of("lao recorder");
        await using var connection = await country.OpenAsync(WallActor.Of("nobody"));
        await WallCountry.EnterAsync(
            connection,
            "person",
            "user/lao recorder",
            "membership/lao recorder",
            "2024-07-01 12:00+07"
        );
        var submit = WallStatements.Event("submit", "in_progress", "recorded");
        (await WallCountry.TryAsync(connection, submit, recorder, 'A')).ShouldBeTrue();
        (await WallCountry.TryAsync(connection, submit, recorder, 'F')).ShouldBeFalse();
        (await WallCountry.TryAsync(connection, WallStatements.NewSheet("null"), recorder, 'F')).ShouldBeFalse();
    }

    [Theory]
    [InlineData("lao recorder", "A")]
    [InlineData("lao certifier", "A")]
    [InlineData("lao viewer", "")]
    [InlineData("district officer", "AB")]
    [InlineData("district viewer", "")]
    [InlineData("province officer", "ABCE")]
    [InlineData("department administrator", "ABCEF")]
    [InlineData("nobody", "")]
    public async Task Lock_IsTakenByThoseWhoMove(string actor, string laos)
    {
        var country = await WallCountry.SharedAsync();
        await using var connection = await country.OpenAsync(WallActor.Of(actor));

        (await WallCountry.ReadAsync(connection, "select lao_id from submission for update")).ShouldBe(laos);
    }

    [Theory]
    [InlineData("lao recorder")]
    [InlineData("province officer")]
    [InlineData("public")]
    [InlineData("nobody")]
    public async Task SixStatesOfOthers_AreNotReadFromWhatIsKept(string actor)
    {
        var country = await WallCountry.SharedAsync();
        await using var connection = await country.OpenAsync(WallActor.Of(actor));

        foreach (
            var sql in new[]
            {
                "select state from round_unit",
                "select * from round_unit",
                "select * from verify_progress()",
            }
        )
        {
            var refusal = await Should.ThrowAsync<PostgresException>(() => WallCountry.ExecuteAsync(connection, sql));
            refusal.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, sql);
        }
    }

    [Theory]
    [InlineData("job")]
    [InlineData("department viewer")]
    public async Task Verification_IsForThoseWhoSeeEverything(string actor)
    {
        var country = await WallCountry.SharedAsync();
        await using var connection = await country.OpenAsync(WallActor.Of(actor));

        (await WallCountry.ScalarAsync(connection, "select count(*) from verify_progress()")).ShouldBe(0L);
    }

    /// <summary>A caller's temporary table of the same name must not stand for the real one.</summary>
    [Fact]
    public async Task TemporaryTables_DoNotShadowTheRealOnes()
    {
        var country = await WallCountry.SharedAsync();
        await using var connection = await country.OpenAsync(WallActor.Of("lao recorder"));
        await WallCountry.ExecuteAsync(
            connection,
            """
            create temp table membership as select id('forged') as membership_id, id('user/lao recorder') as user_id,
                120 as unit_id, 'administrator' as role, '2020-01-01'::date as valid_from, null::date as valid_to;
            create temp table submission as select 65 as lao_id, id('submission/A/recorded') as submission_id, 'in_progress' as state;
            """
        );

        var refusal = await Should.ThrowAsync<PostgresException>(() =>
            WallCountry.EnterAsync(connection, "person", "user/lao recorder", "forged")
        );
        refusal.SqlState.ShouldBe("TH001");
        refusal = await Should.ThrowAsync<PostgresException>(() =>
            WallCountry.ExecuteAsync(
                connection,
                "update answer_sheet set answers = '{}' where answer_sheet_id = id('sheet/A/recorded')"
            )
        );
        refusal.SqlState.ShouldBe("TH003");
    }

    /// <summary>A trigger function that runs as the owner, hung on a caller's own table, would apply forged events.</summary>
    [Theory]
    [InlineData("submission_event", "apply_submission_events")]
    [InlineData("submission", "count_new_submissions")]
    public async Task TriggerFunctions_CannotBeHungOnATemporaryTable(string like, string function)
    {
        var country = await WallCountry.SharedAsync();
        await using var connection = await country.OpenAsync(WallActor.Of("lao recorder"));
        await WallCountry.ExecuteAsync(connection, $"create temp table mine (like {like})");

        var refusal = await Should.ThrowAsync<PostgresException>(() =>
            WallCountry.ExecuteAsync(
                connection,
                $"create trigger t after insert on mine referencing new table as added for each statement execute function {function}()"
            )
        );

        refusal.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    private static async Task<string> SeenAsync(WallCountry country, string person, string at)
    {
        await using var connection = await country.OpenAsync(WallActor.Of("nobody"));
        await WallCountry.EnterAsync(connection, "person", $"user/{person}", $"membership/{person}", at);
        return await WallCountry.ReadAsync(connection, Submissions);
    }

    private static readonly Lazy<Task<WallCountry>> SpecialPeople = new(async () =>
    {
        var country = await WallCountry.CreateAsync();
        await country.AsOwnerAsync(
            """
            insert into app_user (id, user_name, normalized_user_name, display_name, created_at, disabled_at)
            select id, name, name, name, now(), disabled from (values
                (id('user/ended'), 'ended', null::timestamptz), (id('user/disabled'), 'disabled', '2024-05-01'),
                (id('user/abolished'), 'abolished', null)) u (id, name, disabled);
            update unit_version set valid_to = '2024-05-01' where unit_id = 69;
            insert into membership (membership_id, user_id, unit_id, role, valid_from, valid_to, created_at)
            values (id('membership/ended'), id('user/ended'), 65, 'recorder', '2024-01-01', '2024-06-01', now()),
                   (id('membership/disabled'), id('user/disabled'), 65, 'recorder', '2024-01-01', null, now()),
                   (id('membership/abolished'), id('user/abolished'), 69, 'recorder', '2024-01-01', null, now());
            """
        );
        return country;
    });

    private static Task<WallCountry> WithSpecialPeopleAsync() => SpecialPeople.Value;
}

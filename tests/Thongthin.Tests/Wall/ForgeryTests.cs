using static Thongthin.Tests.Wall.WallStatements;

namespace Thongthin.Tests.Wall;

/// <summary>
/// What nobody gets past the database even within their own scope. Beside each forged statement stands the honest one,
/// which must pass: so that a refusal is never one of a mistyped statement.
/// </summary>
public sealed class ForgeryTests
{
    private const string Save = """answers = '{"q": 2}', draft_by = @user""";

    private static readonly Forgery[] Forgeries =
    [
        // events
        new("an event in another's name", "lao recorder", 'A', Move(), Move(user: "id('user/B')")),
        new("an event in another role", "lao recorder", 'A', Move(), Move(role: "'certifier'")),
        new("an event for another unit", "lao recorder", 'A', Move(), Move(unit: "66")),
        new("an event of the Department's unit", "province officer", 'A', Returned(), Returned(unit: "120")),
        // answers
        new("an officer's unmarked sheet", "district officer", 'A', NewSheet("@own"), NewSheet("null")),
        new(
            "an officer's sheet marked as another office's",
            "district officer",
            'A',
            NewSheet("@own"),
            NewSheet("112")
        ),
        new(
            "an officer's sheet in another's name",
            "district officer",
            'A',
            NewSheet("@own"),
            NewSheet("@own", "id('user/A')")
        ),
        new(
            "an officer's confirmed record",
            "district officer",
            'A',
            NewSheet("@own"),
            NewSheet("@own", status: "confirmed")
        ),
        new(
            "an officer's unmarked change",
            "province officer",
            'C',
            Change($"{Save}, officer_unit_id = @own"),
            Change(Save)
        ),
        new("a recorder's sheet marked as an office's", "lao recorder", 'A', NewSheet("null"), NewSheet("100")),
        new(
            "a sheet while the submission is recorded",
            "lao recorder",
            'A',
            NewSheet("null"),
            NewSheet("null", state: "recorded")
        ),
        new("a change while it is recorded", "lao recorder", 'A', Change(Save), Change(Save, "recorded")),
        new("a change while it is certified", "lao recorder", 'A', Change(Save), Change(Save, "certified")),
        new("a change while it is exempt", "lao recorder", 'A', Change(Save, "returned"), Change(Save, "exempt")),
        new(
            "a mark taken off a recorded sheet",
            "lao recorder",
            'A',
            Change("officer_unit_id = null"),
            Change("officer_unit_id = null", "recorded")
        ),
        new("a sheet moved to another LAO", "lao recorder", 'A', Change(Save), Change("lao_id = 66")),
        // versions
        new("invented words in a version", "district officer", 'A', Version(), Version("""{"q": 7}""")),
        new("a version of another author", "lao recorder", 'A', Version(), Version(author: "id('user/B')")),
        new("a version with another mark", "lao recorder", 'A', Version(), Version(mark: "100")),
        // what an LAO would grant itself
        new("a recorder's own extension", "district officer", 'A', Extend, Extend, "lao recorder"),
        new("a certifier's own extension", "district officer", 'A', Extend, Extend, "lao certifier"),
        new("an LAO administrator's own extension", "district officer", 'A', Extend, Extend, "lao administrator"),
        // submissions
        new(
            "a state set past the events",
            "job",
            'A',
            Extend,
            "update submission set state = 'certified' where lao_id = @unit"
        ),
        new("a submission that starts further on", "job", 'A', Submission(), Submission(", state", ", 'recorded'")),
        new(
            "a submission that starts recorded",
            "department administrator",
            'A',
            Submission(),
            Submission(", recorded_at", ", now()")
        ),
        new(
            "a submission that starts extended",
            "department administrator",
            'A',
            Submission(),
            Submission(", open_until", ", now()")
        ),
        new(
            "a submission of another year than its round",
            "department administrator",
            'A',
            Submission(),
            Submission(year: 2566)
        ),
        // certificates
        new("a certificate without the act", "lao certifier", 'A', Certify, Certificate("recorded")),
        new("the act without a certificate", "lao certifier", 'A', Certify, Event("certify", "recorded", "certified")),
        new("a certificate without a signature", "lao certifier", 'A', Certify, Unsigned),
        new("a certificate of an unfinished submission", "lao certifier", 'A', Certify, Certificate("in_progress")),
        new(
            "a certificate in another's name",
            "lao certifier",
            'A',
            Certify,
            Certificate("recorded", "id('user/A')") + ";" + Event("certify", "recorded", "certified")
        ),
        new("a certificate by the recorder", "lao certifier", 'A', Certify, Certify, "lao recorder"),
        new(
            "a certificate voided and nothing else",
            "province officer",
            'A',
            VoidCertificate + ";" + Event("return", "certified", "returned"),
            VoidCertificate
        ),
        new(
            "a certificate kept valid when returned",
            "province officer",
            'A',
            VoidCertificate + ";" + Event("return", "certified", "returned"),
            Event("return", "certified", "returned")
        ),
        new(
            "a certificate made valid again",
            "province officer",
            'A',
            VoidCertificate + ";" + Event("return", "certified", "returned"),
            VoidCertificate + "; update certificate set voided_at = null, void_reason = null where lao_id = @unit"
        ),
        new(
            "certified bytes changed",
            "province officer",
            'A',
            VoidCertificate + ";" + Event("return", "certified", "returned"),
            "update certificate set content = 'd', sha256 = sha256('d') where lao_id = @unit"
        ),
        // audit
        new("an audit line in another's name", "lao viewer", 'A', Audit(), Audit(user: "id('user/A')")),
        new("an audit line of another unit", "lao viewer", 'A', Audit(), Audit(unit: "66")),
        new("an audit line about another LAO", "lao viewer", 'A', Audit(), Audit(lao: "66")),
        new("an audit line as the job", "lao viewer", 'A', Audit(), Audit(kind: "'job'")),
        new("a public audit line with a person", "public", 'A', Audit(), Audit(user: "id('user/A')")),
        new("an audit line put before others", "lao viewer", 'A', Audit(), AuditAhead),
        // people
        new("an officer at an LAO", "lao administrator", 'A', Membership("viewer"), Membership("officer")),
        new("a recorder at an office", "district administrator", 'd', Membership("viewer"), Membership("recorder")),
        new(
            "a certifier at the Department",
            "department administrator",
            'x',
            Membership("viewer"),
            Membership("certifier")
        ),
        new(
            "a place at the office above",
            "lao administrator",
            'A',
            Membership("administrator"),
            Membership("administrator", "100")
        ),
        new(
            "a place at the Department",
            "province administrator",
            'A',
            Membership("administrator"),
            Membership("administrator", "120")
        ),
        new(
            "a membership changed to another role",
            "lao administrator",
            'A',
            Promote("position = 'n'"),
            Promote("role = 'certifier'")
        ),
        new(
            "a membership moved to another unit",
            "district administrator",
            'A',
            Promote("position = 'n'"),
            Promote("unit_id = 66")
        ),
        new(
            "a membership handed to another person",
            "lao administrator",
            'A',
            Promote("position = 'n'"),
            Promote("user_id = id('user/B')")
        ),
        new(
            "an invitation as officer of an LAO",
            "lao administrator",
            'A',
            Invitation("recorder"),
            Invitation("officer")
        ),
        new(
            "an invitation to the Department",
            "lao administrator",
            'A',
            Invitation("administrator"),
            Invitation("administrator", "120")
        ),
        new("a membership by sign-in without invitation", "sign-in", 'A', Join("recorder"), Join("certifier")),
        new(
            "a membership by a revoked invitation",
            "sign-in",
            'A',
            Join("recorder"),
            "update invitation set revoked_at = now() where unit_id = @unit;" + Join("recorder")
        ),
        new(
            "a membership by another's invitation",
            "sign-in",
            'A',
            Accept("id('user/x')") + Join("recorder"),
            Accept("id('user/B')") + Join("recorder")
        ),
        // rounds
        new(
            "an open round that means something else by done",
            "department administrator",
            'A',
            Round("title_en = 'n'"),
            Round("done_means = 'recorded'")
        ),
        new(
            "an open round of another year",
            "department administrator",
            'A',
            Round("contact = 'n'"),
            Round("fiscal_year = 2566")
        ),
        new(
            "an open round closed again",
            "department administrator",
            'A',
            Round("cancelled_at = now()"),
            Round("opened_at = null")
        ),
        new("a form taken from an open round", "department administrator", 'A', Unask("draft"), Unask("wall")),
        new("an LAO added to an open round", "department administrator", 'A', Rostered("draft"), Rostered("wall")),
        // what is kept
        new("a kept count", "job", 'A', Extend, "update progress_count set certified = 1"),
        new(
            "a kept day",
            "job",
            'A',
            Extend,
            "insert into progress_day (round_id, lao_id, day, done_delta, exempt_delta) values (id('round/wall'), @unit, now(), 1, 0)"
        ),
        new("an LAO done by hand", "job", 'A', Extend, "update round_unit set done = asked"),
        new(
            "a move added to the table of moves",
            "department administrator",
            'A',
            Extend,
            "insert into submission_move values ('submit', 'not_started', 'certified', 'recorder', 'lao')"
        ),
    ];

    public static TheoryData<string> Names => [.. Forgeries.Select(forgery => forgery.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Forgery_IsRefusedWhereTheHonestStatementPasses(string name)
    {
        var forgery = Forgeries.Single(forgery => forgery.Name == name);
        var country = await WallCountry.SharedAsync();

        (await TryAsync(country, forgery.Actor, forgery.Honest, forgery.Place)).ShouldBeTrue("the honest statement");
        (await TryAsync(country, forgery.Forger ?? forgery.Actor, forgery.Forged, forgery.Place)).ShouldBeFalse();
    }

    private static async Task<bool> TryAsync(WallCountry country, string actor, string sql, char place)
    {
        await using var connection = await country.OpenAsync(WallActor.Of(actor));
        return await WallCountry.TryAsync(connection, sql, WallActor.Of(actor), place);
    }

    private static string Extend => "update submission set open_until = '2030-01-01' where lao_id = @unit";

    private static string Certify => Certificate("recorded") + ";" + Event("certify", "recorded", "certified");

    private static string Unsigned =>
        Certificate("recorded", signature: "null, null, null") + ";" + Event("certify", "recorded", "certified");

    private static string Move(string user = "@user", string role = "@role", string unit = "@own") =>
        Event("submit", "in_progress", "recorded", user, role, unit);

    private static string Returned(string unit = "@own") => Event("return", "recorded", "returned", unit: unit);

    private static string Change(string change, string state = "in_progress") => ChangedSheet(change, state);

    private static string Promote(string change) =>
        $"update membership set {change} where membership_id = id('membership/{{place}}')";

    private static string Join(string role) => Membership(role, user: "id('user/x')");

    private static string Accept(string user) =>
        $"update invitation set accepted_at = now(), accepted_by = {user} where unit_id = @unit;";

    private static string Round(string change) => $"update round set {change} where slug = 'wall'";

    private static string Rostered(string round) =>
        $"""
            insert into round_roster
            select id('round/{round}'), 120, kind, code, name_th, name_en, abbreviation_th, report_order,
                district_id, district_th, district_en, district_order, province_id, province_th, province_en, province_order,
                supervising_unit_id
            from round_roster where lao_id = @unit and round_id = id('round/wall')
            """;

    private static string Unask(string round) =>
        $"delete from round_form where form_id = 'recorded' and round_id = id('round/{round}')";

    /// <param name="Forger">who forges, when it is not who may honestly</param>
    private sealed record Forgery(
        string Name,
        string Actor,
        char Place,
        string Honest,
        string Forged,
        string? Forger = null
    );
}

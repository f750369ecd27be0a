namespace Thongthin.Tests.Wall;

/// <summary>Statements about the submission that the LAO <c>{place}</c> has in some state.</summary>
internal static class WallStatements
{
    /// <summary>How many events the country's submissions have.</summary>
    private static readonly Dictionary<string, int> Events = new()
    {
        ["not_started"] = 0,
        ["in_progress"] = 1,
        ["recorded"] = 1,
        ["certified"] = 2,
        ["returned"] = 1,
        ["exempt"] = 2,
    };

    public const string VoidCertificate =
        "update certificate set voided_at = now(), void_reason = 'r' where submission_id = id('submission/{place}/certified')";

    public static string Event(
        string action,
        string from,
        string to,
        string user = "@user",
        string role = "@role",
        string unit = "@own",
        string at = "now()"
    ) =>
        $$"""
            insert into submission_event (lao_id, submission_id, number, submission_event_id, at, action, from_state, to_state,
                user_id, user_name, role, unit_id, unit_name, reason)
            values (@unit, id('submission/{place}/{{from}}'), {{Events[from]
                + 1}}, id('new'), {{at}}, '{{action}}', '{{from}}',
                '{{to}}', {{user}}, 'n', {{role}}, {{unit}}, '', 'r')
            """;

    public static string Certificate(
        string state,
        string certifier = "coalesce(@user, id('user/x'))",
        string signature = "'s', id('key/wall'), '0000000000000NEW'"
    ) =>
        $$"""
            insert into certificate (lao_id, certificate_id, submission_id, content, sha256, certified_at,
                certifier_id, certifier_name, certifier_position, signature, signing_key_id, check_code)
            values (@unit, id('new'), id('submission/{place}/{{state}}'), 'c', sha256('c'), now(), {{certifier}}, 'n', '',
                {{signature}})
            """;

    public static string NewSheet(
        string mark,
        string draftBy = "@user",
        string status = "draft",
        string state = "in_progress"
    ) =>
        $$"""
            insert into answer_sheet (lao_id, answer_sheet_id, submission_id, record_id, status, draft_by, officer_unit_id, saved_at)
            values (@unit, id('new'), id('submission/{place}/{{state}}'), id('record/{place}'), '{{status}}', {{draftBy}}, {{mark}}, now())
            """;

    public static string ChangedSheet(string change, string state = "in_progress") =>
        $$"""update answer_sheet set {{change}} where answer_sheet_id = id('sheet/{place}/{{state}}')""";

    public static string Version(
        string answers = """{"q": 1}""",
        string author = "id('user/{place}')",
        string mark = "null"
    ) =>
        $$"""
            insert into answer_version (lao_id, answer_sheet_id, number, revision, status, answers, opened_at, closed_at,
                author_id, author_name, officer_unit_id)
            values (@unit, id('sheet/{place}/in_progress'), 2, 1, 'draft', '{{answers}}', now(), now(), {{author}}, 'n', {{mark}})
            """;

    public static string Submission(string columns = "", string values = "", int version = 1, int year = 2567) =>
        $$"""
            insert into submission (lao_id, submission_id, round_id, form_id, form_version, fiscal_year{{columns}})
            values (@unit, id('new'), id('round/wall'), 'spare', {{version}}, {{year}}{{values}})
            """;

    public static string Audit(
        string user = "@user",
        string unit = "@own",
        string lao = "@unit",
        string kind = "@kind"
    ) =>
        $"""
            insert into audit_event (at, actor_kind, user_id, unit_id, action, subject, lao_id, correlation_id)
            values (now(), {kind}, {user}, {unit}, 'n', 's', {lao}, 'c')
            """;

    public const string AuditAhead = """
        insert into audit_event (sequence, at, actor_kind, user_id, unit_id, action, subject, correlation_id)
            overriding system value
        values (-1, now(), @kind, @user, @own, 'n', 's', 'c')
        """;

    public static string Membership(string role, string unit = "@unit", string user = "id('user/{place}')") =>
        $"""
            insert into membership (membership_id, user_id, unit_id, role, valid_from, created_at)
            values (id('new'), {user}, {unit}, '{role}', '2025-01-01', now())
            """;

    public static string Invitation(string role, string unit = "@unit") =>
        $"""
            insert into invitation (invitation_id, unit_id, role, display_name, token_hash, created_at, expires_at)
            values (id('new'), {unit}, '{role}', 'n', 'n', now(), now())
            """;
}

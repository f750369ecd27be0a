using static Thongthin.Tests.Wall.Rule;

namespace Thongthin.Tests.Wall;

/// <summary>The tables of the directory, the accounts and the rounds, and who may do what there.</summary>
internal static partial class WallTables
{
    private const string All = WallActor.Units;
    private const string Laos = WallActor.Laos;

    private static readonly Rule PublishedFact = Known & new Rule((actor, _) => actor.Kind != "sign_in");
    private static readonly Rule AdministratorInScope = Job | (Role("administrator") & InScope);

    /// <summary>Facts of public record: everybody who says who they are reads, the Department's administrators write.</summary>
    public static IReadOnlyList<WallTable> Directory { get; } =
    [
        new("unit", All, "select unit_id from unit", Known)
        {
            Insert = new("insert into unit (created_on) values ('2020-01-01')", DepartmentAdministrator),
            Update = new(
                "update unit set allows_self_certification = true where unit_id = @unit",
                DepartmentAdministrator
            ),
        },
        new("unit_event", "-", "select '-'::text from unit_event", Known)
        {
            Insert = new(
                "insert into unit_event (unit_event_id, kind, effective_on, reason, entered_at) values (id('new'), 'rename', '2024-01-01', 'r', now())",
                DepartmentAdministrator
            ),
        },
        new("unit_event_unit", All, "select unit_id from unit_event_unit", Known)
        {
            Insert = new(
                "insert into unit_event_unit (unit_event_id, unit_id, part) values (id('event/x'), @unit, 'successor')",
                DepartmentAdministrator
            ),
        },
        new("unit_version", All, "select unit_id from unit_version", Known)
        {
            Insert = new(
                """
                insert into unit_version (unit_version_id, unit_id, valid_from, valid_to, kind, name_th)
                values (id('new'), @unit, '1990-01-01', '1991-01-01', 'province', 'เดิม')
                """,
                DepartmentAdministrator
            ),
            Update = new("update unit_version set name_en = 'n' where unit_id = @unit", DepartmentAdministrator),
        },
        new("supervision", Laos, "select lao_id from supervision", Known)
        {
            Insert = new(
                """
                insert into supervision (supervision_id, lao_id, supervising_unit_id, valid_from, valid_to)
                values (id('new'), @unit, 112, '1990-01-01', '1991-01-01')
                """,
                DepartmentAdministrator
            ),
            Update = new(
                "update supervision set valid_to = '2024-12-31' where lao_id = @unit",
                DepartmentAdministrator
            ),
        },
        new("unit_group", All, "select unit_id from unit_group", SignedIn)
        {
            Insert = new(
                "insert into unit_group (unit_group_id, unit_id, name_th) values (id('new'), @unit, 'ใหม่')",
                AdministratorInScope
            ),
            Update = new("update unit_group set telephone = '1' where unit_id = @unit", AdministratorInScope),
        },
    ];

    /// <summary>Secrets are for the sign-in, the job and their owner; who is where, for those with the unit in scope.</summary>
    public static IReadOnlyList<WallTable> Accounts { get; } =
    [
        new("app_user", "m" + All, "select id from app_user", SignIn | Job | Self)
        {
            Insert = new(
                """
                insert into app_user (id, user_name, normalized_user_name, display_name, created_at)
                values (id('new'), 'new', 'NEW', 'new', now())
                """,
                SignIn | Job
            ),
            Update = new(
                "update app_user set language = 'en' where id = coalesce(case '{place}' when 'm' then @user end, id('user/{place}'))",
                SignIn | Job | Self
            ),
        },
        Secret("user_claim", "insert into user_claim (user_id, claim_type) values ({0}, 'n')", "claim_value = 'v'"),
        Secret(
            "user_login",
            "insert into user_login (login_provider, provider_key, user_id) values ('n', 'n', {0})",
            "provider_display_name = 'v'"
        ),
        Secret(
            "user_token",
            "insert into user_token (user_id, login_provider, name) values ({0}, 'n', 'n')",
            "value = 'v'"
        ),
        Secret(
            "user_passkey",
            "insert into user_passkey (credential_id, user_id, data) values ('n', {0}, '{{}}')",
            "data = '[]'"
        ),
        new("membership", "m" + All, "select user_id from membership", SignIn | Job | Self | InScope)
        {
            Insert = new(
                """
                insert into membership (membership_id, user_id, unit_id, role, valid_from, created_at)
                values (id('new'), id('user/{place}'), @unit, 'viewer', '2024-01-01', now())
                """,
                AdministratorInScope & At(All)
            ),
            Update = new(
                "update membership set position = 'n' where user_id = id('user/{place}')",
                AdministratorInScope & At(All)
            ),
        },
        new("person", "m" + All, "select user_id from person", SignIn | Job | Self | InScope),
        new("invitation", All, "select unit_id from invitation", SignIn | AdministratorInScope)
        {
            Insert = new(
                """
                insert into invitation (invitation_id, unit_id, role, display_name, token_hash, created_at, expires_at)
                values (id('new'), @unit, 'viewer', 'n', 'n', now(), now())
                """,
                AdministratorInScope
            ),
            Update = new(
                "update invitation set revoked_at = now() where unit_id = @unit",
                SignIn | AdministratorInScope
            ),
        },
        new("workbook_upload", "m" + All, "select user_id from workbook_upload", Job | Self)
        {
            Insert = new(
                """
                insert into workbook_upload (workbook_upload_id, user_id, unit_id, form_id, fiscal_year, file_name, uploaded_at, content)
                values (id('new'), coalesce(case '{place}' when 'm' then @user end, id('user/{place}')),
                    coalesce(case '{place}' when 'm' then @own end, @unit), 'recorded', 2567, 'n', now(), '{}')
                """,
                (Job & At(All)) | Self
            ),
            Update = new(
                "update workbook_upload set done = 1 where user_id = coalesce(case '{place}' when 'm' then @user end, id('user/{place}'))",
                Job | Self
            ),
            Delete = new(
                "delete from workbook_upload where user_id = coalesce(case '{place}' when 'm' then @user end, id('user/{place}'))",
                Job | Self
            ),
        },
        // an address under a name is its person's alone: not even the job's
        new("saved_filter", "m" + All, "select user_id from saved_filter", Self)
        {
            Insert = new(
                """
                insert into saved_filter (user_id, unit_id, number, name, address, saved_at)
                values (coalesce(case '{place}' when 'm' then @user end, id('user/{place}')),
                    coalesce(case '{place}' when 'm' then @own end, @unit), 30, 'new', '/board', now())
                """,
                Self
            ),
            Update = new(
                "update saved_filter set name = 'n' where user_id = coalesce(case '{place}' when 'm' then @user end, id('user/{place}'))",
                Self
            ),
            Delete = new(
                "delete from saved_filter where user_id = coalesce(case '{place}' when 'm' then @user end, id('user/{place}'))",
                Self
            ),
        },
        new("form_draft", "-", "select '-'::text from form_draft", DepartmentAdministrator | Job)
        {
            Insert = new(
                """
                insert into form_draft (form_draft_id, file_name, source, findings, uploaded_at)
                values (id('new'), 'n', 's', '[]', now())
                """,
                DepartmentAdministrator | Job
            ),
            Delete = new("delete from form_draft", DepartmentAdministrator | Job),
        },
        new("data_protection_key", "-", "select '-'::text from data_protection_key", Job)
        {
            Insert = new("insert into data_protection_key (friendly_name, xml) values ('n', '')", Job),
        },
        // the private halves are the job's alone; the public ones are everybody's, and no more of the row
        new("signing_key", "-", "select '-'::text from signing_key", Job)
        {
            Insert = new(
                """
                update signing_key set retired_at = now();
                insert into signing_key (signing_key_id, public_key, private_key, created_at) values (id('new'), 'p', 'w', now())
                """,
                Job
            ),
            Update = new("update signing_key set retired_at = now()", Job),
        },
        new("published_key", "-", "select '-'::text from published_key", Known),
        new("audit_event", All, "select unit_id from audit_event where action = 'tested'", InScope)
        {
            Insert = new(
                """
                insert into audit_event (at, actor_kind, user_id, unit_id, action, subject, lao_id, correlation_id)
                values (now(), @kind, @user, @own, 'n', 's', @unit, 'c')
                """,
                SignIn | new Rule((actor, _) => actor.Kind == "public") | InScope
            ),
            Update = new("update audit_event set action = 'n'", Nobody),
        },
        // the names of the migrations that were applied: read at every start, before anybody is named
        new("schema_migration", "-", "select '-'::text from schema_migration", new((_, _) => true)),
    ];

    /// <summary>Forms and rounds belong to the Department's administrators; all signed-in users read what is opened.</summary>
    public static IReadOnlyList<WallTable> Rounds { get; } =
    [
        new("form", "-", "select '-'::text from form", Known & new Rule((actor, _) => actor.Kind != "sign_in"))
        {
            Insert = new(
                "insert into form (form_id, sector, shape, title_th, title_en) values ('n', 1, 'annual', '', '')",
                DepartmentAdministrator
            ),
            Update = new("update form set title_en = 'n' where form_id = 'spare'", DepartmentAdministrator),
        },
        new(
            "form_version",
            "-",
            "select '-'::text from form_version",
            Known & new Rule((actor, _) => actor.Kind != "sign_in")
        )
        {
            Insert = new(
                """
                insert into form_version (form_id, version, first_fiscal_year, definition, source, sha256, published_at)
                values ('spare', 2, 2560, '{}', '', '', now())
                """,
                DepartmentAdministrator
            ),
        },
        new("round", "wd", "select left(slug, 1) from round", (SignedIn & At("w")) | Everywhere)
        {
            Insert = new(
                """
                insert into round (round_id, slug, fiscal_year, title_th, title_en, opens_on, deadline, closes_on, done_means, created_at)
                values (id('new'), 'n', 2569, 't', '', now(), now(), now(), 'recorded', now())
                """,
                DepartmentAdministrator
            ),
            Update = new("update round set title_en = 'n' where left(slug, 1) = '{place}'", DepartmentAdministrator),
        },
        new("catalogue_edition", "-", "select '-'::text from catalogue_edition", PublishedFact)
        {
            Insert = new(
                """
                insert into catalogue_edition (catalogue, edition, source, sha256, imported_at)
                values ('wall', 2, 's', '', now())
                """,
                DepartmentAdministrator
            ),
        },
        new("catalogue_item", "-", "select '-'::text from catalogue_item", PublishedFact)
        {
            Insert = new(
                """
                insert into catalogue_item (catalogue, edition, code, area, name_th, name_en, kinds, is_compulsory)
                values ('wall', 1, 'n', 1, 'n', 'n', '{}', false)
                """,
                DepartmentAdministrator
            ),
        },
        new("round_form", "-", "select '-'::text from round_form", SignedIn)
        {
            Insert = new(
                "insert into round_form (round_id, form_id, form_version) values (id('round/draft'), 'spare', 1)",
                DepartmentAdministrator
            ),
            Update = new(
                "update round_form set catalogue = 'wall', catalogue_edition = 1 where round_id = id('round/draft')",
                DepartmentAdministrator
            ),
            Delete = new("delete from round_form where round_id = id('round/draft')", DepartmentAdministrator),
        },
        new("round_audience", "-", "select '-'::text from round_audience", SignedIn)
        {
            Insert = new(
                "insert into round_audience (round_id, part, kind) values (id('round/draft'), 'kind', 'pao')",
                DepartmentAdministrator
            ),
            Delete = new("delete from round_audience where round_id = id('round/draft')", DepartmentAdministrator),
        },
        new("round_roster", Laos, "select lao_id from round_roster", SignedIn)
        {
            Insert = new(
                """
                insert into round_roster (round_id, lao_id, kind, name_th, name_en, abbreviation_th, report_order,
                    district_id, district_th, district_en, district_order, province_id, province_th, province_en,
                    province_order, supervising_unit_id)
                values (id('round/draft'), @unit, 'sao', '', '', '', 1, 100, '', '', 1, 112, '', '', 1, 100)
                """,
                DepartmentAdministrator
            ),
        },
    ];

    /// <summary>A table of one person's secrets: theirs, the sign-in's and the job's, who also delete (a second factor turned off).</summary>
    private static WallTable Secret(string name, string insert, string change)
    {
        const string Whose = "coalesce(case '{place}' when 'm' then @user end, id('user/{place}'))";
        var known = SignIn | Job | Self;
        return new WallTable(name, "m" + All, $"select user_id from {name}", known)
        {
            Insert = new(
                insert.Replace("{0}", Whose, StringComparison.Ordinal).Replace("{{}}", "{}", StringComparison.Ordinal),
                known
            ),
            Update = new($"update {name} set {change} where user_id = {Whose}", known),
            Delete = new($"delete from {name} where user_id = {Whose}", known),
        };
    }
}

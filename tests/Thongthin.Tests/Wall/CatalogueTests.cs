using Npgsql;

namespace Thongthin.Tests.Wall;

/// <summary>What holds for the whole schema, read from the catalogue; each rule has a planted violation that it must find.</summary>
public sealed class CatalogueTests
{
    /// <summary>What the program's role may call. The others are triggers and parts of these.</summary>
    private static readonly string[] Callable =
    [
        "actor_everywhere",
        "actor_kind",
        "actor_level",
        "actor_role",
        "actor_scope",
        "actor_unit",
        "actor_user",
        "bangkok_day",
        "check_certificate",
        "clear_expired_uploads",
        "delegate_certifying",
        "end_certifying_delegation",
        "fact_peers",
        "enter_actor",
        "is_department_administrator",
        "is_job",
        "keep_attachment",
        "sign_certificates",
        "state_is_done",
        "state_rank",
        "unit_progress",
        "unit_state",
        "verify_progress",
        "search_unit",
        "similar_records",
    ];

    /// <summary>Tables that are not under row security, with the reason.</summary>
    private static readonly Dictionary<string, string> Open = new()
    {
        ["schema_migration"] = "names of applied migrations, read at the start before anybody is named",
    };

    /// <summary>Tables whose lao_id says what a row is about, not whose it is.</summary>
    private static readonly string[] LaoIsNotTheKey = ["audit_event", "supervision"];

    private static readonly Dictionary<string, string> Rules = new()
    {
        ["row security is off"] = """
            select c.relname from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relrowsecurity
              and c.relname <> all ($1)
            """,
        ["row security without a policy"] = """
            select c.relname from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relrowsecurity
              and not exists (select from pg_policy p where p.polrelid = c.oid)
            """,
        ["a policy for all rows and everybody"] = """
            select tablename || '.' || policyname from pg_policies where schemaname = 'public' and 'true' in (qual, with_check)
            """,
        ["the program's role can more than it needs"] = """
            select rolname from pg_roles
            where rolname = 'thongthin_app' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
            union all
            select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.roleid
            where m.member = 'thongthin_app'::regrole
            """,
        ["owned by the program's role"] = """
            select relname from pg_class where relowner = 'thongthin_app'::regrole and relnamespace = 'public'::regnamespace
            union all
            select proname from pg_proc where proowner = 'thongthin_app'::regrole
            """,
        ["a right beyond select, insert, update and delete"] = """
            select c.relname || ' ' || lower(a.privilege_type)
            from pg_class c, aclexplode(c.relacl) a
            where c.relnamespace = 'public'::regnamespace and a.grantee <> c.relowner
              and (a.privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE') or a.is_grantable
                or (a.grantee <> 'thongthin_app'::regrole and c.relname <> all ($1)))
            """,
        ["a function whose search path is the caller's"] = """
            select p.proname from pg_proc p
            where p.pronamespace = 'public'::regnamespace and (p.prosecdef or p.prorettype = 'trigger'::regtype)
              and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
              and coalesce(array_to_string(p.proconfig, ';'), '') not like '%search_path=public, pg_temp%'
            """,
        ["a function that everybody may call"] = """
            select p.proname from pg_proc p
            where p.pronamespace = 'public'::regnamespace
              and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
              and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0)
            """,
        ["a function that the program's role may call and is not placed"] = """
            select p.proname from pg_proc p
            where p.pronamespace = 'public'::regnamespace
              and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
              and has_function_privilege('thongthin_app', p.oid, 'execute') and p.proname <> all ($2)
            """,
        ["a view that leaks through functions"] = """
            select c.relname from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'v'
              and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
              and coalesce(array_to_string(c.reloptions, ';'), '') not like '%security_barrier=true%'
            """,
        ["a key without lao_id"] = """
            select c.relname from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'lao_id'
            join pg_constraint k on k.conrelid = c.oid and k.contype = 'p'
            where c.relnamespace = 'public'::regnamespace and a.attnum <> all (k.conkey) and c.relname <> all ($3)
            """,
        ["a reference between LAO's rows without lao_id"] = """
            select k.conname from pg_constraint k
            join pg_attribute a on a.attrelid = k.conrelid and a.attname = 'lao_id'
            join pg_attribute b on b.attrelid = k.confrelid and b.attname = 'lao_id'
            where k.contype = 'f' and k.connamespace = 'public'::regnamespace
              and (a.attnum <> all (k.conkey) or b.attnum <> all (k.confkey))
            """,
        ["a constraint named otherwise"] = """
            select conname from pg_constraint
            where connamespace = 'public'::regnamespace and contype in ('p', 'f', 'u', 'c', 'x')
              and conname !~ ('^' || case contype when 'p' then 'pk' when 'f' then 'fk' when 'u' then 'uq' when 'c' then 'ck' else 'ex' end
                || '_[a-z0-9_]+$')
            union all
            select c.relname from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'i' and c.relname !~ '^(pk|uq|ex|ix)_'
            """,
    };

    public static TheoryData<string, string, string> Violations =>
        new()
        {
            { "row security is off", "alter table submission disable row level security", "submission" },
            {
                "row security without a policy",
                "create table planted (id int); alter table planted enable row level security",
                "planted"
            },
            {
                "a policy for all rows and everybody",
                "create policy planted on submission for select using (true)",
                "submission.planted"
            },
            {
                "a right beyond select, insert, update and delete",
                "grant truncate on submission to thongthin_app",
                "submission truncate"
            },
            {
                "a right beyond select, insert, update and delete",
                "grant select on submission to public",
                "submission select"
            },
            {
                "a function whose search path is the caller's",
                "create function planted() returns int language sql security definer as 'select 1'",
                "planted"
            },
            {
                "a function whose search path is the caller's",
                "create function planted() returns int language sql security definer set search_path = public as 'select 1'",
                "planted"
            },
            {
                "a function that everybody may call",
                "grant execute on function apply_submission_events to public",
                "apply_submission_events"
            },
            {
                "a function that the program's role may call and is not placed",
                "grant execute on function recount_round_units to thongthin_app",
                "recount_round_units"
            },
            { "a view that leaks through functions", "create view planted as select 1", "planted" },
            {
                "a key without lao_id",
                "create table planted (id int constraint pk_planted primary key, lao_id int)",
                "planted"
            },
            {
                "a reference between LAO's rows without lao_id",
                """
                    create table planted (lao_id int, id int constraint uq_planted unique, constraint pk_planted primary key (lao_id, id));
                    create table child (lao_id int, id int, constraint fk_child foreign key (id) references planted (id))
                    """,
                "fk_child"
            },
            { "a constraint named otherwise", "create table planted (id int primary key)", "planted_pkey" },
        };

    public static TheoryData<string> Names => [.. Rules.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Schema_KeepsTheRule(string rule)
    {
        var country = await WallCountry.SharedAsync();

        (await FindAsync(country, rule)).ShouldBeEmpty(rule);
    }

    [Theory]
    [MemberData(nameof(Violations))]
    public async Task Rule_WhenItIsBroken_FindsWhere(string rule, string violation, string found)
    {
        var country = await WallCountry.CreateAsync();
        await country.AsOwnerAsync(violation);

        (await FindAsync(country, rule)).ShouldContain(found);
    }

    private static async Task<List<string>> FindAsync(WallCountry country, string rule)
    {
        await using var owner = new NpgsqlConnection(country.Database.OwnerConnectionString);
        await owner.OpenAsync();
        await using var command = new NpgsqlCommand(
            // all parameters stand in every statement, used or not
            $"with p (a, b, c) as (select $1::text[], $2::text[], $3::text[]) {Rules[rule]}",
            owner
        );
        command.Parameters.Add(new() { Value = Open.Keys.ToArray() });
        command.Parameters.Add(new() { Value = Callable });
        command.Parameters.Add(new() { Value = LaoIsNotTheKey });
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync())
        {
            found.Add(reader.GetString(0));
        }
        return found;
    }
}

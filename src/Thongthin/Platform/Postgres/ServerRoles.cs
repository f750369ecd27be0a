using Npgsql;

namespace Thongthin.Platform.Postgres;

/// <summary>
/// The two roles of the program and its database, made where they are missing, so that a start that was cut short is
/// completed by the next one. The owner may create databases and trusted extensions, the application role nothing that
/// the migrations do not grant; neither is a superuser nor bypasses row-level security.
/// </summary>
internal static class ServerRoles
{
    public const string Owner = "thongthin_owner";
    public const string Application = "thongthin_app";
    public const string Database = "thongthin";

    public static async Task EnsureAsync(ServerConnections connections, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenSuperuserAsync("postgres", cancellationToken);
        await EnsureRoleAsync(connection, Owner, "createdb", connections.PasswordOf(Owner), cancellationToken);
        await EnsureRoleAsync(
            connection,
            Application,
            "nocreatedb",
            connections.PasswordOf(Application),
            cancellationToken
        );
        if (!await ExistsAsync(connection, "select 1 from pg_database where datname = $1", Database, cancellationToken))
        {
            await ExecuteAsync(connection, $"create database {Database} owner {Owner}", cancellationToken);
        }
        await RefreshCollationsAsync(connections, connection, cancellationToken);
    }

    public static Task CreateDatabaseAsync(
        NpgsqlConnection connection,
        string name,
        string? template,
        CancellationToken cancellationToken
    )
    {
        var copy = template is null ? "" : $" template {Quote(template)}";
        return ExecuteAsync(connection, $"create database {Quote(name)}{copy}", cancellationToken);
    }

    /// <summary>
    /// Other programs of the same major version may carry another ICU, which may sort differently: indexes over text are
    /// rebuilt then, before anybody relies on them.
    /// </summary>
    private static async Task RefreshCollationsAsync(
        ServerConnections connections,
        NpgsqlConnection superuser,
        CancellationToken cancellationToken
    )
    {
        const string changed =
            "select 1 from pg_database where datname = $1 and datcollversion <> pg_database_collation_actual_version(oid)";
        if (!await ExistsAsync(superuser, changed, Database, cancellationToken))
        {
            return;
        }
        await using var connection = await connections.OpenSuperuserAsync(Database, cancellationToken);
        await ExecuteAsync(connection, $"reindex database {Database}", cancellationToken);
        await ExecuteAsync(
            connection,
            """
            do $$ declare changed record; begin
              for changed in
                select collnamespace::regnamespace as schema, quote_ident(collname) as name from pg_collation
                where collversion <> pg_collation_actual_version(oid)
              loop
                execute format('alter collation %s.%s refresh version', changed.schema, changed.name);
              end loop;
            end $$
            """,
            cancellationToken
        );
        await ExecuteAsync(connection, $"alter database {Database} refresh collation version", cancellationToken);
    }

    private static async Task EnsureRoleAsync(
        NpgsqlConnection connection,
        string role,
        string rights,
        string password,
        CancellationToken cancellationToken
    )
    {
        if (!await ExistsAsync(connection, "select 1 from pg_roles where rolname = $1", role, cancellationToken))
        {
            // The password is hexadecimal: nothing in it needs quoting.
            await ExecuteAsync(
                connection,
                $"create role {role} login nosuperuser nocreaterole nobypassrls {rights} password '{password}'",
                cancellationToken
            );
        }
    }

    private static async Task<bool> ExistsAsync(
        NpgsqlConnection connection,
        string sql,
        string name,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = name } } };
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

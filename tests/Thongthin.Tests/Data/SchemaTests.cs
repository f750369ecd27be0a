using Npgsql;
using Thongthin.Data;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Data;

/// <summary>The migrations of the program itself.</summary>
public sealed class SchemaTests
{
    [Fact]
    public async Task Migrations_FromNothing_BuildTheSchemaOnceAndThenDoNothing()
    {
        var database = await TestServer.CreateEmptyDatabaseAsync();

        (await Migrator.Embedded(database.OwnerConnectionString).MigrateAsync(default)).ShouldBe(Migration.Embedded());
        var schema = await FingerprintAsync(database);
        (await Migrator.Embedded(database.OwnerConnectionString).MigrateAsync(default)).ShouldBeEmpty();

        (await FingerprintAsync(database)).ShouldBe(schema);
        schema.ShouldBe(await FingerprintAsync(await TestServer.CreateDatabaseAsync()));
    }

    /// <summary>Columns, constraints, policies, functions and rights in one text.</summary>
    private static async Task<string> FingerprintAsync(TestDatabase database)
    {
        await using var owner = new NpgsqlConnection(database.OwnerConnectionString);
        await owner.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            select string_agg(line, e'\n' order by line) from (
                select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '')
                from information_schema.columns where table_schema = 'public'
                union all
                select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
                where connamespace = 'public'::regnamespace
                union all
                select tablename || ' ' || policyname || ' ' || cmd || ' ' || coalesce(qual, '') || ' ' || coalesce(with_check, '')
                from pg_policies
                union all
                select p.oid::regprocedure || ' ' || md5(p.prosrc) from pg_proc p where pronamespace = 'public'::regnamespace
                union all
                select c.relname || ' ' || coalesce(c.relacl::text, '') from pg_class c where relnamespace = 'public'::regnamespace
            ) t (line)
            """,
            owner
        );
        return (string)(await command.ExecuteScalarAsync())!;
    }
}

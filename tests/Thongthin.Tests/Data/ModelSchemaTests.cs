using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Thongthin.Data;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Data;

/// <summary>The EF model and the migrated schema are one: tables, columns, types, nullability, keys, in both directions.</summary>
public sealed class ModelSchemaTests
{
    /// <summary>Tables without an entity, and why.</summary>
    private static readonly Dictionary<string, string> WithoutEntity = new()
    {
        ["schema_migration"] = "the migrator's own, read before there is a model",
        ["audit_event"] = "appended by AuditLog, read by queries",
        ["submission_move"] = "the table of moves is SubmissionMoves in code; a test proves them equal",
        ["unit_event"] = "read and written by statements of the directory",
        ["unit_event_unit"] = "read and written by statements of the directory",
        ["unit"] = "read and written by statements of the directory",
        ["unit_version"] = "read and written by statements of the directory",
        ["supervision"] = "read and written by statements of the directory",
        ["unit_group"] = "read and written by statements of the directory",
        ["progress_count"] = "kept by triggers, read by queries",
        ["progress_day"] = "kept by triggers, read by queries",
        ["round_unit"] = "kept by triggers, read by queries; its state is not readable at all",
        ["progress_snapshot"] = "appended and read by statements of the progress tables",
        ["answer_fact"] = "written and read by statements of the facts",
        ["record_key"] = "written by a statement, read by similar_records",
        ["record_duplicate"] = "written and read by statements of the duplicates",
        ["file_piece"] = "written by a function, read piece by piece",
        ["file_upload_piece"] = "written and read piece by piece",
        ["field_query"] = "written and read by statements of the reviewing",
        ["field_query_message"] = "written and read by statements of the reviewing",
        ["extension"] = "written and read by statements of the extensions",
        ["extension_submission"] = "written and read by statements of the extensions",
        ["extension_request"] = "written and read by statements of the extensions",
        ["certifying_delegation"] = "written by functions, read by statements of the certification",
        ["signing_key"] = "written and read by statements of the signing; the private half stays out of the model",
        ["user_passkey"] = "for passkeys, which the sign-in does not offer yet",
    };

    private sealed record Column(string Type, bool Nullable);

    private sealed record Table(Dictionary<string, Column> Columns, string Key);

    [Fact]
    public async Task Model_IsTheSchema()
    {
        var database = await TestServer.CreateDatabaseAsync();

        (await DifferencesAsync(database)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("create table planted (planted_id int)", "planted: no entity")]
    [InlineData("alter table round add column planted int", "round.planted: no property")]
    [InlineData("alter table round drop column contact", "round.contact: no column")]
    [InlineData(
        "alter table round alter column contact drop not null",
        "round.contact: text null, in the model text not null"
    )]
    [InlineData(
        "alter table round alter column return_days type bigint",
        "round.return_days: bigint not null, in the model integer not null"
    )]
    [InlineData(
        "alter table answer_sheet drop constraint pk_answer_sheet cascade",
        "answer_sheet: key (), in the model (lao_id, answer_sheet_id)"
    )]
    public async Task Model_WhenTheSchemaIsOther_SaysWhere(string change, string difference)
    {
        var database = await TestServer.CreateDatabaseAsync();
        await ExecuteAsync(database, change);

        (await DifferencesAsync(database)).ShouldContain(difference);
    }

    [Fact]
    public async Task ListOfTablesWithoutEntity_NamesOnlyTables()
    {
        var schema = await SchemaAsync(await TestServer.CreateDatabaseAsync());

        WithoutEntity.Keys.Except(schema.Keys).ShouldBeEmpty();
    }

    private static async Task<List<string>> DifferencesAsync(TestDatabase database)
    {
        await using var databases = new AppDbFactory(database.ConnectionString);
        await using var db = databases.Create(Actor.Job(TimeProvider.System, "test"));
        var model = Tables(db.Model);
        var schema = await SchemaAsync(database);
        return
        [
            .. model.Keys.Except(schema.Keys).Select(table => $"{table}: no table"),
            .. schema.Keys.Except(model.Keys).Except(WithoutEntity.Keys).Select(table => $"{table}: no entity"),
            .. model
                .Keys.Intersect(schema.Keys)
                .Order(StringComparer.Ordinal)
                .SelectMany(table => Differences(table, model[table], schema[table])),
        ];
    }

    private static IEnumerable<string> Differences(string name, Table model, Table schema)
    {
        if (model.Key != schema.Key)
        {
            yield return $"{name}: key ({schema.Key}), in the model ({model.Key})";
        }
        foreach (var column in model.Columns.Keys.Union(schema.Columns.Keys).Order(StringComparer.Ordinal))
        {
            var place = $"{name}.{column}";
            if (!schema.Columns.TryGetValue(column, out var actual))
            {
                yield return $"{place}: no column";
            }
            else if (!model.Columns.TryGetValue(column, out var expected))
            {
                yield return $"{place}: no property";
            }
            else if (actual != expected)
            {
                yield return $"{place}: {Words(actual)}, in the model {Words(expected)}";
            }
        }
    }

    private static string Words(Column column) => $"{column.Type} {(column.Nullable ? "null" : "not null")}";

    private static Dictionary<string, Table> Tables(IModel model) =>
        model
            .GetRelationalModel()
            .Tables.ToDictionary(
                table => table.Name,
                table => new Table(
                    table.Columns.ToDictionary(c => c.Name, c => new Column(c.StoreType, c.IsNullable)),
                    string.Join(", ", table.PrimaryKey?.Columns.Select(column => column.Name) ?? [])
                )
            );

    private static async Task<Dictionary<string, Table>> SchemaAsync(TestDatabase database)
    {
        await using var owner = new NpgsqlConnection(database.OwnerConnectionString);
        await owner.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), not a.attnotnull,
                coalesce((
                    select string_agg(k.attname, ', ' order by u.place)
                    from pg_constraint p
                    cross join unnest(p.conkey) with ordinality u (number, place)
                    join pg_attribute k on k.attrelid = p.conrelid and k.attnum = u.number
                    where p.conrelid = c.oid and p.contype = 'p'), '')
            from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
            order by c.relname, a.attnum
            """,
            owner
        );
        var tables = new Dictionary<string, Table>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            if (!tables.TryGetValue(reader.GetString(0), out var table))
            {
                tables[reader.GetString(0)] = table = new Table([], reader.GetString(4));
            }
            table.Columns[reader.GetString(1)] = new Column(reader.GetString(2), reader.GetBoolean(3));
        }
        return tables;
    }

    private static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using var owner = new NpgsqlConnection(database.OwnerConnectionString);
        await owner.OpenAsync();
        await using var command = new NpgsqlCommand(sql, owner);
        await command.ExecuteNonQueryAsync();
    }
}

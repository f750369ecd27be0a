using Npgsql;
using Thongthin.Platform;

namespace Thongthin.Data;

/// <summary>
/// Brings the schema up to date: numbered SQL files, each once, in order, in its own transaction together with its line
/// in <c>schema_migration</c>, so that a step is there wholly or not at all. An advisory lock lets one program do it
/// while others wait. Files are never changed once applied (their checksum tells), nor put between older ones, and a
/// database that a newer program has migrated is left alone. There is no way back but a backup.
/// </summary>
internal sealed class Migrator(string ownerConnectionString, IReadOnlyList<Migration> migrations)
{
    private const long LockKey = 0x54686f6e67746869;

    public static Migrator Embedded(string ownerConnectionString) => new(ownerConnectionString, Migration.Embedded());

    /// <summary>Applies what is missing, as the owner, and returns it.</summary>
    /// <exception cref="OperatorException">the database and the program's migrations do not fit, or a step failed</exception>
    public async Task<IReadOnlyList<Migration>> MigrateAsync(CancellationToken cancellationToken)
    {
        // The lock belongs to the session, so the connection is not one of a pool.
        var unpooled = new NpgsqlConnectionStringBuilder(ownerConnectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(unpooled.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await ExecuteAsync(connection, $"select pg_advisory_lock({LockKey})", cancellationToken);
        await ExecuteAsync(
            connection,
            """
            create table if not exists schema_migration (
                number int constraint pk_schema_migration primary key,
                name text not null,
                checksum text not null,
                applied_at timestamptz not null default now()
            );
            grant select on schema_migration to public;
            """,
            cancellationToken
        );
        var missing = Missing(await AppliedAsync(connection, cancellationToken));
        foreach (var migration in missing)
        {
            await ApplyAsync(connection, migration, cancellationToken);
        }
        return missing;
    }

    /// <summary>For a program that may not change the schema: is it exactly the one that this program knows?</summary>
    /// <exception cref="OperatorException">it is not</exception>
    public static async Task CheckAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select to_regclass('schema_migration') is not null", connection);
        var applied = (bool)(await command.ExecuteScalarAsync(cancellationToken))!
            ? await AppliedAsync(connection, cancellationToken)
            : [];
        var missing = new Migrator(connectionString, Migration.Embedded()).Missing(applied);
        if (missing.Count > 0)
        {
            throw new OperatorException(
                $"โครงสร้างฐานข้อมูลยังไม่เป็นปัจจุบัน (ขาด {missing[0].Name}) โปรดกำหนด ConnectionStrings__ThongthinOwner แล้วสั่ง migrate",
                $"The schema is not up to date ({missing[0].Name} is missing): set ConnectionStrings__ThongthinOwner and run migrate."
            );
        }
    }

    private List<Migration> Missing(IReadOnlyList<Applied> applied)
    {
        var known = migrations.ToDictionary(migration => migration.Number);
        foreach (var old in applied)
        {
            if (!known.TryGetValue(old.Number, out var migration))
            {
                throw new OperatorException(
                    $"ฐานข้อมูลใหม่กว่าโปรแกรม: มีขั้น {old.Name} ซึ่งโปรแกรมรุ่นนี้ไม่รู้จัก โปรดใช้โปรแกรมรุ่นใหม่กว่า",
                    $"The database is newer than this program: it has {old.Name}, which this program does not know. Use a newer program."
                );
            }
            if (migration.Checksum != old.Checksum)
            {
                throw new OperatorException(
                    $"ขั้น {migration.Name} ถูกแก้ไขหลังจากใช้กับฐานข้อมูลนี้แล้ว โปรดคืนแฟ้มเดิม แล้วเขียนการเปลี่ยนแปลงเป็นขั้นใหม่",
                    $"Migration {migration.Name} was changed after this database had applied it: restore the file and write the change as a new migration."
                );
            }
        }
        var newest = applied.Count == 0 ? 0 : applied.Max(old => old.Number);
        var numbers = applied.Select(old => old.Number).ToHashSet();
        var missing = migrations.Where(step => !numbers.Contains(step.Number)).OrderBy(step => step.Number).ToList();
        return missing.Find(migration => migration.Number < newest) is not { } late
            ? missing
            : throw new OperatorException(
                $"ขั้น {late.Name} มีเลขก่อนขั้นล่าสุดที่ใช้แล้ว ({newest}) โปรดให้เลขใหม่ต่อท้าย",
                $"Migration {late.Name} comes before the last one applied ({newest}): give it the next number."
            );
    }

    private static async Task ApplyAsync(
        NpgsqlConnection connection,
        Migration migration,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await ExecuteAsync(connection, migration.Sql, cancellationToken);
            await using var note = new NpgsqlCommand(
                "insert into schema_migration (number, name, checksum) values ($1, $2, $3)",
                connection
            )
            {
                Parameters =
                {
                    new() { Value = migration.Number },
                    new() { Value = migration.Name },
                    new() { Value = migration.Checksum },
                },
            };
            await note.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (PostgresException exception)
        {
            throw new OperatorException(
                $"ขั้น {migration.Name} ไม่สำเร็จและถูกยกเลิกทั้งขั้น: {exception.MessageText}",
                $"Migration {migration.Name} failed and was undone: {exception.SqlState} {exception.MessageText}",
                exception
            );
        }
    }

    private static async Task<IReadOnlyList<Applied>> AppliedAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            "select number, name, checksum from schema_migration order by number",
            connection
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var applied = new List<Applied>();
        while (await reader.ReadAsync(cancellationToken))
        {
            applied.Add(new Applied(reader.GetInt32(0), reader.GetString(1), reader.GetString(2)));
        }
        return applied;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed record Applied(int Number, string Name, string Checksum);
}

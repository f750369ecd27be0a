using Npgsql;
using Thongthin.Data;
using Thongthin.Platform;
using Thongthin.Platform.Postgres;

namespace Thongthin.Startup;

/// <summary>
/// A database that answers and has the program's schema: what every verb opens first and leaves last. It is the private
/// server, started or joined, or an external one; either way its schema is migrated, or checked where the program has no
/// owner's connection, and the application role must be one that row-level security binds.
/// </summary>
internal sealed class RunningDatabase : IAsyncDisposable
{
    private readonly EmbeddedPostgres? _server;

    private RunningDatabase(EmbeddedPostgres? server, string connectionString, string? ownerConnectionString)
    {
        _server = server;
        ConnectionString = connectionString;
        _ownerConnectionString = ownerConnectionString;
    }

    private readonly string? _ownerConnectionString;

    /// <summary>The application role: row-level security applies.</summary>
    public string ConnectionString { get; }

    /// <summary>The owner's role; an external database may be used without it, by verbs that do not need it.</summary>
    /// <exception cref="OperatorException">it was not named</exception>
    public string OwnerConnectionString =>
        _ownerConnectionString
        ?? throw new OperatorException(
            $"คำสั่งนี้ต้องใช้สิทธิเจ้าของฐานข้อมูล โปรดกำหนด {DatabaseSettings.OwnerVariable}",
            $"This needs the owner's connection to the database: set {DatabaseSettings.OwnerVariable}."
        );

    public bool HasOwner => _ownerConnectionString is not null;

    /// <summary>Migrations that this start applied.</summary>
    public IReadOnlyList<Migration> Applied { get; private set; } = [];

    public static async Task<RunningDatabase> OpenAsync(
        DatabaseSettings settings,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        RunningDatabase database;
        if (settings.ConnectionString is { } external)
        {
            database = new RunningDatabase(null, external, settings.OwnerConnectionString);
        }
        else
        {
            var server = await EmbeddedPostgres.StartAsync(settings.Embedded, time, cancellationToken);
            database = new RunningDatabase(server, server.ConnectionString, server.OwnerConnectionString);
        }
        try
        {
            await database.PrepareAsync(cancellationToken);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_ownerConnectionString is { } owner)
            {
                Applied = await Migrator.Embedded(owner).MigrateAsync(cancellationToken);
            }
            else
            {
                await Migrator.CheckAsync(ConnectionString, cancellationToken);
            }
            await CheckApplicationRoleAsync(cancellationToken);
        }
        catch (NpgsqlException exception) when (_server is null)
        {
            throw new OperatorException(
                $"ติดต่อฐานข้อมูลภายนอกไม่ได้ โปรดตรวจ {DatabaseSettings.ApplicationVariable} และ {DatabaseSettings.OwnerVariable}: {exception.Message}",
                $"The external database could not be used; check {DatabaseSettings.ApplicationVariable} and {DatabaseSettings.OwnerVariable}: {exception.Message}",
                exception
            );
        }
    }

    /// <summary>A superuser, a role with BYPASSRLS or the tables' owner would read every unit's data unasked.</summary>
    private async Task CheckApplicationRoleAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            """
            select current_user from pg_roles
            where rolname = current_user and (rolsuper or rolbypassrls
                or exists (select from pg_class where oid = to_regclass('schema_migration') and relowner = pg_roles.oid))
            """,
            connection
        );
        if (await command.ExecuteScalarAsync(cancellationToken) is string role)
        {
            throw new OperatorException(
                $"บทบาท {role} ใน {DatabaseSettings.ApplicationVariable} ข้ามการจำกัดสิทธิรายหน่วยงานได้ โปรดใช้บทบาท thongthin_app ตาม docs/operations.md",
                $"The role {role} of {DatabaseSettings.ApplicationVariable} is not bound by row-level security: use the role thongthin_app, as docs/operations.md says."
            );
        }
    }
}

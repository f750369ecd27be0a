using Npgsql;

namespace Thongthin.Platform.Postgres;

/// <summary>Connection strings of the private server, one for each role.</summary>
internal sealed class ServerConnections(ServerSecret secret, int port)
{
    /// <summary>Opens a connection of the superuser, which only the server's own start needs.</summary>
    /// <exception cref="OperatorException">the secret is not this cluster's</exception>
    /// <exception cref="NpgsqlException">the server does not answer</exception>
    public async Task<NpgsqlConnection> OpenSuperuserAsync(string database, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(Build(PostgresCluster.Superuser, database, pooled: false, poolSize: 1));
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch (Exception exception)
        {
            await connection.DisposeAsync();
            if (exception is PostgresException { SqlState: PostgresErrorCodes.InvalidPassword })
            {
                throw new OperatorException(
                    $"รหัสผ่านใน {secret.File} ไม่ตรงกับฐานข้อมูลที่เก็บไว้ด้วยกัน โปรดนำแฟ้มนี้กลับมาจากสำเนาสำรอง",
                    $"The password in {secret.File} is not that of the database beside it: bring the file back from a backup.",
                    exception
                );
            }
            throw;
        }
    }

    public string Owner(string database, bool pooled = true) =>
        Build(ServerRoles.Owner, database, pooled, poolSize: 20);

    public string Application(string database) => Build(ServerRoles.Application, database, pooled: true, poolSize: 80);

    public string PasswordOf(string role) => secret.PasswordOf(role);

    private const int PreparedStatements = 200;

    private string Build(string role, string database, bool pooled, int poolSize) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Database = database,
            Username = role,
            Password = secret.PasswordOf(role),
            Pooling = pooled,
            MaxPoolSize = poolSize,
            // Planning is most of what a small statement costs. A statement that comes again keeps its plan, and so do those
            // inside functions: returned to the pool, a connection forgets who it was for, but not its plans.
            MaxAutoPrepare = PreparedStatements,
            AutoPrepareMinUsages = 2,
            ApplicationName = "thongthin",
            SslMode = SslMode.Disable,
        }.ConnectionString;
}

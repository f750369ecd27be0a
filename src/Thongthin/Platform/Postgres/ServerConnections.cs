using Npgsql;

namespace Thongthin.Platform.Postgres;

/// <summary>Connection strings of the private server, one for each role.</summary>
internal sealed class ServerConnections(ServerSecret secret, int port)
{
    public string Superuser(string database = "postgres") =>
        Build(PostgresCluster.Superuser, database, pooled: false, poolSize: 1);

    public string Owner(string database, bool pooled = true) =>
        Build(ServerRoles.Owner, database, pooled, poolSize: 20);

    public string Application(string database) => Build(ServerRoles.Application, database, pooled: true, poolSize: 80);

    public string PasswordOf(string role) => secret.PasswordOf(role);

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
            ApplicationName = "thongthin",
            SslMode = SslMode.Disable,
        }.ConnectionString;
}

using System.CommandLine;
using System.Globalization;
using Npgsql;

namespace Thongthin.Startup.Commands;

/// <summary>
/// <c>connection</c>: how psql and pg_dump reach the database as the owner, as lines for a shell. Who may read the data
/// folder may do so anyway; nothing is shown to anybody else.
/// </summary>
internal static class ConnectionCommand
{
    public static Command Create(CommandServices services)
    {
        var command = new Command("connection", "Print the owner's connection for psql and pg_dump, as shell lines");
        command.SetAction(
            async (_, cancellationToken) =>
            {
                await using var database = await services.OpenDatabaseAsync(cancellationToken);
                var owner = new NpgsqlConnectionStringBuilder(database.OwnerConnectionString);
                (string Name, string? Value)[] variables =
                [
                    ("PGHOST", owner.Host),
                    ("PGPORT", owner.Port.ToString(CultureInfo.InvariantCulture)),
                    ("PGDATABASE", owner.Database),
                    ("PGUSER", owner.Username),
                    ("PGPASSWORD", owner.Password),
                ];
                foreach (var (name, value) in variables.Where(variable => variable.Value is not null))
                {
                    await services.Out.WriteLineAsync($"export {name}={Quote(value!)}");
                }
                return CommandLine.Done;
            }
        );
        return command;
    }

    private static string Quote(string value) => $"'{value.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}

using System.Globalization;
using Npgsql;
using Thongthin.Platform.Postgres;

namespace Thongthin.Tests.Postgres;

/// <summary>
/// A program that uses its database until it is killed: it starts or joins the server, loads a batch in one transaction,
/// then commits row after row, and reports each step on its output after the database has confirmed it.
/// </summary>
internal static class RowWriter
{
    public const int BatchSize = 20_000;
    public const string Loading = "loading";
    public const string Loaded = "loaded ";
    public const string Wrote = "wrote ";

    public static async Task<int> RunAsync(string dataFolder)
    {
        var settings = new EmbeddedPostgresSettings { DataFolder = dataFolder };
        await using var server = await EmbeddedPostgres.StartAsync(settings, CancellationToken.None);
        await using var connection = new NpgsqlConnection(server.OwnerConnectionString);
        await connection.OpenAsync();
        await ExecuteAsync(
            connection,
            """
            create table if not exists loaded (batch uuid not null, number int not null);
            create table if not exists written (id uuid constraint pk_written primary key);
            """
        );
        await ReportAsync(Loading);
        await LoadAsync(connection);
        while (true)
        {
            var id = Guid.CreateVersion7();
            await ExecuteAsync(connection, $"insert into written values ('{id}')");
            await ReportAsync($"{Wrote}{id}");
        }
    }

    private static async Task LoadAsync(NpgsqlConnection connection)
    {
        var batch = Guid.CreateVersion7();
        await using (var copy = await connection.BeginBinaryImportAsync("copy loaded from stdin (format binary)"))
        {
            for (var number = 0; number < BatchSize; number++)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(batch);
                await copy.WriteAsync(number);
            }
            await copy.CompleteAsync();
        }
        await ReportAsync(string.Create(CultureInfo.InvariantCulture, $"{Loaded}{batch}"));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task ReportAsync(string line)
    {
        await Console.Out.WriteLineAsync(line);
        await Console.Out.FlushAsync();
    }
}

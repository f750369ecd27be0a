using System.CommandLine;

namespace Thongthin.Startup.Commands;

/// <summary><c>migrate</c>: brings the schema up to date and nothing else.</summary>
internal static class MigrateCommand
{
    public static Command Create(CommandServices services)
    {
        var command = new Command("migrate", "Bring the database's schema up to date");
        command.SetAction((_, cancellationToken) => RunAsync(services, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandServices services, CancellationToken cancellationToken)
    {
        await using var database = await services.OpenDatabaseAsync(cancellationToken);
        foreach (var migration in database.Applied)
        {
            await services.Out.WriteLineAsync(migration.Name);
        }
        await services.Out.WriteLineAsync("โครงสร้างฐานข้อมูลเป็นปัจจุบัน / The schema is up to date.");
        return CommandLine.Done;
    }
}

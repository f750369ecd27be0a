using System.CommandLine;
using Thongthin.Platform;

namespace Thongthin.Startup.Commands;

/// <summary>
/// The verbs. Each is one file with a <c>Create(CommandServices)</c> and one line here; its action returns
/// <see cref="Done"/> or <see cref="Findings"/>. Wrong use is found by the parser; what the person who runs the program
/// must settle is an <see cref="OperatorException"/>, printed without a stack trace.
/// </summary>
internal static class CommandLine
{
    /// <summary>The verb did what was asked.</summary>
    public const int Done = 0;

    /// <summary>The input has findings, or something outside must be settled first; the output says what.</summary>
    public const int Findings = 1;

    /// <summary>Unknown verb, missing or wrong argument.</summary>
    public const int WrongUse = 2;

    public static RootCommand Create(CommandServices services) =>
        new("ท้องถิ่น Thongthin: national data collection by local authorities")
        {
            DemoCommand.Create(services),
            ServeCommand.Create(services),
            MigrateCommand.Create(services),
            ConnectionCommand.Create(services),
            DirectoryImport.Create(services),
            FormsCommand.Create(services),
            CatalogueCommand.Create(services),
            AnswersCommand.Create(services),
            FactsCommand.Create(services),
            RoundCommands.Create(services),
            ProgressCommand.Create(services),
            UserCommands.Create(services),
            CertificatesCommand.Create(services),
        };

    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments,
        CommandServices services,
        CancellationToken cancellationToken
    )
    {
        var parsed = Create(services).Parse(arguments);
        // The caller handles the signals; the library's own handler would end the program after two seconds.
        var invocation = new InvocationConfiguration
        {
            Output = services.Out,
            Error = services.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            var code = await parsed.InvokeAsync(invocation, cancellationToken);
            return parsed.Errors.Count > 0 ? WrongUse : code;
        }
        catch (OperatorException exception)
        {
            await services.Error.WriteLineAsync(exception.Message);
            return Findings;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await services.Error.WriteLineAsync("ยกเลิกแล้ว / Cancelled.");
            return Findings;
        }
    }
}

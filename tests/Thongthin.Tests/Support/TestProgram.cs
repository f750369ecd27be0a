using Thongthin.Startup.Commands;
using Thongthin.Tests.Certificates;
using Thongthin.Tests.Postgres;

namespace Thongthin.Tests.Support;

/// <summary>
/// The entry point of the test program. Usually it runs the tests; started with <c>--write-rows</c>, <c>--verb</c> or <c>--certify</c> it
/// is the program that a test starts in order to kill it.
/// </summary>
internal static class TestProgram
{
    public const string WriteRows = "--write-rows";
    public const string Verb = "--verb";
    public const string Certify = "--certify";

    public static Task<int> Main(string[] args) =>
        args switch
        {
            [WriteRows, var data] => RowWriter.RunAsync(data),
            [Verb, .. var verb] => RunVerbAsync(verb),
            [Certify, var data, var scenes] => CertifierLoop.RunAsync(data, scenes),
            _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
                Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
                    args,
                    SelfRegisteredExtensions.AddSelfRegisteredExtensions
                ),
            _ => Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
        };

    /// <summary>As Program.cs does.</summary>
    private static async Task<int> RunVerbAsync(string[] verb)
    {
        using var signals = new TerminationSignals();
        return await CommandLine.RunAsync(verb, CommandServices.FromEnvironment(), signals.Token);
    }
}

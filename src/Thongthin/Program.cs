using Thongthin.Startup.Commands;

using var signals = new TerminationSignals();
return await CommandLine.RunAsync(args, CommandServices.FromEnvironment(), signals.Token);

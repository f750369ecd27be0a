using System.Runtime.InteropServices;

namespace Thongthin.Startup.Commands;

/// <summary>
/// Ctrl-C, the system's request to end and a closed terminal ask the verb to finish: it ends what it does, and its
/// database is stopped cleanly. A second Ctrl-C ends at once; the next start recovers.
/// </summary>
internal sealed class TerminationSignals : IDisposable
{
    private static readonly PosixSignal[] Signals =
    [
        PosixSignal.SIGINT,
        PosixSignal.SIGTERM,
        PosixSignal.SIGQUIT,
        PosixSignal.SIGHUP,
    ];

    private readonly CancellationTokenSource _ending = new();
    private readonly List<PosixSignalRegistration> _registrations;

    public TerminationSignals() =>
        _registrations = [.. Signals.Select(signal => PosixSignalRegistration.Create(signal, Handle))];

    public CancellationToken Token => _ending.Token;

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _ending.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (!_ending.IsCancellationRequested)
        {
            context.Cancel = true;
            _ending.Cancel();
        }
    }
}

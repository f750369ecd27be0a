using System.Net;
using System.Net.Sockets;

namespace Thongthin.Browser.Tests.Support;

/// <summary>
/// The line between a browser and the program, which a test can cut: connections end in the middle and new ones fail, for
/// pages and service workers alike. A browser's own offline switch only tells its pages; both are used together.
/// </summary>
internal sealed class CuttableNetwork : IAsyncDisposable
{
    private readonly Uri _server;
    private readonly CancellationTokenSource _end = new();
    private TcpListener _listener;
    private CancellationTokenSource _line = new();

    public CuttableNetwork(Uri server)
    {
        _server = server;
        _listener = Listen(0);
        Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
    }

    /// <summary>Where the browser goes.</summary>
    public string Address { get; }

    public async Task CutAsync(Visitor visitor)
    {
        _listener.Stop();
        await _line.CancelAsync();
        await visitor.Context.SetOfflineAsync(true);
    }

    public async Task MendAsync(Visitor visitor)
    {
        _line = new CancellationTokenSource();
        _listener = Listen(new Uri(Address).Port);
        await visitor.Context.SetOfflineAsync(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _line.CancelAsync();
        _listener.Dispose();
    }

    private TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Start();
        _ = AcceptAsync(listener, _line.Token);
        return listener;
    }

    private async Task AcceptAsync(TcpListener listener, CancellationToken line)
    {
        while (!_end.IsCancellationRequested && !line.IsCancellationRequested)
        {
            try
            {
                _ = CarryAsync(await listener.AcceptTcpClientAsync(line), line);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task CarryAsync(TcpClient browser, CancellationToken line)
    {
        using (browser)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(_server.Host, _server.Port, line);
                await Task.WhenAny(
                    browser.GetStream().CopyToAsync(server.GetStream(), line),
                    server.GetStream().CopyToAsync(browser.GetStream(), line)
                );
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // the line was cut, or one side hung up: the using ends both
            }
        }
    }
}

using System.Threading.RateLimiting;
using PuppeteerSharp;
using Thongthin.Platform.Security;

namespace Thongthin.Platform.Print;

/// <summary>
/// Prints HTML documents as PDF by the installed browser. One browser serves the process: it starts with the first print,
/// stays warm, and ends with the host. What goes wrong in it (killed, crashed, hung) costs the browser: a new one is started
/// and the print is tried once more. Documents run no scripts and reach nothing, neither network nor files.
/// </summary>
/// <param name="named">the browser's program; null = search for it</param>
/// <param name="waiting">how many prints may wait for their turn</param>
/// <param name="limit">how long a browser may take to start, and a print; the longest table takes about two seconds</param>
internal sealed partial class Printer(string? named, ILogger<Printer> logger, int waiting = 40, TimeSpan? limit = null)
    : IAsyncDisposable
{
    private const int PagesAtOnce = 2;

    private static readonly TimeSpan LimitOfEnd = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _limit = limit ?? TimeSpan.FromSeconds(30);

    private readonly ConcurrencyLimiter _places = new(
        new ConcurrencyLimiterOptions
        {
            PermitLimit = PagesAtOnce,
            QueueLimit = waiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }
    );

    private readonly SemaphoreSlim _change = new(1);
    private IBrowser? _browser;
    private bool _ended;

    /// <summary>The running browser's process.</summary>
    public int? ProcessId => _browser?.Process?.Id;

    /// <param name="cancellationToken">ends the wait for a turn; a print that has begun goes on to its end</param>
    /// <exception cref="Refusal">print_no_browser, print_busy or print_failed</exception>
    public async Task<byte[]> PrintAsync(string html, CancellationToken cancellationToken)
    {
        if (InstalledBrowser.Find(named) is not { } program)
        {
            LogNoBrowser(logger, InstalledBrowser.Setting, named);
            throw new Refusal("print_no_browser", InstalledBrowser.Setting);
        }
        using var place = await _places.AcquireAsync(1, cancellationToken);
        if (!place.IsAcquired)
        {
            throw new Refusal("print_busy");
        }
        for (var attempt = 1; ; attempt++)
        {
            IBrowser? browser = null;
            try
            {
                browser = await OpenAsync(program);
                return await PrintAsync(browser, html).WaitAsync(_limit, CancellationToken.None);
            }
            // whatever it was, a new browser is the only remedy
            catch (Exception exception) when (!_ended)
            {
                LogFailed(logger, attempt, exception);
                await RetireAsync(browser);
                if (attempt == 2)
                {
                    throw new Refusal("print_failed");
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _ended = true;
        await RetireAsync(_browser);
        await _places.DisposeAsync();
        _change.Dispose();
    }

    private static async Task<byte[]> PrintAsync(IBrowser browser, string html)
    {
        await using var page = await browser.NewPageAsync();
        await page.SetJavaScriptEnabledAsync(false);
        await page.SetRequestInterceptionAsync(true);
        page.Request += (_, e) => _ = e.Request.AbortAsync();
        await page.SetContentAsync(html);
        return await page.PdfDataAsync(new PdfOptions { PreferCSSPageSize = true, Tagged = true });
    }

    private async Task<IBrowser> OpenAsync(string program)
    {
        await _change.WaitAsync();
        try
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            if (_browser is { IsConnected: true, IsClosed: false } open)
            {
                return open;
            }
            if (_browser is { } dead)
            {
                _browser = null;
                await EndAsync(dead);
            }
            return _browser = await Puppeteer.LaunchAsync(
                new LaunchOptions
                {
                    ExecutablePath = program,
                    Args = Arguments(),
                    // over a pipe no other program of this machine can talk to it, and it ends when this program does
                    Pipe = !OperatingSystem.IsWindows(),
                    Timeout = (int)_limit.TotalMilliseconds,
                    ProtocolTimeout = (int)_limit.TotalMilliseconds,
                }
            );
        }
        finally
        {
            _change.Release();
        }
    }

    /// <summary>
    /// The browser's own traffic finds no host either. Its sandbox does not start for root, and only then is it left off.
    /// Each is a word of a command line: one with spaces stands in quotes.
    /// </summary>
    private static string[] Arguments() =>
        [
            "\"--host-resolver-rules=MAP * ~NOTFOUND\"",
            .. !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess ? ["--no-sandbox"] : (string[])[],
        ];

    /// <summary>Ends this browser, unless another print has done so already.</summary>
    private async Task RetireAsync(IBrowser? browser)
    {
        await _change.WaitAsync();
        try
        {
            if (browser is not null && ReferenceEquals(browser, _browser))
            {
                _browser = null;
                await EndAsync(browser);
            }
        }
        finally
        {
            _change.Release();
        }
    }

    private async Task EndAsync(IBrowser browser)
    {
        try
        {
            await browser.CloseAsync().WaitAsync(LimitOfEnd);
        }
        catch (Exception exception)
        {
            LogEnd(logger, exception);
            if (browser.Process is { HasExited: false } process)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        browser.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No browser to print with: {Setting} is {Program}")]
    private static partial void LogNoBrowser(ILogger logger, string setting, string? program);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Printing failed, attempt {Attempt}")]
    private static partial void LogFailed(ILogger logger, int attempt, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "The browser did not close and is killed")]
    private static partial void LogEnd(ILogger logger, Exception exception);
}

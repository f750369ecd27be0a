using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Thongthin.Platform.Print;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Print;

/// <summary>The printer alone, with the real browser.</summary>
public sealed class PrinterTests
{
    [Fact]
    public async Task Print_AfterTheBrowserWasKilled_StartsAnotherOne()
    {
        await using var printer = await OpenAsync();
        PdfPages.Read(await printer.PrintAsync("<p>one</p>", default)).ShouldBe(["one"]);
        var killed = printer.ProcessId!.Value;
        using (var process = Process.GetProcessById(killed))
        {
            process.Kill(entireProcessTree: true);
        }

        PdfPages.Read(await printer.PrintAsync("<p>two</p>", default)).ShouldBe(["two"]);

        printer.ProcessId.ShouldNotBe(killed);
    }

    [Fact]
    public async Task Print_OfManyAtOnce_RefusesThoseThatCannotWait()
    {
        await using var printer = await OpenAsync(waiting: 1);

        var prints = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CodeAsync(printer, "<p>one</p>")));

        // two are printed, one waits
        prints.ShouldBe([null, null, null, "print_busy"]);
    }

    [Fact]
    public async Task Print_RunsNoScriptsAndAsksNobody()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://{listener.LocalEndpoint}/";
        await using var printer = await OpenAsync();

        var pdf = await printer.PrintAsync(
            $"""
            <link rel="stylesheet" href="{address}style.css"><img src="{address}picture.png"><iframe src="file:///etc/passwd"></iframe>
            <p id="text">as it was</p><script>document.getElementById("text").textContent = "changed";</script>
            """,
            default
        );

        PdfPages.Read(pdf).ShouldHaveSingleItem().ShouldBe("asitwas");
        listener.Pending().ShouldBeFalse();
    }

    [Fact]
    public async Task Dispose_EndsTheBrowser()
    {
        var printer = await OpenAsync();
        await printer.PrintAsync("<p>one</p>", default);
        using var process = Process.GetProcessById(printer.ProcessId!.Value);

        await printer.DisposeAsync();

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.HasExited.ShouldBeTrue();
    }

    [Fact]
    public async Task Print_WhenTheProgramIsNoBrowser_IsRefused()
    {
        var program = Path.Combine(TemporaryFolder.Create(), "browser");
        await File.WriteAllTextAsync(program, "no program", TestContext.Current.CancellationToken);
        await using var printer = new Printer(program, NullLogger<Printer>.Instance, limit: TimeSpan.FromSeconds(1));

        (await CodeAsync(printer, "<p>one</p>")).ShouldBe("print_failed");
    }

    private static async Task<Printer> OpenAsync(int waiting = 40) =>
        new(await ChromiumFamily.PathAsync(), NullLogger<Printer>.Instance, waiting);

    /// <summary>Null when it was printed, else why it was not.</summary>
    private static async Task<string?> CodeAsync(Printer printer, string html)
    {
        try
        {
            await printer.PrintAsync(html, default);
            return null;
        }
        catch (Refusal refusal)
        {
            return refusal.Code;
        }
    }
}

using Thongthin.Browser.Tests.Support;
using Thongthin.Tests.Support;

namespace Thongthin.Browser.Tests;

public sealed class BrowserTests(DemonstrationSite site)
{
    [Fact]
    public async Task Browser_OnThisMachine_IsFound() => File.Exists(await ChromiumFamily.PathAsync()).ShouldBeTrue();

    [Fact]
    public async Task Axe_OnAPageWithAPlantedFault_ReportsIt()
    {
        await using var visitor = await site.SignInAsync("administrator.saento");
        (await Axe.ViolationsAsync(visitor.Page)).ShouldBeEmpty();

        await visitor.Page.Locator("main").EvaluateAsync("main => main.append(document.createElement('button'))");

        (await Axe.ViolationsAsync(visitor.Page)).ShouldHaveSingleItem().ShouldStartWith("button-name");
    }
}

using Thongthin.Browser.Tests.Support;

namespace Thongthin.Browser.Tests;

public sealed class BrowserTests
{
    [Fact]
    public async Task Browser_OnThisMachine_IsFound() => File.Exists(await ChromiumFamily.PathAsync()).ShouldBeTrue();
}

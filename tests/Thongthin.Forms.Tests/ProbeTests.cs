namespace Thongthin.Forms.Tests;

public sealed class ProbeTests
{
    [Fact]
    public void Works() => 1.ShouldBe(1);
}

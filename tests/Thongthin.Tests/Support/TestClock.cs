namespace Thongthin.Tests.Support;

/// <summary>A clock that stands still.</summary>
internal sealed class TestClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}

using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Thongthin.Platform.Web;

/// <summary>Counts what comes from one address (a whole office shares one), in this node's memory.</summary>
internal sealed class AddressLimiter(int permits, TimeSpan window) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetFixedWindowLimiter(
            key,
            _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = window }
        )
    );

    /// <summary>Null when it may go on; otherwise how long to wait.</summary>
    public TimeSpan? Refuse(IPAddress? address) => Refuse(Network(address));

    /// <summary>The same for anything else that is counted.</summary>
    public TimeSpan? Refuse(string key)
    {
        using var lease = _limiter.AttemptAcquire(key);
        return lease.IsAcquired ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait
            : window;
    }

    public void Dispose() => _limiter.Dispose();

    /// <summary>One IPv6 customer has a whole /64 to choose addresses from.</summary>
    private static string Network(IPAddress? address)
    {
        if (address is null)
        {
            return "";
        }
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }
        return Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8));
    }
}

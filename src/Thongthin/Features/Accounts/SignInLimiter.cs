using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Accounts;

/// <summary>
/// Slows down guessing: attempts are counted per address (a whole office shares one) and per account name, whether or not
/// such an account exists. Counts live in this node's memory; the lockout after wrong passwords is in the database.
/// </summary>
internal sealed class SignInLimiter : IDisposable
{
    private readonly PartitionedRateLimiter<string> _byAddress;
    private readonly PartitionedRateLimiter<string> _byAccount;

    public SignInLimiter(WebSettings settings)
    {
        _byAddress = Limiter(settings.SignInsPerMinuteAndAddress, TimeSpan.FromMinutes(1));
        _byAccount = Limiter(settings.SignInsPerFiveMinutesAndAccount, TimeSpan.FromMinutes(5));
    }

    /// <summary>Null when the attempt may go on; otherwise how long to wait.</summary>
    public TimeSpan? Refuse(IPAddress? address, string account)
    {
        using var first = _byAddress.AttemptAcquire(Network(address));
        if (!first.IsAcquired)
        {
            return Wait(first);
        }
        using var second = _byAccount.AttemptAcquire(account.Trim().ToUpperInvariant());
        return second.IsAcquired ? null : Wait(second);
    }

    public void Dispose()
    {
        _byAddress.Dispose();
        _byAccount.Dispose();
    }

    private static PartitionedRateLimiter<string> Limiter(int permits, TimeSpan window) =>
        PartitionedRateLimiter.Create<string, string>(key =>
            RateLimitPartition.GetFixedWindowLimiter(
                key,
                _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = window }
            )
        );

    private static TimeSpan Wait(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1);

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

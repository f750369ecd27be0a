using System.Net;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Accounts;

/// <summary>
/// Slows down guessing: attempts are counted per address (a whole office shares one) and per account name, whether or not
/// such an account exists. Counts live in this node's memory; the lockout after wrong passwords is in the database.
/// </summary>
internal sealed class SignInLimiter(WebSettings settings) : IDisposable
{
    private readonly AddressLimiter _byAddress = new(settings.SignInsPerMinuteAndAddress, TimeSpan.FromMinutes(1));
    private readonly AddressLimiter _byAccount = new(settings.SignInsPerFiveMinutesAndAccount, TimeSpan.FromMinutes(5));

    /// <summary>Null when the attempt may go on; otherwise how long to wait.</summary>
    public TimeSpan? Refuse(IPAddress? address, string account) =>
        _byAddress.Refuse(address) ?? _byAccount.Refuse(account.Trim().ToUpperInvariant());

    public void Dispose()
    {
        _byAddress.Dispose();
        _byAccount.Dispose();
    }
}

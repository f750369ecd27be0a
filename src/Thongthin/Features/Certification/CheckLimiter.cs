using System.Net;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Certification;

/// <summary>Slows down trying of codes, though none can be guessed: what anybody may ask without a session is counted.</summary>
internal sealed class CheckLimiter(WebSettings settings) : IDisposable
{
    private readonly AddressLimiter _byAddress = new(settings.ChecksPerMinuteAndAddress, TimeSpan.FromMinutes(1));

    /// <summary>Null when the check may go on; otherwise how long to wait.</summary>
    public TimeSpan? Refuse(IPAddress? address) => _byAddress.Refuse(address);

    public void Dispose() => _byAddress.Dispose();
}

using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Features.Submissions.Signing;

namespace Thongthin.Features.Certification;

/// <summary>
/// Anybody checks a certificate by the code beside its QR, without an account. A code that is unknown and one that cannot be a code
/// are answered alike.
/// </summary>
[AllowAnonymous]
internal sealed class CheckModel(CertificateChecks checks, CheckLimiter limiter) : PageModel
{
    /// <summary>As it was typed, or stood in the address.</summary>
    public string? Typed { get; private set; }

    public string? Code { get; private set; }

    /// <summary>Null when there is no such certificate, or nothing was asked.</summary>
    public CheckedCertificateRow? Certificate { get; private set; }

    /// <summary>How long to wait after too many checks.</summary>
    public TimeSpan? Wait { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? code, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            return Page();
        }
        Typed = code.Trim();
        if (limiter.Refuse(HttpContext.Connection.RemoteIpAddress) is { } wait)
        {
            return TooMany(wait);
        }
        Code = CheckCode.Parse(code);
        Certificate = Code is null ? null : await checks.FindAsync(Code, cancellationToken);
        if (Certificate is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
        }
        return Page();
    }

    private PageResult TooMany(TimeSpan wait)
    {
        Wait = wait;
        Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return Page();
    }
}

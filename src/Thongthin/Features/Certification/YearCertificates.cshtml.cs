using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Features.Submissions.Signing;

namespace Thongthin.Features.Certification;

/// <summary>All certificates of an LAO for one fiscal year, to print and to check: one line a topic, each with its QR.</summary>
internal sealed class YearCertificatesModel(CertificateList certificates) : PageModel
{
    public int LaoId { get; private set; }

    public int FiscalYear { get; private set; }

    public LaoOfYearRow Lao { get; private set; } = null!;

    public IReadOnlyList<CertificateRow> Certificates { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int laoId, int fiscalYear, CancellationToken cancellationToken)
    {
        if (await certificates.FindLaoAsync(laoId, fiscalYear, cancellationToken) is not { } lao)
        {
            return NotFound();
        }
        (LaoId, FiscalYear, Lao) = (laoId, fiscalYear, lao);
        Certificates = await certificates.OfYearAsync(laoId, fiscalYear, cancellationToken);
        return Page();
    }

    /// <summary>Absolute: a QR is read away from this page.</summary>
    public string CheckAddress(string code) => $"{Request.Scheme}://{Request.Host}{CheckCode.PathOf(code)}";
}

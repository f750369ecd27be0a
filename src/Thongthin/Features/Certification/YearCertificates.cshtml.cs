using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Features.Submissions.Signing;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Certification;

/// <summary>All certificates of an LAO for one fiscal year, to print and to check: one line a topic, each with its QR.</summary>
internal sealed class YearCertificatesModel(CertificateList certificates, CertificatePdf pdf) : PageModel
{
    /// <summary><c>pdf</c>; empty = the page.</summary>
    [FromQuery]
    public string? Format { get; set; }

    public YearView View { get; private set; } = null!;

    /// <summary>Why the PDF that was asked for is not there.</summary>
    public string? NotPrinted { get; private set; }

    public async Task<IActionResult> OnGetAsync(int laoId, int fiscalYear, CancellationToken cancellationToken)
    {
        if (await certificates.FindLaoAsync(laoId, fiscalYear, cancellationToken) is not { } lao)
        {
            return NotFound();
        }
        View = new YearView(
            laoId,
            fiscalYear,
            lao,
            await certificates.OfYearAsync(laoId, fiscalYear, cancellationToken),
            code => CheckCode.AddressOf(Request, code)
        );
        return Format == "pdf" ? await PrintAsync(cancellationToken) : Page();
    }

    private async Task<IActionResult> PrintAsync(CancellationToken cancellationToken)
    {
        try
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"certificates-{View.LaoId}-{View.FiscalYear}.pdf");
            return File(await pdf.PrintAsync(View, cancellationToken), CertificatePdf.ContentType, name);
        }
        catch (Refusal refusal)
        {
            NotPrinted = this.Unavailable(refusal);
            return Page();
        }
    }
}

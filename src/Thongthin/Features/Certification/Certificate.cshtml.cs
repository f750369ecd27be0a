using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Features.Submissions;
using Thongthin.Features.Submissions.Signing;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Certification;

/// <summary>A certificate: what was certified, by whom, when, and whether it still stands; printable, with its bytes to download.</summary>
internal sealed class CertificateModel(SubmissionQueries queries, PublishedKeys keys, CertificatePdf pdf) : PageModel
{
    /// <summary><c>pdf</c>; empty = the page.</summary>
    [FromQuery]
    public string? Format { get; set; }

    public CertificateView View { get; private set; } = null!;

    /// <summary>Why the PDF that was asked for is not there.</summary>
    public string? NotPrinted { get; private set; }

    public async Task<IActionResult> OnGetAsync(int laoId, Guid certificateId, CancellationToken cancellationToken)
    {
        if (
            await queries.FindCertificateAsync(laoId, certificateId, cancellationToken) is not { } certificate
            || await queries.FindAsync(certificate.Submission, cancellationToken) is not { } submission
        )
        {
            return NotFound();
        }
        var code = certificate.CheckCode;
        View = new CertificateView(certificate, submission, code is null ? null : CheckCode.AddressOf(Request, code));
        return Format == "pdf" && code is not null ? await PrintAsync(code, cancellationToken) : Page();
    }

    /// <summary>The canonical bytes exactly as they were hashed.</summary>
    public async Task<IActionResult> OnGetContentAsync(
        int laoId,
        Guid certificateId,
        CancellationToken cancellationToken
    ) =>
        await queries.FindCertificateAsync(laoId, certificateId, cancellationToken) is { } certificate
            ? File(Encoding.UTF8.GetBytes(certificate.Content), "application/json", $"certificate-{certificateId}.json")
            : NotFound();

    /// <summary>Content, signature and public key in one file, which anybody can check without this program.</summary>
    public async Task<IActionResult> OnGetSignedAsync(
        int laoId,
        Guid certificateId,
        CancellationToken cancellationToken
    )
    {
        if (
            await queries.FindCertificateAsync(laoId, certificateId, cancellationToken)
            is not { CheckCode: { } code } certificate
        )
        {
            return NotFound();
        }
        var key = (await keys.ListAsync(cancellationToken)).Single(k => k.SigningKeyId == certificate.SigningKeyId);
        var file = SignedCertificate.Write(certificate, key, CheckCode.AddressOf(Request, code));
        return File(file, "application/json", CertificatePdf.FileName(code));
    }

    private async Task<IActionResult> PrintAsync(string code, CancellationToken cancellationToken)
    {
        try
        {
            var name = $"certificate-{CheckCode.Grouped(code)}.pdf";
            return File(await pdf.PrintAsync(View, cancellationToken), CertificatePdf.ContentType, name);
        }
        catch (Refusal refusal)
        {
            NotPrinted = this.Unavailable(refusal);
            return Page();
        }
    }
}

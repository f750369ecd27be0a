using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Features.Submissions;
using Thongthin.Features.Submissions.Signing;

namespace Thongthin.Features.Certification;

/// <summary>A certificate: what was certified, by whom, when, and whether it still stands; printable, with its bytes to download.</summary>
internal sealed class CertificateModel(SubmissionQueries queries, PublishedKeys keys) : PageModel
{
    public CertificateDetail Certificate { get; private set; } = null!;

    public SubmissionDetail Submission { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int laoId, Guid certificateId, CancellationToken cancellationToken)
    {
        if (
            await queries.FindCertificateAsync(laoId, certificateId, cancellationToken) is not { } certificate
            || await queries.FindAsync(certificate.Submission, cancellationToken) is not { } submission
        )
        {
            return NotFound();
        }
        (Certificate, Submission) = (certificate, submission);
        return Page();
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
        var file = SignedCertificate.Write(certificate, key, CheckAddress(code));
        return File(file, "application/json", $"signed-certificate-{CheckCode.Grouped(code)}.json");
    }

    /// <summary>Absolute: a QR and a file are read away from this page.</summary>
    public string CheckAddress(string code) => $"{Request.Scheme}://{Request.Host}{CheckCode.PathOf(code)}";
}

using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Features.Submissions;

namespace Thongthin.Features.Certification;

/// <summary>A certificate: what was certified, by whom, when, and whether it still stands; printable, with its bytes to download.</summary>
internal sealed class CertificateModel(SubmissionQueries queries) : PageModel
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
}

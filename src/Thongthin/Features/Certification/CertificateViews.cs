using Thongthin.Features.Submissions;

namespace Thongthin.Features.Certification;

/// <summary>A certificate with its submission, as its page and its print show it.</summary>
/// <param name="CheckAddress">absolute; null for one from before certificates were signed</param>
/// <param name="IsDocument">the reader may have no account: no link leads into the system</param>
internal sealed record CertificateView(
    CertificateDetail Certificate,
    SubmissionDetail Submission,
    string? CheckAddress,
    bool IsDocument = false
);

/// <summary>An LAO's certificates of a fiscal year, as the page and the print show them.</summary>
/// <param name="CheckAddress">of a check code, absolute</param>
/// <param name="IsDocument">links lead to the public check, since the reader of a document may have no account</param>
internal sealed record YearView(
    int LaoId,
    int FiscalYear,
    LaoOfYearRow Lao,
    IReadOnlyList<CertificateRow> Certificates,
    Func<string, string> CheckAddress,
    bool IsDocument = false
)
{
    /// <summary>Topics whose certificate stands.</summary>
    public int Certified => Certificates.Count(row => row.IsValid);

    public string? AddressOf(CertificateRow row) =>
        !IsDocument ? CertificatePath.Of(LaoId, row.CertificateId)
        : row.CheckCode is { } code ? CheckAddress(code)
        : null;
}

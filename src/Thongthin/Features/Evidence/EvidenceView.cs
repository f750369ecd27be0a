using Thongthin.Features.Certification;
using Thongthin.Features.Submissions;

namespace Thongthin.Features.Evidence;

/// <summary>The evidence of an LAO's fiscal year, as the page and the print show it.</summary>
/// <param name="At">when it was read: everything in it is as of then</param>
/// <param name="CheckAddress">of a check code, absolute</param>
/// <param name="IsDocument">links lead to the public check, since the reader of a document may have no account</param>
internal sealed record EvidenceView(
    int LaoId,
    int FiscalYear,
    LaoOfYearRow Lao,
    DateTimeOffset At,
    IReadOnlyList<EvidenceRow> Rows,
    Func<string, string> CheckAddress,
    bool IsDocument = false
)
{
    private IEnumerable<EvidenceRow> Asked => Rows.Where(row => row.State != SubmissionState.Exempt);

    public int AskedCount => Asked.Count();

    public int DoneCount => Asked.Count(row => row.IsDone);

    public int CertifiedCount => Asked.Count(row => row.State == SubmissionState.Certified);

    public int LateCount => Asked.Count(row => row.IsLate == true);

    public string? AddressOf(EvidenceRow row) =>
        IsDocument ? null : new SubmissionPath(LaoId, row.FormId, FiscalYear).Review;

    public string? AddressOfCertificate(EvidenceRow row) =>
        !IsDocument ? CertificatePath.Of(LaoId, row.CertificateId!.Value)
        : row.CheckCode is { } code ? CheckAddress(code)
        : null;
}

namespace Thongthin.Features.Submissions;

/// <summary>
/// What a certifier signed: canonical bytes (RFC 8785) and their SHA-256. Written once; the only later change is that it
/// becomes void, by a return or an amendment.
/// </summary>
internal sealed class Certificate
{
    public required int LaoId { get; init; }

    public required Guid CertificateId { get; init; }

    public required Guid SubmissionId { get; init; }

    public required byte[] Content { get; init; }

    public required byte[] Sha256 { get; init; }

    public required DateTimeOffset CertifiedAt { get; init; }

    public required Guid CertifierId { get; init; }

    public required string CertifierName { get; init; }

    public required string CertifierPosition { get; init; }

    public DateTimeOffset? VoidedAt { get; set; }

    public string? VoidReason { get; set; }
}

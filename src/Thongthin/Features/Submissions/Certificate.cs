namespace Thongthin.Features.Submissions;

/// <summary>
/// What a certifier signed: canonical bytes (RFC 8785), their SHA-256 and the installation's signature. Written once; the only
/// later changes are that one from before certificates were signed gets its signature, and that it becomes void, by a return
/// or an amendment.
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

    /// <summary>ECDSA of the content, DER; null from before certificates were signed, until the next start.</summary>
    public byte[]? Signature { get; init; }

    public Guid? SigningKeyId { get; init; }

    /// <summary>What anybody checks it by, see <see cref="Signing.CheckCode"/>.</summary>
    public string? CheckCode { get; init; }

    public DateTimeOffset? VoidedAt { get; set; }

    public string? VoidReason { get; set; }
}

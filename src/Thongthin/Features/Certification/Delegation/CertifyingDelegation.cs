namespace Thongthin.Features.Certification.Delegation;

/// <summary>A person of an LAO who certifies for another during a period, by a written order.</summary>
/// <param name="MembershipEnds">the first day without the right: taken back, or ended by an administrator</param>
internal sealed record DelegationRow(
    Guid CertifyingDelegationId,
    Guid DelegateId,
    string DelegateName,
    string Position,
    DateOnly ValidFrom,
    DateOnly ValidUntil,
    string OrderReference,
    DateOnly OrderDate,
    Guid AttachmentId,
    string FileName,
    DateTimeOffset DelegatedAt,
    string DelegatedByName,
    DateTimeOffset? EndedAt,
    string? EndedByName,
    DateOnly MembershipEnds
)
{
    public bool IsOpenOn(DateOnly day) => day < MembershipEnds;

    public bool IsInForceOn(DateOnly day) => ValidFrom <= day && IsOpenOn(day);
}

/// <summary>Somebody who could certify for the certifier.</summary>
internal sealed record DelegateRow(Guid UserId, string DisplayName, string Position);

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Accounts;

/// <summary>
/// A place in a unit offered to somebody. The link's secret is shown once and stored only as its hash, so a leaked database
/// opens no door; it is used once, expires and can be revoked.
/// </summary>
internal sealed class Invitation
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    public Guid InvitationId { get; init; }

    public int UnitId { get; init; }

    public Guid? UnitGroupId { get; init; }

    public Role Role { get; init; }

    public required string DisplayName { get; init; }

    public string Position { get; init; } = "";

    public string? Email { get; init; }

    public required byte[] TokenHash { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public Guid? CreatedBy { get; init; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? AcceptedAt { get; set; }

    public Guid? AcceptedBy { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>The last day of the membership that it gives; null: no end.</summary>
    public DateOnly? MembershipUntil { get; init; }

    public InvitationState StateAt(DateTimeOffset now) =>
        InvitationStates.Of(AcceptedAt, RevokedAt, ExpiresAt, MembershipUntil, now);
}

internal enum InvitationState
{
    Open,
    Accepted,
    Revoked,
    Expired,
}

internal static class InvitationStates
{
    /// <summary>One whose place would have ended already is as good as expired.</summary>
    public static InvitationState Of(
        DateTimeOffset? acceptedAt,
        DateTimeOffset? revokedAt,
        DateTimeOffset expiresAt,
        DateOnly? membershipUntil,
        DateTimeOffset now
    ) =>
        acceptedAt is not null ? InvitationState.Accepted
        : revokedAt is not null ? InvitationState.Revoked
        : expiresAt <= now || membershipUntil < BangkokTime.Day(now) ? InvitationState.Expired
        : InvitationState.Open;
}

/// <summary>The secret of a link: 32 random bytes, of which the database keeps the SHA-256.</summary>
internal static class InvitationToken
{
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.ASCII.GetBytes(token));

    /// <summary>The path of the page where it is accepted.</summary>
    public static string PathOf(string token) => $"/invitation/{token}";
}

internal sealed class InvitationMapping : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder) =>
        builder.HasKey(invitation => invitation.InvitationId).HasName("pk_invitation");
}

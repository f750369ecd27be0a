using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Accounts;

/// <summary>
/// A person in a unit, in one role, from a day until a day. The end is the first day without access; an ended membership is
/// kept, because histories name it.
/// </summary>
internal sealed class Membership
{
    public Guid MembershipId { get; init; }

    public Guid UserId { get; init; }

    public int UnitId { get; init; }

    public Guid? UnitGroupId { get; init; }

    public Role Role { get; init; }

    public string Position { get; init; } = "";

    public DateOnly ValidFrom { get; init; }

    /// <summary>The first day without access; null: still open.</summary>
    public DateOnly? ValidTo { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public Guid? CreatedBy { get; init; }

    public bool IsValidOn(DateOnly day) => ValidFrom <= day && (ValidTo is null || ValidTo > day);
}

internal sealed class MembershipMapping : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> builder) =>
        builder.HasKey(membership => membership.MembershipId).HasName("pk_membership");
}

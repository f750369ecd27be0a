using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Accounts;

/// <summary>An invitation with its unit as it is called today.</summary>
internal sealed record InvitationRow(
    Guid InvitationId,
    int UnitId,
    Role Role,
    string DisplayName,
    string Position,
    string? Email,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? AcceptedAt,
    DateTimeOffset? RevokedAt,
    DateOnly? MembershipUntil,
    string Kind,
    string NameTh,
    string NameEn,
    string AbbreviationTh
)
{
    public string UnitThai => UnitLabel.Thai(Kind, NameTh, AbbreviationTh);

    public string UnitEnglish => UnitLabel.English(Kind, NameEn);

    public InvitationState StateAt(DateTimeOffset now) =>
        InvitationStates.Of(AcceptedAt, RevokedAt, ExpiresAt, MembershipUntil, now);
}

/// <summary>Reads invitations: by secret for who holds the link, as a list for administrators within their scope.</summary>
internal static class InvitationQueries
{
    /// <summary>The invitation that a link opens now, or null.</summary>
    public static async Task<InvitationRow?> OpenAsync(
        AppDb db,
        string token,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var hash = InvitationToken.Hash(token);
        var row = await Rows(db, BangkokTime.Day(now))
            .SingleOrDefaultAsync(
                row => db.Set<Invitation>().Any(one => one.InvitationId == row.InvitationId && one.TokenHash == hash),
                cancellationToken
            );
        return row?.StateAt(now) == InvitationState.Open ? row : null;
    }

    public static Task<InvitationRow?> FindAsync(
        AppDb db,
        Guid invitationId,
        DateOnly day,
        CancellationToken cancellationToken
    ) => Rows(db, day).SingleOrDefaultAsync(row => row.InvitationId == invitationId, cancellationToken);

    /// <summary>Newest first; accepted ones are people already and left out.</summary>
    public static async Task<(IReadOnlyList<InvitationRow> Rows, int Total)> ListAsync(
        AppDb db,
        DateOnly day,
        int page,
        int size,
        CancellationToken cancellationToken
    )
    {
        var rows = Rows(db, day).Where(row => row.AcceptedAt == null);
        var total = await rows.CountAsync(cancellationToken);
        var shown = await rows.OrderByDescending(row => row.CreatedAt)
            .ThenBy(row => row.InvitationId)
            .Skip((page - 1) * size)
            .Take(size)
            .ToListAsync(cancellationToken);
        return (shown, total);
    }

    private static IQueryable<InvitationRow> Rows(AppDb db, DateOnly day) =>
        db.Database.SqlQuery<InvitationRow>(
            $"""
            select i.invitation_id, i.unit_id, i.role, i.display_name, i.position, i.email,
                   i.created_at, i.expires_at, i.accepted_at, i.revoked_at, i.membership_until,
                   v.kind, v.name_th, v.name_en, v.abbreviation_th
            from invitation i
            join unit_version v on v.unit_id = i.unit_id
                and v.valid_from <= {day} and (v.valid_to is null or v.valid_to > {day})
            """
        );
}

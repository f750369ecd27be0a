using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Accounts;

/// <summary>A membership with its unit as it is called on the day asked for.</summary>
internal sealed record MembershipRow(
    Guid MembershipId,
    Guid UserId,
    int UnitId,
    Role Role,
    string Position,
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    string Kind,
    string NameTh,
    string NameEn,
    string AbbreviationTh
)
{
    public string UnitThai => UnitLabel.Thai(Kind, NameTh, AbbreviationTh);

    public string UnitEnglish => UnitLabel.English(Kind, NameEn);

    public UnitLevel Level => UnitLabel.LevelOf(Kind);
}

/// <summary>Reads memberships; which ones a context sees is the database's decision.</summary>
internal static class MembershipQueries
{
    /// <summary>The memberships of a person that are valid on a day, the widest unit first.</summary>
    public static Task<List<MembershipRow>> OfUserAsync(
        AppDb db,
        Guid userId,
        DateOnly day,
        CancellationToken cancellationToken
    ) =>
        db
            .Database.SqlQuery<MembershipRow>(
                $"""
                select m.membership_id, m.user_id, m.unit_id, m.role, m.position, m.valid_from, m.valid_to,
                       v.kind, v.name_th, v.name_en, v.abbreviation_th
                from membership m
                join unit_version v on v.unit_id = m.unit_id
                    and v.valid_from <= {day} and (v.valid_to is null or v.valid_to > {day})
                where m.user_id = {userId} and m.valid_from <= {day} and (m.valid_to is null or m.valid_to > {day})
                order by array_position(array['department', 'province', 'district'], v.kind), v.name_th collate thai, m.role
                """
            )
            .ToListAsync(cancellationToken);
}

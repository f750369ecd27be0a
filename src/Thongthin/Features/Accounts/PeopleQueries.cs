using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Accounts;

/// <summary>One membership with its person and unit, as lists of people show it.</summary>
internal sealed record PersonRow(
    Guid MembershipId,
    Guid UserId,
    string DisplayName,
    string UserName,
    string? Email,
    DateTimeOffset? LockoutEnd,
    DateTimeOffset? DisabledAt,
    int UnitId,
    Role Role,
    string Position,
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    string Kind,
    string NameTh,
    string NameEn,
    string AbbreviationTh,
    string? ProvinceTh,
    string? ProvinceEn
)
{
    public string UnitThai => UnitLabel.Thai(Kind, NameTh, AbbreviationTh);

    public string UnitEnglish => UnitLabel.English(Kind, NameEn);

    public UnitLevel Level => UnitLabel.LevelOf(Kind);

    public bool IsValidOn(DateOnly day) => ValidFrom <= day && (ValidTo is null || ValidTo > day);
}

/// <summary>Which people are asked for.</summary>
/// <param name="Text">part of a name, user name, e-mail address or unit</param>
/// <param name="UnitId">only this unit</param>
/// <param name="IncludeEnded">also memberships that are not valid today</param>
internal sealed record PeopleFilter(string? Text, Role? Role, int? UnitId, bool IncludeEnded);

/// <summary>Reads people; the database shows an actor those of the units in scope.</summary>
internal static class PeopleQueries
{
    public const string DefaultSort = "name";

    /// <param name="sort">name, unit, role or from; with a minus descending; anything else is by name</param>
    public static IQueryable<PersonRow> Find(AppDb db, PeopleFilter filter, string? sort, DateOnly day)
    {
        var rows = Rows(db, day);
        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            var part = $"%{LikePattern.Escape(filter.Text.Trim())}%";
            rows = rows.Where(row =>
                EF.Functions.ILike(row.DisplayName, part)
                || EF.Functions.ILike(row.UserName, part)
                || EF.Functions.ILike(row.Email!, part)
                || EF.Functions.ILike(row.AbbreviationTh, part)
                || EF.Functions.ILike(row.NameTh, part)
                || EF.Functions.ILike(row.NameEn, part)
            );
        }
        if (filter.Role is { } role)
        {
            rows = rows.Where(row => row.Role == role);
        }
        if (filter.UnitId is { } unit)
        {
            rows = rows.Where(row => row.UnitId == unit);
        }
        if (!filter.IncludeEnded)
        {
            rows = rows.Where(row => row.ValidFrom <= day && (row.ValidTo == null || row.ValidTo > day));
        }
        return Sorted(rows, sort ?? DefaultSort);
    }

    public static Task<List<PersonRow>> OfPersonAsync(
        AppDb db,
        Guid userId,
        DateOnly day,
        CancellationToken cancellationToken
    ) =>
        Rows(db, day)
            .Where(row => row.UserId == userId)
            .OrderByDescending(row => row.ValidFrom)
            .ThenBy(row => row.MembershipId)
            .ToListAsync(cancellationToken);

    public static Task<PersonRow?> OfMembershipAsync(
        AppDb db,
        Guid membershipId,
        DateOnly day,
        CancellationToken cancellationToken
    ) => Rows(db, day).SingleOrDefaultAsync(row => row.MembershipId == membershipId, cancellationToken);

    private static IQueryable<PersonRow> Sorted(IQueryable<PersonRow> rows, string sort)
    {
        var descending = sort.StartsWith('-');
        var sorted = sort.TrimStart('-') switch
        {
            "unit" => By(row => EF.Functions.Collate(row.NameTh, "thai")),
            "role" => By(row => row.Role),
            "from" => By(row => row.ValidFrom),
            _ => By(row => EF.Functions.Collate(row.DisplayName, "thai")),
        };
        return sorted.ThenBy(row => row.MembershipId);

        IOrderedQueryable<PersonRow> By<TKey>(Expression<Func<PersonRow, TKey>> key) =>
            descending ? rows.OrderByDescending(key) : rows.OrderBy(key);
    }

    private static IQueryable<PersonRow> Rows(AppDb db, DateOnly day) =>
        db.Database.SqlQuery<PersonRow>(
            $"""
            select m.membership_id, m.user_id, p.display_name, p.user_name, p.email, p.lockout_end, p.disabled_at,
                   m.unit_id, m.role, m.position, m.valid_from, m.valid_to,
                   v.kind, v.name_th, v.name_en, v.abbreviation_th, w.name_th as province_th, w.name_en as province_en
            from membership m
            join person p on p.user_id = m.user_id
            join unit_version v on v.unit_id = m.unit_id
                and v.valid_from <= {day} and (v.valid_to is null or v.valid_to > {day})
            left join unit_version w on w.unit_id = v.province_id
                and w.valid_from <= {day} and (w.valid_to is null or w.valid_to > {day})
            where actor_everywhere() or m.unit_id = any (actor_scope())
            """
        );
}

using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Accounts;

/// <summary>A unit that an administrator may choose.</summary>
internal sealed record UnitChoice(
    int UnitId,
    string Kind,
    string NameTh,
    string NameEn,
    string AbbreviationTh,
    string? Code,
    string? DistrictTh,
    string? ProvinceTh
)
{
    public UnitLevel Level => UnitLabel.LevelOf(Kind);

    public string Thai => UnitLabel.Thai(Kind, NameTh, AbbreviationTh);

    public string English => UnitLabel.English(Kind, NameEn);

    /// <summary>อบต.แสนตอ (อ.น้ำปาด จ.อุตรดิตถ์): names are not unique, places are.</summary>
    public string WithPlace =>
        (DistrictTh, ProvinceTh) switch
        {
            ({ } district, { } province) => $"{Thai} (อ.{district} จ.{province})",
            (null, { } province) => $"{Thai} (จ.{province})",
            _ => Thai,
        };
}

/// <summary>Units for the pages of accounts: those of the actor's scope, found by what people call them.</summary>
internal static class UnitQueries
{
    /// <summary>
    /// The units in scope that a text names: a code of 7 or 8 digits, an abbreviation (อบต.แสนตอ), or a name. At most
    /// <paramref name="limit"/>, exact matches first.
    /// </summary>
    public static Task<List<UnitChoice>> FindAsync(
        AppDb db,
        string text,
        DateOnly day,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var typed = text.Trim();
        var code = typed.Length == 7 && typed.All(char.IsAsciiDigit) ? "0" + typed : typed;
        var anywhere = $"%{LikePattern.Escape(typed)}%";
        return db
            .Database.SqlQuery<UnitChoice>(
                $"""
                select v.unit_id, v.kind, v.name_th, v.name_en, v.abbreviation_th, v.code,
                       d.name_th as district_th, p.name_th as province_th
                from unit_version v
                left join unit_version d on d.unit_id = v.district_id
                    and d.valid_from <= {day} and (d.valid_to is null or d.valid_to > {day})
                left join unit_version p on p.unit_id = v.province_id
                    and p.valid_from <= {day} and (p.valid_to is null or p.valid_to > {day})
                where v.valid_from <= {day} and (v.valid_to is null or v.valid_to > {day})
                  and (actor_everywhere() or v.unit_id = any (actor_scope()))
                  and (v.code = {code} or v.name_th ilike {anywhere} or v.abbreviation_th ilike {anywhere}
                       or v.name_en ilike {anywhere}
                       or {typed} in ('สถจ.' || v.name_th, 'สถ.อำเภอ' || v.name_th))
                order by v.code is not distinct from {code} desc, v.abbreviation_th = {typed} desc, v.name_th = {typed} desc,
                         v.name_th collate thai, p.name_th collate thai, d.name_th collate thai, v.kind
                limit {limit}
                """
            )
            .ToListAsync(cancellationToken);
    }

    /// <summary>Every unit in scope, for matching a whole file.</summary>
    public static Task<List<UnitChoice>> AllInScopeAsync(AppDb db, DateOnly day, CancellationToken cancellationToken) =>
        InScope(db, day).ToListAsync(cancellationToken);

    /// <summary>A unit in scope, or null.</summary>
    public static Task<UnitChoice?> InScopeAsync(
        AppDb db,
        int unitId,
        DateOnly day,
        CancellationToken cancellationToken
    ) => InScope(db, day).SingleOrDefaultAsync(unit => unit.UnitId == unitId, cancellationToken);

    /// <summary>The kind of each unit on a day.</summary>
    public static async Task<Dictionary<int, string>> KindsAsync(
        AppDb db,
        int[] unitIds,
        DateOnly day,
        CancellationToken cancellationToken
    )
    {
        var rows = await db
            .Database.SqlQuery<UnitKindRow>(
                $"""
                select unit_id, kind from unit_version
                where unit_id = any ({unitIds}) and valid_from <= {day} and (valid_to is null or valid_to > {day})
                """
            )
            .ToListAsync(cancellationToken);
        return rows.ToDictionary(row => row.UnitId, row => row.Kind);
    }

    private static IQueryable<UnitChoice> InScope(AppDb db, DateOnly day) =>
        db.Database.SqlQuery<UnitChoice>(
            $"""
            select v.unit_id, v.kind, v.name_th, v.name_en, v.abbreviation_th, v.code,
                   d.name_th as district_th, p.name_th as province_th
            from unit_version v
            left join unit_version d on d.unit_id = v.district_id
                and d.valid_from <= {day} and (d.valid_to is null or d.valid_to > {day})
            left join unit_version p on p.unit_id = v.province_id
                and p.valid_from <= {day} and (p.valid_to is null or p.valid_to > {day})
            where v.valid_from <= {day} and (v.valid_to is null or v.valid_to > {day})
              and (actor_everywhere() or v.unit_id = any (actor_scope()))
            """
        );

    private sealed record UnitKindRow(int UnitId, string Kind);
}

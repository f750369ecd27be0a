using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Rounds;

/// <summary>A group of the Department, which may own a round.</summary>
internal sealed record RoundGroup(
    Guid UnitGroupId,
    string Code,
    string NameTh,
    string NameEn,
    string Telephone,
    string Email
);

/// <summary>A province to choose.</summary>
internal sealed record RoundPlace(int UnitId, string NameTh, string NameEn);

/// <summary>What a round's audience is chosen from, as the directory is today.</summary>
internal sealed class RoundPlaces(AppDb db)
{
    private DateOnly Today => BangkokTime.Day(db.Actor.At);

    /// <summary>By Thai collation.</summary>
    public async Task<IReadOnlyList<RoundPlace>> ListProvincesAsync(CancellationToken cancellationToken)
    {
        var provinces = await db
            .Database.SqlQuery<RoundPlace>(
                $"""
                select unit_id, name_th, name_en from unit_version
                where kind = 'province' and valid_from <= {Today} and (valid_to is null or valid_to > {Today})
                """
            )
            .ToListAsync(cancellationToken);
        return [.. provinces.OrderBy(p => p.NameTh, ThaiCollation.Comparer)];
    }

    /// <summary>Groups of the Department that are active, and the one that is chosen already.</summary>
    public async Task<IReadOnlyList<RoundGroup>> ListGroupsAsync(Guid? chosen, CancellationToken cancellationToken) =>
        await db
            .Database.SqlQuery<RoundGroup>(
                $"""
                select g.unit_group_id, g.code, g.name_th, g.name_en, g.telephone, g.email
                from unit_group g join unit_version v using (unit_id)
                where v.kind = 'department' and v.valid_from <= {Today} and (v.valid_to is null or v.valid_to > {Today})
                  and (g.active or g.unit_group_id = {chosen}::uuid)
                order by g.code collate thai, g.name_th collate thai
                """
            )
            .ToListAsync(cancellationToken);

    /// <summary>Each code with the LAO that has it today; null when none has.</summary>
    public async Task<IReadOnlyDictionary<string, int?>> FindByCodesAsync(
        IEnumerable<string> codes,
        CancellationToken cancellationToken
    )
    {
        string[] wanted = [.. codes.Distinct(StringComparer.Ordinal)];
        var found = await db
            .Database.SqlQuery<Coded>(
                $"""
                select code, unit_id from unit_version
                where code = any ({wanted}) and kind not in ('department', 'province', 'district')
                  and valid_from <= {Today} and (valid_to is null or valid_to > {Today})
                """
            )
            .ToListAsync(cancellationToken);
        return wanted.ToDictionary(code => code, code => found.FirstOrDefault(f => f.Code == code)?.UnitId);
    }

    private sealed record Coded(string Code, int UnitId);
}

using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Rounds;

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

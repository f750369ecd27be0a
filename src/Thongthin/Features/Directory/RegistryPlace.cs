using System.Globalization;

namespace Thongthin.Features.Directory;

/// <summary>Area and coordinates of a line of the registry, where they can be believed; each null otherwise.</summary>
/// <param name="AreaKm2">square kilometres</param>
/// <param name="Latitude">WGS 84, with <paramref name="Longitude"/> or not at all</param>
internal readonly record struct RegistryPlace(decimal? AreaKm2, decimal? Latitude, decimal? Longitude);

/// <summary>
/// Reads area and coordinates. The registry's areas are in mixed units, square kilometres for the most part, but also rai,
/// square metres and slips, and no line says which: a number is taken as square kilometres where an LAO of that kind can
/// have so many, and left out where it cannot. Nothing is converted, since a guessed unit would be a made-up fact.
/// Coordinates outside the country are left out. Neither stops an import.
/// </summary>
internal static class RegistryPlaces
{
    /// <summary>The smallest province has 417 km², the largest 20,494; an อบจ. has its province's area.</summary>
    private static readonly (decimal Least, decimal Most) OfProvince = (400, 21_000);

    /// <summary>No sub-district and no municipality is larger than its district; few districts are.</summary>
    private static readonly (decimal Least, decimal Most) OfOthers = (0.1m, 3_000);

    /// <summary>Null where nothing is written or where it cannot be a number of square kilometres.</summary>
    public static decimal? Area(UnitKind kind, string written)
    {
        var (least, most) = kind == UnitKind.Pao ? OfProvince : OfOthers;
        return Number(written) is { } area && area >= least && area <= most ? area : null;
    }

    /// <summary>Both or neither.</summary>
    public static (decimal? Latitude, decimal? Longitude) Coordinates(string latitude, string longitude) =>
        Number(latitude) is { } north and >= 5.5m and <= 20.6m
        && Number(longitude) is { } east and >= 97.2m and <= 105.8m
            ? (north, east)
            : (null, null);

    private static decimal? Number(string written) =>
        decimal.TryParse(
            written,
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;
}

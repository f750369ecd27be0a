using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;

namespace Thongthin.Features.Progress;

/// <summary>A shape of the map and the province whose it is.</summary>
/// <param name="ShapeId">the shape's id in the file of the map</param>
/// <param name="Row">null: takes no part in the table</param>
internal sealed record ProvinceShape(string ShapeId, string NameTh, string NameEn, ProvinceRow? Row)
{
    /// <summary>The file is served as it is; a shape is drawn by its id in it.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"/lib/thailand/thailand.svg#{ShapeId}");
}

/// <summary>Which shape of <c>@svg-maps/thailand</c> is which province: by its code in <c>data/provinces.csv</c>.</summary>
internal static class ProvinceShapes
{
    private static readonly Lazy<IReadOnlyList<FactRow>> Provinces = new(() => Facts.Read("provinces.csv"));

    /// <summary>All shapes, with the rows of a national table where they have one.</summary>
    /// <param name="codes">unit id of a province by its two-digit code</param>
    public static IReadOnlyList<ProvinceShape> Of(
        IReadOnlyList<ProvinceRow> rows,
        IReadOnlyDictionary<string, int> codes
    )
    {
        var byUnit = rows.ToDictionary(r => r.ProvinceId);
        return
        [
            .. Provinces.Value.Select(p => new ProvinceShape(
                p["svg_maps_id"],
                p["name_th"],
                p["name_en"],
                codes.TryGetValue(p["tis_code"], out var unit) ? byUnit.GetValueOrDefault(unit) : null
            )),
        ];
    }
}

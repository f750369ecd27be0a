using System.Text.Json.Nodes;

namespace Thongthin.Features.Demonstration;

/// <summary>Invents the infrastructure sheet of an LAO: sizes by kind, a slow growth over the years.</summary>
internal static class DemonstrationInfrastructure
{
    public static JsonObject Of(DemonstrationLao lao, int fiscalYear)
    {
        var size = lao.Kind switch
        {
            "pao" => 12.0,
            "city_municipality" => 6.0,
            "town_municipality" => 3.0,
            "subdistrict_municipality" => 1.2,
            _ => 1.0,
        };
        var growth = Math.Pow(1.012, fiscalYear - 2564);
        double Some(string what, double middle) =>
            middle * size * growth * (0.5 + Chance.Of("infrastructure", lao.Code, what));
        double Km(string what, double middle) => Math.Round(Some(what, middle), 2);
        int Count(string what, double middle) => (int)Some(what, middle);

        var lights = Count("lights", 420);
        var cameras = Count("cctv", 18);
        var risks = Count("risks", 6);
        return new JsonObject
        {
            ["roads_concrete_km"] = Km("concrete", 38),
            ["roads_asphalt_km"] = Km("asphalt", 14),
            ["roads_laterite_km"] = Km("laterite", 22),
            ["roads_earth_km"] = Km("earth", 9),
            ["roads_count"] = 1 + Count("roads", 55),
            ["roads_repaired_km"] = Km("repaired", 3),
            ["bridges"] = Count("bridges", 7),
            ["drainage_km"] = Km("drainage", 6),
            ["lights_total"] = lights,
            ["lights_working"] = (int)(lights * (0.8 + 0.2 * Chance.Of("working", lao.Code))),
            ["households_electricity"] = Count("households", 1900),
            ["risk_points"] = risks,
            ["risk_points_lit"] = (int)(risks * Chance.Of("lit", lao.Code)),
            ["cctv_total"] = cameras,
            ["cctv_working"] = (int)(cameras * (0.7 + 0.3 * Chance.Of("cctv working", lao.Code))),
            ["building_permits"] = Count("permits", 24),
        };
    }
}

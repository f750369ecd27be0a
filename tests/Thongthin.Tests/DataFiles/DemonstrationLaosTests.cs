using Thongthin.Data;
using Thongthin.Platform.Thai;

namespace Thongthin.Tests.DataFiles;

public sealed class DemonstrationLaosTests
{
    private static readonly string[] Kinds =
    [
        "pao",
        "city_municipality",
        "town_municipality",
        "subdistrict_municipality",
        "sao",
    ];

    private static readonly IReadOnlyList<FactRow> Laos = Facts.Read("demonstration-laos.csv");
    private static readonly IReadOnlyList<FactRow> Districts = Facts.Read("districts.csv");
    private static readonly IReadOnlyList<FactRow> Provinces = Facts.Read("provinces.csv");

    [Fact]
    public void Provinces_HaveAsManyLaosAsThePrintedTable()
    {
        var names = Provinces.ToDictionary(p => p["tis_code"], p => p["name_th"]);
        var counts = Laos.CountBy(l => names[l["province_code"]]).ToDictionary();
        var printed = Facts.Read("progress-2563-06-11-national.csv");
        printed.Count.ShouldBe(76);
        counts.Count.ShouldBe(76);
        foreach (var row in printed)
        {
            counts[row["province_th"]].ShouldBe(row.Number("lao_count"), row["province_th"]);
        }
        printed.Sum(r => r.Number("recorded")).ShouldBe(292);
        Laos.Count.ShouldBe(7850);
    }

    [Fact]
    public void Kinds_AreTheCountrysAndEachProvinces()
    {
        Kinds.Select(k => Laos.Count(l => l["kind"] == k)).ShouldBe([76, 30, 195, 2247, 5302]);
        foreach (var province in Provinces.Where(p => p["tis_code"] != "10"))
        {
            foreach (var kind in Kinds)
            {
                var more = province["name_th"] == "บึงกาฬ" && kind == "sao" ? 2 : 0;
                Laos.Count(l => l["province_code"] == province["tis_code"] && l["kind"] == kind)
                    .ShouldBe(province.Number(kind) + more, $"{province["name_th"]} {kind}");
            }
        }
    }

    [Fact]
    public void Names_AreUniqueInProvinceDistrictAndKind() =>
        Laos.CountBy(l => (l["province_code"], l["district_code"], l["kind"], l["name_th"]))
            .Where(c => c.Value > 1)
            .ShouldBeEmpty();

    [Fact]
    public void Codes_AreUniqueAndTellKindAndDistrict()
    {
        Laos.Select(l => l["code"]).Distinct(StringComparer.Ordinal).Count().ShouldBe(7850);
        foreach (var lao in Laos)
        {
            lao["code"].Length.ShouldBe(8);
            lao["code"][..2].ShouldBe("0" + (Array.IndexOf(Kinds, lao["kind"]) + 2), lao["code"]);
            lao["code"][2..6].ShouldBe(lao["district_code"], lao["code"]);
        }
    }

    [Fact]
    public void Districts_AreOfTheProvince_AndAllButOneHaveSmallLaos()
    {
        var provinceOf = Districts.ToDictionary(d => d["tis_code"], d => d["province_code"]);
        Laos.ShouldAllBe(l => provinceOf[l["district_code"]] == l["province_code"]);
        var covered = Laos.Where(l => l["supervising"] == "district").Select(l => l["district_code"]).ToHashSet();
        Districts
            .Where(d => d["bangkok"] == "false" && !covered.Contains(d["tis_code"]))
            .Select(d => d["name_th"])
            .ShouldBe(["เกาะสมุย"]);
    }

    [Fact]
    public void Supervising_IsTheDistrictForSmallLaosOnly() =>
        Laos.ShouldAllBe(l =>
            l["supervising"]
            == (l["kind"] == "sao" || l["kind"] == "subdistrict_municipality" ? "district" : "province")
        );

    [Fact]
    public void Uttaradit_IsThePrintedTableInItsOrder()
    {
        var districts = Districts.ToDictionary(d => d["tis_code"], d => d["name_th"]);
        var ours = Laos.Where(l => l["province_code"] == "53")
            .OrderBy(l => l.Number("report_order"))
            .Select(l => (districts[l["district_code"]], l["kind"], l["name_th"]));
        var printed = Facts
            .Read("progress-2563-06-11-uttaradit.csv")
            .OrderBy(r => r.Number("no"))
            .Select(r => (r["district_th"], r["lao_kind"], r["lao_name_th"]))
            .ToList();
        printed.Count.ShouldBe(80);
        ours.ShouldBe(printed);
        printed.Count(p => p.Item3 == "แสนตอ" && p.Item2 == "sao").ShouldBe(2);
        Laos.Where(l => l["province_code"] == "53").ShouldAllBe(l => l["name_en"] != "");
    }

    [Fact]
    public void ReportOrder_IsDistrictThenKindThenCode()
    {
        var districtOrder = Districts.ToDictionary(d => d["tis_code"], d => d.Number("report_order"));
        foreach (var province in Laos.GroupBy(l => l["province_code"]))
        {
            var byRule = province
                .OrderBy(l => districtOrder[l["district_code"]])
                .ThenBy(l => Array.IndexOf(Kinds, l["kind"]))
                .ThenBy(l => l["code"], StringComparer.Ordinal)
                .Select(l => l.Number("report_order"));
            byRule.ShouldBe(Enumerable.Range(1, province.Count()), province.Key);
        }
    }

    [Fact]
    public void DistrictsReportOrder_IsHeadFirstThenThaiOrder_ExceptWhereItIsPrinted()
    {
        var head = Provinces.ToDictionary(p => p["tis_code"], p => p["name_th"]);
        foreach (var province in Districts.Where(d => d["province_code"] != "53").GroupBy(d => d["province_code"]))
        {
            var name = head[province.Key];
            province
                .OrderBy(d => d["name_th"] == "เมือง" + name || d["name_th"] == name ? 0 : 1)
                .ThenBy(d => d["name_th"], ThaiCollation.Comparer)
                .Select(d => d.Number("report_order"))
                .ShouldBe(Enumerable.Range(1, province.Count()), name);
        }
    }
}

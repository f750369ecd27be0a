using System.Globalization;
using Thongthin.Data;

namespace Thongthin.Tests.DataFiles;

public sealed class FactsTests
{
    [Fact]
    public void Provinces_AreInTheOrderOfThePrintedTable()
    {
        var printed = Facts.Read("progress-2563-06-11-national.csv").Select(r => r["province_th"]);
        Facts
            .Read("provinces.csv")
            .Where(p => p["tis_code"] != "10")
            .OrderBy(p => p.Number("report_order"))
            .Select(p => p["name_th"])
            .ShouldBe(printed);
    }

    [Fact]
    public void Provinces_CountTheirDistricts()
    {
        var counts = Facts.Read("districts.csv").CountBy(d => d["province_code"]).ToDictionary();
        Facts.Read("provinces.csv").ShouldAllBe(p => counts[p["tis_code"]] == p.Number("districts"));
        counts.Values.Sum().ShouldBe(928);
        Facts.Read("districts.csv").Count(d => d["bangkok"] == "true").ShouldBe(50);
    }

    [Fact]
    public void Districts_HaveTheirProvincesCodeAndANameInBothLanguages()
    {
        var districts = Facts.Read("districts.csv");
        districts.ShouldAllBe(d => d["tis_code"].StartsWith(d["province_code"], StringComparison.Ordinal));
        districts.Where(d => d["bangkok"] == "false").ShouldAllBe(d => d["name_th"] != "" && d["name_en"] != "");
        districts.CountBy(d => (d["province_code"], d["name_th"])).ShouldAllBe(c => c.Value == 1);
    }

    [Fact]
    public void NationalTable_IsConsistent()
    {
        foreach (var row in Facts.Read("progress-2563-06-11-national.csv"))
        {
            (row.Number("recorded") + row.Number("not_recorded")).ShouldBe(row.Number("lao_count"), row["province_th"]);
        }
    }

    [Fact]
    public void PublicHolidays_AreWorkingDaysInOrderOrNamedAsWeekend()
    {
        var days = Facts
            .Read("public-holidays.csv")
            .Select(h => (Day: DateOnly.ParseExact(h["date"], "yyyy-MM-dd", CultureInfo.InvariantCulture), Row: h))
            .ToList();
        days.Select(d => d.Day).ShouldBe(days.Select(d => d.Day).Distinct().Order());
        days.Select(d => d.Day.Year).Distinct().ShouldBe(Enumerable.Range(2020, 8));
        days.Where(d => d.Row["kind"] == "substitution")
            .ShouldAllBe(d => d.Day.DayOfWeek != DayOfWeek.Saturday && d.Day.DayOfWeek != DayOfWeek.Sunday);
        // what depends on the moon or on a decision still to come is never called certain
        days.Where(d => d.Day.Year >= 2026 && d.Row["kind"] != "fixed").ShouldAllBe(d => d.Row["certain"] == "false");
    }

    [Fact]
    public void Open_OfAFileThatIsNotShipped_SaysWhich() =>
        Should.Throw<FileNotFoundException>(() => Facts.Open("lao-registry.csv")).FileName.ShouldBe("lao-registry.csv");
}

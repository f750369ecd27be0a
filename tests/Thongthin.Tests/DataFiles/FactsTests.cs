using System.Globalization;
using Thongthin.Data;
using Thongthin.Features.Demonstration;
using Thongthin.Features.Forms;
using Thongthin.Forms.XlsForm;

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
    public void Countries_AreThoseOfTheAgreements()
    {
        var form = XlsFormReader.Read(DemonstrationData.Text("forms/international-agreements.md"), "a.md").Definition!;
        Facts
            .Read("countries.csv")
            .Select(c => (c["code"], c["name_th"], c["name_en"]))
            .ShouldBe(form.ChoiceLists["country"].Choices.Select(c => (c.Name, c.Label.In("th"), c.Label.In("en"))));
    }

    [Fact]
    public void OwnLists_AreWhole()
    {
        OwnLists.Find("provinces.csv")!.Choices.Count.ShouldBe(76);
        var districts = OwnLists.Find("districts.csv")!.Choices;
        districts.Count.ShouldBe(878);
        districts.ShouldAllBe(d => OwnLists.Find("provinces.csv")!.Find(d.Columns["province"]) != null);
        OwnLists.Find("countries.csv")!.Choices.Count.ShouldBe(248);
        OwnLists.Find("nothing.csv").ShouldBeNull();
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

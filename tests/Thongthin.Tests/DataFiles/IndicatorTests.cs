using Thongthin.Features.Demonstration;
using Thongthin.Forms.Schema;
using Thongthin.Forms.XlsForm;

namespace Thongthin.Tests.DataFiles;

/// <summary>Every indicator of the eight sectors is asked by a shipped form, with its unit and its bound.</summary>
public sealed class IndicatorTests
{
    private sealed record Row(
        string Code,
        int Sector,
        string Form,
        string Question,
        string UnitTh,
        string UnitEn,
        string Bound
    );

    private static readonly IReadOnlyList<Row> Rows = DemonstrationData.Rows(
        "data/indicators.csv",
        r => new Row(
            r("code"),
            int.Parse(r("sector"), System.Globalization.CultureInfo.InvariantCulture),
            r("form"),
            r("question"),
            r("unit_th"),
            r("unit_en"),
            r("yoy_bound")
        )
    );

    private static readonly Dictionary<string, FormDefinition> Forms = Rows.Select(r => r.Form)
        .Distinct()
        .ToDictionary(
            f => f,
            f => XlsFormReader.Read(DemonstrationData.Text($"forms/{f}.md"), $"{f}.md").Definition.ShouldNotBeNull()
        );

    /// <summary>null when the form asks what the row says.</summary>
    private static string? Problem(Row row)
    {
        var form = Forms[row.Form];
        if (form.Sector != row.Sector || row.Code[0] - '0' != row.Sector)
        {
            return $"{row.Code}: {row.Form} is of sector {form.Sector}";
        }
        if (row.Question.Length == 0)
        {
            return form.Shape == FormShape.Annual ? $"{row.Code}: {row.Form} is no register" : null;
        }
        if (form.FindQuestion(row.Question) is not { } question)
        {
            return $"{row.Code}: {row.Form} does not ask {row.Question}";
        }
        var bound = row.Bound.Length == 0 ? null : YearBound.Parse(row.Bound);
        return (question.Unit.Th ?? "", question.Unit.En ?? "", question.YearBound) == (row.UnitTh, row.UnitEn, bound)
            ? null
            : $"{row.Code}: {row.Question} has {question.Unit.Th} {question.Unit.En} {question.YearBound}";
    }

    [Fact]
    public void Indicators_AreAskedWithTheirUnitAndBound() =>
        string.Join('\n', Rows.Select(Problem).Where(p => p is not null)).ShouldBeEmpty();

    [Fact]
    public void Indicators_AreTheEightyThreeOfEightSectors()
    {
        Rows.Select(r => r.Code).Distinct().Count().ShouldBe(83);
        Rows.GroupBy(r => r.Sector)
            .OrderBy(g => g.Key)
            .Select(g => g.Select(r => r.Code).Distinct().Count())
            .ShouldBe([12, 11, 10, 10, 9, 11, 10, 10]);
    }

    [Theory]
    [InlineData("bridges", "แห่ง", "bridges", "±11%")]
    [InlineData("bridges", "ตัว", "bridges", "±10%")]
    [InlineData("bridge", "แห่ง", "bridges", "±10%")]
    public void Problem_OfAnotherUnitBoundOrName_IsSaid(string question, string th, string en, string bound) =>
        Problem(new Row("4.03", 4, "infrastructure", question, th, en, bound)).ShouldNotBeNull();

    [Fact]
    public void MissionCatalogue_HasFortyItemsInSixAreas()
    {
        var items = DemonstrationData.Rows(
            "data/mission-catalogue.csv",
            r =>
                (
                    Code: r("code"),
                    Area: r("area"),
                    Kinds: r("kinds").Split(' '),
                    Texts: (string[])
                        [r("name_th"), r("name_en"), r("department_th"), r("legal_basis"), r("unit_th"), r("unit_en")]
                )
        );
        items.Count.ShouldBe(40);
        items.Select(i => i.Code).Distinct().Count().ShouldBe(40);
        items.Select(i => i.Area).Distinct().Order().ShouldBe(["1", "2", "3", "4", "5", "6"]);
        items.ShouldAllBe(i => i.Code.StartsWith(i.Area + "-") && i.Texts.All(t => t.Length > 0));
        items
            .SelectMany(i => i.Kinds)
            .Distinct()
            .Order()
            .ShouldBe(["city_municipality", "pao", "sao", "subdistrict_municipality", "town_municipality"]);
    }
}

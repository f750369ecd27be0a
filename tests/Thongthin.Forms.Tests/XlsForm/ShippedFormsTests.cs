using System.Text.Json.Nodes;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Validation;
using Thongthin.Forms.XlsForm;

namespace Thongthin.Forms.Tests.XlsForm;

/// <summary>The forms that the project ships: publishable without a finding, and usable as they are meant.</summary>
public sealed class ShippedFormsTests
{
    public static TheoryData<string> Files() =>
        [.. Directory.GetFiles(Repository.Path("forms"), "*.md").Select(f => Path.GetFileName(f))];

    private static FormReading Read(string file)
    {
        using var stream = File.OpenRead(Repository.Path("forms", file));
        return XlsFormReader.Read(stream, file);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_OfEveryShippedForm_FindsNothing(string file) =>
        string.Join("\n", Read(file).Findings).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Files))]
    public void ToJson_ReadBack_IsTheSameForm(string file)
    {
        var definition = Read(file).Definition.ShouldNotBeNull();
        var json = definition.ToJson().ToJsonString();
        FormDefinition.FromJson(JsonNode.Parse(json)!).ToJson().ToJsonString().ShouldBe(json);
    }

    private const string RowOne = "01920000-0000-7000-8000-000000000001";

    private const string Agreement = $$"""
        {"nature":"new","title_th":"บันทึกความเข้าใจกับเมืองสมมุติ",
         "partner":[{"_id":"{{RowOne}}","partner_name_en":"Kawano City","partner_type":"city","partner_country":"JP"}],
         "party_form":"bilateral","instrument_type":"mou","binding":"not_binding","fields":["culture"],
         "summary":"แลกเปลี่ยนเยาวชนและวัฒนธรรมปีละหนึ่งครั้ง","status":"in_force","signed_on":"2026-01-15","term":"open",
         "contact_position":"ปลัดเทศบาล"}
        """;

    private const string Infrastructure = """
        {"roads_concrete_km":12.1,"roads_asphalt_km":3.2,"roads_laterite_km":0,"roads_earth_km":1.5,"roads_count":20,
         "roads_repaired_km":2,"bridges":3,"drainage_km":4,"lights_total":100,"lights_working":90,"households_electricity":900,
         "risk_points":4,"risk_points_lit":4,"cctv_total":8,"cctv_working":8,"building_permits":0}
        """;

    private static FormEvaluation Evaluate(string file, string answers) =>
        FormEvaluation.Evaluate(
            Read(file).Definition!,
            AnswerSheet.Parse(answers),
            new EvaluationContext(new DateOnly(2026, 6, 11), 2569)
        );

    private static FormEvaluation EvaluateAgreement(params (string Path, string Typed)[] changes)
    {
        var definition = Read("international-agreements.md").Definition!;
        var applied = AnswerSheet.Parse(Agreement).Apply(definition, changes.ToDictionary(c => c.Path, c => c.Typed));
        applied.Ignored.ShouldBeEmpty();
        return FormEvaluation.Evaluate(
            definition,
            applied.Sheet,
            new EvaluationContext(new DateOnly(2026, 6, 11), 2569)
        );
    }

    [Fact]
    public void Agreement_WithItsRequiredFields_IsComplete()
    {
        var evaluation = Evaluate("international-agreements.md", Agreement);
        evaluation.Issues.ShouldBeEmpty();
        evaluation.Completeness.Required.ShouldBeInRange(12, 16);
        evaluation.RecordLabel.ShouldBe("บันทึกความเข้าใจกับเมืองสมมุติ");
    }

    [Fact]
    public void Agreement_ThatIsEmpty_SaysWhatIsMissing()
    {
        var evaluation = Evaluate("international-agreements.md", "{}");
        evaluation.Issues.Select(i => i.Path.ToString()).ShouldContain("title_th");
        evaluation.Issues.ShouldContain(i => i.Code == IssueCodes.NoRows && i.Path.ToString() == "partner");
        evaluation.Issues.ShouldAllBe(i => i.Severity == Severity.Block);
    }

    [Theory]
    [InlineData("title_th", "สั้น", "constraint")]
    [InlineData("summary", "สั้นไป", "constraint")]
    [InlineData("binding", "binding", "required")]
    [InlineData("fields", "culture other", "required")]
    [InlineData("instrument_type", "other", "required")]
    [InlineData("signed_on", "12/6/2569", "constraint")]
    [InlineData("signed_on", "", "required")]
    [InlineData("signed_on", "1/1/2480", "plausible")]
    [InlineData("effective_on", "14/1/2569", "required")]
    [InlineData("term", "fixed", "required")]
    [InlineData("status", "cancelled", "required required")]
    [InlineData("budget_own", "50,000,001", "plausible")]
    [InlineData("budget_own", "-1", "constraint")]
    [InlineData("contact_telephone", "12345", "constraint")]
    [InlineData("contact_email", "ไม่มี", "constraint")]
    [InlineData($"partner[{RowOne}].partner_country", "", "required")]
    [InlineData($"partner[{RowOne}].partner_country", "TH", "not_a_choice")]
    [InlineData($"partner[{RowOne}].partner_type", "international_organisation", "")]
    [InlineData("contact_telephone", "0 5541 1111 ต่อ 12", "")]
    [InlineData("contact_telephone", "๐๕๕๔๑๑๑๑๑", "")]
    [InlineData("contact_telephone", "081-234-5678", "")]
    [InlineData("effective_on", "15/1/2569", "")]
    [InlineData("status", "preparing", "")]
    [InlineData("status", "rejected", "")]
    public void Agreement_WithOneChange_HasTheseIssues(string path, string typed, string codes) =>
        string.Join(' ', EvaluateAgreement((path, typed)).Issues.Select(i => i.Code)).ShouldBe(codes);

    [Theory]
    [InlineData("15/1/2569", "constraint")]
    [InlineData("16/1/2569", "")]
    [InlineData("14/1/2668", "")]
    [InlineData("17/1/2668", "constraint")]
    public void Agreement_EndsWithinNinetyNineYearsAfterItsStart(string endsOn, string codes) =>
        string.Join(' ', EvaluateAgreement(("term", "fixed"), ("ends_on", endsOn)).Issues.Select(i => i.Code))
            .ShouldBe(codes);

    [Fact]
    public void Agreement_CarriedIntoTheNextYear_LeavesItsActivitiesAndMoney()
    {
        var definition = Read("international-agreements.md").Definition!;
        var answers = AnswerSheet.Parse(
            $$"""{"title_th":"ก","budget_own":5,"outcome":"partly","activity":[{"_id":"{{RowOne}}","activity_name":"x"}]}"""
        );
        answers.CarryForward(definition).ToJsonString().ShouldBe("""{"title_th":"ก"}""");
    }

    [Fact]
    public void Infrastructure_WithItsRequiredFields_IsComplete()
    {
        var evaluation = Evaluate("infrastructure.md", Infrastructure);
        evaluation.Issues.ShouldBeEmpty();
        evaluation.Field("roads_total_km")!.Value.ToNumber().ShouldBe(16.8);
        evaluation.Field("roads_paved_km")!.Value.ToNumber().ShouldBe(15.3);
    }

    [Theory]
    [InlineData("lights_working", "101", "constraint")]
    [InlineData("lights_working", "๑๐๐", "")]
    [InlineData("bridges", "สิบสอง", "not_a_number")]
    [InlineData("bridges", "2.5", "not_whole")]
    [InlineData("bridges", "", "required")]
    [InlineData("roads_repaired_km", "16.9", "constraint")]
    [InlineData("roads_repaired_km", "16.8", "")]
    [InlineData("roads_concrete_km", "12100", "plausible")]
    [InlineData("roads_count", "0", "constraint plausible")]
    [InlineData("households_electricity", "70000000", "plausible")]
    public void Infrastructure_WithOneChange_HasTheseIssues(string path, string typed, string codes)
    {
        var definition = Read("infrastructure.md").Definition!;
        var sheet = AnswerSheet
            .Parse(Infrastructure)
            .Apply(definition, new Dictionary<string, string> { [path] = typed })
            .Sheet;
        var issues = Evaluate("infrastructure.md", sheet.ToJsonString()).Issues;
        string.Join(' ', issues.Select(i => i.Code)).ShouldBe(codes);
    }

    [Fact]
    public void Countries_AreTheOnesOfTheStandardWithoutThailand()
    {
        var countries = Read("international-agreements.md").Definition!.ChoiceLists["country"];
        countries.Choices.Count.ShouldBe(248);
        countries.Choices.ShouldAllBe(c => c.Name.Length == 2 && c.Label.Th != null && c.Label.En != null);
        countries.Find("TH").ShouldBeNull();
        countries.Find("LA")!.Label.Th.ShouldBe("ลาว");
    }
}

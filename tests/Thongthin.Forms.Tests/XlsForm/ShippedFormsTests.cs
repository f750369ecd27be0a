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

    [Theory]
    [InlineData("29/7/2569", "16/1/2569", "expiring")]
    [InlineData("8/12/2569", "16/1/2569", "expiring")]
    [InlineData("9/12/2569", "16/1/2569", "later")]
    [InlineData("10/6/2569", "16/1/2569", "passed")]
    public void Agreement_NearItsEnd_SaysSo(string endsOn, string effectiveOn, string state) =>
        EvaluateAgreement(("term", "fixed"), ("ends_on", endsOn), ("effective_on", effectiveOn))
            .Field("expiry_state")!
            .Value.ToText()
            .ShouldBe(state);

    // 2569 is recorded: one year without an activity is no dormancy, two are
    [Theory]
    [InlineData("2568", "active")]
    [InlineData("2567", "dormant")]
    [InlineData("", "")]
    public void Agreement_WithoutActivitiesForTwoYears_IsDormant(string latest, string state) =>
        EvaluateAgreement(("last_activity_year", latest)).Field("activity_state")!.Value.ToText().ShouldBe(state);

    [Theory]
    [InlineData("interior", "2026-01-15", "")]
    [InlineData("interior", "2026-01-16", "plausible")]
    [InlineData("council", "2026-01-16", "")]
    // before the draft above it
    [InlineData("council", "2025-11-30", "plausible")]
    public void Agreement_SignedBeforeItsApproval_IsAskedAbout(string kind, string day, string codes)
    {
        var definition = Read("international-agreements.md").Definition!;
        var answers = (JsonObject)JsonNode.Parse(Agreement)!;
        answers["step"] = new JsonArray(
            new JsonObject
            {
                ["_id"] = RowOne.Replace('1', '2'),
                ["step_kind"] = "draft",
                ["step_date"] = "2025-12-01",
            },
            new JsonObject
            {
                ["_id"] = RowOne,
                ["step_kind"] = kind,
                ["step_date"] = day,
            }
        );
        var issues = FormEvaluation
            .Evaluate(definition, AnswerSheet.Of(answers), new EvaluationContext(new DateOnly(2026, 6, 11), 2569))
            .Issues;
        string.Join(' ', issues.Select(i => i.Code)).ShouldBe(codes);
    }

    /// <summary>What another form recorded is compared with where it is known, and only asked about.</summary>
    [Theory]
    [InlineData("infrastructure", "households_electricity", 900, "")]
    [InlineData("infrastructure", "households_electricity", 901, "plausible")]
    [InlineData("water-management", "households_short_of_water", 901, "plausible")]
    [InlineData("water-management", "villages_without_water", 8, "plausible")]
    [InlineData("society-religion-culture", "vulnerable_households", 901, "plausible")]
    [InlineData("disasters-and-environment", "civil_defence_volunteers", 2501, "plausible")]
    [InlineData("disasters-and-environment", "green_area_rai", 6251, "plausible")]
    public void Sheet_BesideTheFactsOfAnother_IsAskedAbout(string form, string question, double answer, string code)
    {
        var definition = Read(form + ".md").Definition!;
        var sheet = AnswerSheet.Of(new JsonObject { [question] = answer });
        var context = new EvaluationContext(new DateOnly(2026, 6, 11), 2569);
        var facts = new Dictionary<string, FormValue>
        {
            ["governance.households"] = FormValue.Of(900),
            ["governance.population"] = FormValue.Of(2500),
            ["governance.villages"] = FormValue.Of(7),
            ["governance.area_km2"] = FormValue.Of(10),
        };

        Issues(context with { Facts = new RecordedFacts("1", facts) }).ShouldBe(code);
        Issues(context).ShouldBe("");

        string Issues(EvaluationContext known) =>
            string.Join(' ', FormEvaluation.Evaluate(definition, sheet, known).IssuesOf(question).Select(i => i.Code));
    }

    // what the rules of the other forms say, on both sides of the line
    [Theory]
    [InlineData(
        "disasters-and-environment",
        "waste_collected_t",
        """{"waste_generated_t":10,"waste_collected_t":10}""",
        ""
    )]
    [InlineData(
        "disasters-and-environment",
        "waste_collected_t",
        """{"waste_generated_t":10,"waste_collected_t":10.1}""",
        "constraint"
    )]
    [InlineData(
        "disasters-and-environment",
        "waste_recycled_t",
        """{"waste_generated_t":10,"waste_collected_t":8,"waste_recycled_t":2.5}""",
        ""
    )]
    [InlineData(
        "disasters-and-environment",
        "waste_recycled_t",
        """{"waste_generated_t":10,"waste_collected_t":8,"waste_recycled_t":2.6}""",
        "constraint"
    )]
    [InlineData(
        "disasters-and-environment",
        "households_affected",
        """{"events_flood":0,"households_affected":5}""",
        "constraint"
    )]
    [InlineData(
        "disasters-and-environment",
        "households_affected",
        """{"events_flood":1,"households_affected":5}""",
        ""
    )]
    [InlineData(
        "innovation-and-education",
        "caregivers",
        """{"centre_boys":50,"centre_girls":50,"caregivers":4}""",
        ""
    )]
    [InlineData(
        "innovation-and-education",
        "caregivers",
        """{"centre_boys":50,"centre_girls":51,"caregivers":4}""",
        "plausible"
    )]
    [InlineData("innovation-and-education", "child_centres", """{"centre_boys":5,"child_centres":0}""", "constraint")]
    [InlineData(
        "innovation-and-education",
        "children_milk",
        """{"centre_boys":5,"pupils_primary":5,"other_pupils_served":2,"children_milk":13}""",
        "constraint"
    )]
    [InlineData("public-health", "dogs_vaccinated", """{"dogs_registered":10,"dogs_vaccinated":11}""", "plausible")]
    [InlineData(
        "public-health",
        "fund_spent",
        """{"fund_brought_forward":1,"fund_received":2,"fund_spent":3.01}""",
        "constraint"
    )]
    [InlineData("public-health", "fund_spent", """{"fund_brought_forward":1,"fund_received":2,"fund_spent":3}""", "")]
    [InlineData("public-health", "ltc_recipients", """{"elderly_dependent":3,"ltc_recipients":4}""", "constraint")]
    [InlineData(
        "public-health",
        "fresh_markets_passed",
        """{"fresh_markets":3,"fresh_markets_passed":4}""",
        "constraint"
    )]
    [InlineData(
        "water-management",
        "households_lao_water",
        """{"water_systems":0,"households_lao_water":4}""",
        "constraint"
    )]
    [InlineData("water-management", "samples_passed", """{"samples_tested":3,"samples_passed":4}""", "constraint")]
    [InlineData("governance", "households", """{"population_male":400,"population_female":400,"households":100}""", "")]
    [InlineData(
        "governance",
        "households",
        """{"population_male":400,"population_female":401,"households":100}""",
        "plausible"
    )]
    [InlineData(
        "governance",
        "elderly",
        """{"population_male":100,"population_0_5":30,"population_6_14":30,"elderly":41}""",
        "constraint"
    )]
    [InlineData("governance", "spending_personnel", """{"ordinance_budget":100,"spending_personnel":40}""", "")]
    [InlineData(
        "governance",
        "spending_personnel",
        """{"ordinance_budget":100,"spending_personnel":40.01}""",
        "plausible"
    )]
    [InlineData(
        "governance",
        "complaints_closed",
        """{"complaints_carried":1,"complaints_received":1,"complaints_closed":3}""",
        "constraint"
    )]
    [InlineData("governance", "ita_score", """{"ita_score":100.1}""", "constraint")]
    [InlineData(
        "society-religion-culture",
        "elderly_allowance_paid",
        """{"elderly_60_69":100,"elderly_90_up":10,"elderly_allowance_paid":882000}""",
        ""
    )]
    [InlineData(
        "society-religion-culture",
        "elderly_allowance_paid",
        """{"elderly_60_69":100,"elderly_90_up":10,"elderly_allowance_paid":882001}""",
        "plausible"
    )]
    [InlineData(
        "economy-and-tourism",
        "accommodation_rooms",
        """{"accommodations":3,"accommodation_rooms":2}""",
        "constraint"
    )]
    [InlineData("tourism-sites", "closed_year", """{"state":"closed"}""", "required")]
    [InlineData("water-supply-systems", "location", """{"location":"17.62 100.1 0 0"}""", "")]
    [InlineData("water-supply-systems", "location", """{"location":"48.1 17.62 0 0"}""", "constraint")]
    [InlineData(
        "transferred-missions",
        "received_on",
        """{"receipt":"received","received_on":"1999-12-31"}""",
        "constraint"
    )]
    [InlineData("transferred-missions", "received_on", """{"receipt":"not_received"}""", "")]
    [InlineData(
        "transferred-missions",
        "status_on",
        """{"receipt":"received","received_on":"2010-05-01","status":"cancelled","status_on":"2010-04-30"}""",
        "constraint"
    )]
    [InlineData("transferred-missions", "budget_next", """{"receipt":"received","status":"cancelled"}""", "")]
    [InlineData("transferred-missions", "budget_next", """{"receipt":"received","status":"operating"}""", "required")]
    public void Rule_OfAForm_SaysThisOfOneAnswer(string form, string path, string answers, string codes)
    {
        var issues = Evaluate($"{form}.md", answers).IssuesOf(path);
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

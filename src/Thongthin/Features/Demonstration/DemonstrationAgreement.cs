using System.Globalization;
using System.Text.Json.Nodes;

namespace Thongthin.Features.Demonstration;

/// <summary>
/// Invents one international agreement and how it stands in a fiscal year. The partners are places that do not exist, in
/// countries that do.
/// </summary>
internal static class DemonstrationAgreement
{
    private static readonly (string Th, string En, string Country)[] Partners =
    [
        ("เมืองคาวาโนะ", "Kawano City (invented)", "JP"),
        ("เมืองมิโดริซากิ", "Midorizaki Town (invented)", "JP"),
        ("เทศบาลซานโฮ", "Sanho Municipality (invented)", "KR"),
        ("แขวงเวียงใหม่", "Viengmai Province (invented)", "LA"),
        ("เมืองปากงอย", "Paknoy District (invented)", "LA"),
        ("นครหลินเจียง", "Linjiang City (invented)", "CN"),
        ("มณฑลยูนหลาน", "Yunlan Prefecture (invented)", "CN"),
        ("เมืองลองฮวา", "Long Hoa City (invented)", "VN"),
        ("เมืองอาเดอร์เบิร์ก", "Aderberg Town (invented)", "DE"),
        ("มหาวิทยาลัยแปซิฟิกเหนือ", "North Pacific University (invented)", "US"),
    ];

    private static readonly (string Code, string Th)[] Fields =
    [
        ("education_youth", "การศึกษาและเยาวชน"),
        ("culture", "วัฒนธรรม"),
        ("tourism", "การท่องเที่ยว"),
        ("agriculture", "การเกษตร"),
        ("environment", "สิ่งแวดล้อม"),
        ("health", "สาธารณสุขและผู้สูงอายุ"),
        ("disaster", "การจัดการภัยพิบัติ"),
        ("economy", "เศรษฐกิจและการค้า"),
    ];

    /// <param name="index">0, 1, 2 … : which agreement of that LAO</param>
    /// <param name="first">the fiscal year in which it was first recorded</param>
    public static JsonObject Of(DemonstrationLao lao, int index, int first, int fiscalYear)
    {
        double Draw(string what) => Chance.Of("agreement", lao.Code, index, what);
        var partner = Chance.OneOf(Partners, "agreement", lao.Code, index, "partner");
        var field = Chance.OneOf(Fields, "agreement", lao.Code, index, "field");
        var university = partner.En.Contains("University", StringComparison.Ordinal);
        var signed = new DateOnly(first - 544, 11, 1).AddDays((int)(Draw("signed") * 150));
        var instrument = Draw("instrument") switch
        {
            < 0.5 => ("mou", "บันทึกความเข้าใจ"),
            < 0.8 => ("sister_city", "ความตกลงเมืองพี่เมืองน้อง"),
            _ => ("friendship_city", "ความตกลงเมืองมิตรภาพ"),
        };
        var answers = new JsonObject
        {
            ["nature"] = fiscalYear == first ? "new" : "continuing",
            ["title_th"] = $"{instrument.Item2}ระหว่าง{lao.Abbreviation} กับ{partner.Th} ด้าน{field.Th}",
            ["partner"] = new JsonArray(
                new JsonObject
                {
                    ["_id"] = DemonstrationIds.Row("agreement", lao.Code, index, "partner", 0),
                    ["partner_name_en"] = partner.En,
                    ["partner_name_th"] = partner.Th,
                    ["partner_type"] = university ? "education" : "city",
                    ["partner_country"] = partner.Country,
                }
            ),
            ["party_form"] = "bilateral",
            ["instrument_type"] = instrument.Item1,
            ["languages"] = Several("th", "en"),
            ["binding"] = "not_binding",
            ["fields"] = Several(field.Code),
            ["sdgs"] = Several("sdg_11", "sdg_17"),
            ["summary"] =
                $"แลกเปลี่ยนบุคลากรและความรู้ด้าน{field.Th} จัดกิจกรรมร่วมกันอย่างน้อยปีละหนึ่งครั้ง (ข้อมูลสาธิต)",
            ["status"] = "in_force",
            ["signed_on"] = Iso(signed),
            ["signed_at"] = Draw("place") < 0.5 ? lao.Abbreviation : partner.Th,
            ["effective_on"] = Iso(signed.AddDays(14)),
            ["term"] = "open",
            ["budget_own"] = Math.Round(20_000 + Draw("budget") * 400_000, 0),
            ["contact_position"] = "ปลัดองค์กรปกครองส่วนท้องถิ่น",
            ["contact_telephone"] = "020000000",
        };
        if (Draw("activity" + fiscalYear) < 0.55)
        {
            answers["activity"] = new JsonArray(Activity(lao, index, fiscalYear, field.Th));
        }
        return answers;
    }

    private static JsonObject Activity(DemonstrationLao lao, int index, int fiscalYear, string field) =>
        new()
        {
            ["_id"] = DemonstrationIds.Row("agreement", lao.Code, index, "activity", fiscalYear),
            ["activity_date"] = Iso(
                new DateOnly(fiscalYear - 544, 11, 5).AddDays(
                    Chance.Between(0, 200, "activity", lao.Code, index, fiscalYear)
                )
            ),
            ["activity_kind"] = Chance.OneOf(
                ["online_meeting", "visit", "reception", "training"],
                "kind",
                lao.Code,
                fiscalYear
            ),
            ["activity_name"] = $"ประชุมความร่วมมือด้าน{field}",
            ["activity_thai"] = Chance.Between(5, 60, "thai", lao.Code, fiscalYear),
            ["activity_foreign"] = Chance.Between(3, 25, "foreign", lao.Code, fiscalYear),
        };

    private static JsonArray Several(params string[] names) => new([.. names.Select(n => (JsonNode?)n)]);

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

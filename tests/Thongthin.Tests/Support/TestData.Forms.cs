using System.Security.Cryptography;
using System.Text;
using Thongthin.Features.Forms;
using Thongthin.Forms.XlsForm;
using Thongthin.Platform.Spreadsheets;

namespace Thongthin.Tests.Support;

internal sealed partial class TestData
{
    /// <summary>Settings of an invented form; <c>{0}</c> is its id, <c>{1}</c> its shape.</summary>
    private const string Settings = """
        | settings |
        |          | form_title::ไทย (th) | form_title::English (en) | form_id | version | default_language | sector | kind | first_fiscal_year |
        |          | แบบสมมติ {0}          | Invented form {0}        | {0}     | 1       | ไทย (th)         | 6      | {1}  | 2560              |

        """;

    private const string AnnualSurvey = """
        | survey |
        |        | type             | name      | label::ไทย (th) | label::English (en) | required | constraint | calculation     | unit::ไทย (th) | unit::English (en) |
        |        | integer          | roads     | จำนวนถนน        | Roads               | yes      | . >= 0     |                 | สาย           | roads              |
        |        | integer          | bridges   | จำนวนสะพาน      | Bridges             |          | . >= 0     |                 | แห่ง           | bridges            |
        |        | select_one state | state     | สภาพ            | State               |          |            |                 |               |                    |
        |        | text             | note      | หมายเหตุ         | Note                |          |            |                 |               |                    |
        |        | begin_repeat     | road      | สายทาง          | Road                |          |            |                 |               |                    |
        |        | text             | road_name | ชื่อ              | Name                | yes      |            |                 |               |                    |
        |        | end_repeat       | road      |                 |                     |          |            |                 |               |                    |
        |        | calculate        | twice     | สองเท่า          | Twice               |          |            | ${roads} * 2    |               |                    |
        | choices |
        |        | list_name | name | label::ไทย (th) | label::English (en) |
        |        | state     | good | ดี               | Good                |
        |        | state     | poor | ทรุดโทรม         | Poor                |
        """;

    private static readonly Lazy<string> annualDefinition = new(() =>
        XlsFormReader
            .Read(
                new MemoryStream(
                    Encoding.UTF8.GetBytes(
                        Settings
                            .Replace("{0}", "form-0", StringComparison.Ordinal)
                            .Replace("{1}", "annual", StringComparison.Ordinal) + AnnualSurvey
                    )
                ),
                "form-0.md"
            )
            .Definition!.ToJson()
            .ToJsonString()
    );

    private const string RegisterSurvey = """
        | survey |
        |        | type    | name  | label::ไทย (th) | label::English (en) | required | constraint | save_to |
        |        | text    | title | ชื่อ              | Title               | yes      |            | title   |
        |        | integer | years | จำนวนปี          | Years               | yes      | . >= 1     |         |
        | entities |
        |        | list_name | label    |
        |        | items     | ${title} |
        """;

    private const string CatalogueSurvey = """
        | survey |
        |        | type                 | name     | label::ไทย (th) | label::English (en) | required | relevant                | constraint | save_to |
        |        | select_one receipt   | received | ได้รับถ่ายโอน     | Received            | yes      |                         |            |         |
        |        | integer              | quantity | ปริมาณ          | Quantity            | yes      | ${received} = 'received' | . >= 1     |         |
        |        | select_one condition | status   | สถานะ           | Status              |          | ${received} = 'received' |            | status  |
        |        | text                 | reason   | เหตุผล           | Reason              |          | ${received} = 'received' |            | reason  |
        | choices |
        |        | list_name | name           | label::ไทย (th) | label::English (en) |
        |        | receipt   | received       | ได้รับ           | Received            |
        |        | receipt   | not_received   | ไม่ได้รับ         | Not received        |
        |        | receipt   | not_applicable | ไม่เกี่ยวข้อง      | Not applicable      |
        |        | condition | running        | ดำเนินการ        | Running             |
        |        | condition | cancelled      | ยกเลิก           | Cancelled           |
        | entities |
        |        | list_name | label       |
        |        | missions  | ${received} |
        """;

    private const string CatalogueList = """
        code,area,name_th,name_en,department_th,kinds,compulsory,unit_th,unit_en,valid_from,valid_to
        1-01,1,ถนน,Roads,กรมสมมติ,sao;pao,yes,กม.,km,,
        1-02,1,ประปาหมู่บ้าน,Village water,กรมสมมติ,sao,yes,แห่ง,places,,
        2-01,2,ศูนย์พัฒนาเด็กเล็ก,Child centres,,sao,no,แห่ง,places,,
        2-02,2,รพ.สต.,Health centres,,pao,no,แห่ง,places,,
        3-01,3,เทศกิจ,City inspectors,,sao,no,,,2564-10-01,
        3-02,3,จราจร,Traffic,,sao,no,,,,2562-10-01
        """;

    /// <summary>
    /// An invented catalogue with its list. Each item is asked received (received, not_received, not_applicable); when
    /// received, quantity (at least 1) and, not required, status and reason. To a อบต. in 2563 apply 1-01, 1-02 and 2-01;
    /// 2-02 is for other kinds, 3-01 comes in 2565, 3-02 ended before. Returns the form's id, the catalogue's name too.
    /// </summary>
    public async Task<string> PublishCatalogueAsync()
    {
        var form = await PublishFormAsync("catalogue", CatalogueSurvey);
        (await ImportCatalogueAsync(form, CatalogueList)).Edition.ShouldBe(1);
        return form;
    }

    /// <param name="list">CSV</param>
    public async Task<ImportedCatalogue> ImportCatalogueAsync(string catalogue, string list)
    {
        await using var job = AsJob();
        var table = TableReader.Read(Encoding.UTF8.GetBytes(list), TableLimits.Default);
        return await job.Get<ImportCatalogue>()
            .ExecuteAsync(job.Actor, catalogue, table.Rows, "list.csv", CancellationToken.None);
    }

    /// <summary>
    /// An invented annual form, published by the operation itself: roads (required, whole, at least 0), bridges, state
    /// (good, poor), note, the repeat road with road_name, and twice = 2 × roads. Returns its id.
    /// </summary>
    public Task<string> PublishAnnualFormAsync() => PublishFormAsync("annual", AnnualSurvey);

    /// <summary>An invented register: title (required, the label) and years (required, whole, at least 1). Returns its id.</summary>
    public Task<string> PublishRegisterAsync() => PublishFormAsync("register", RegisterSurvey);

    /// <param name="survey">sheets besides settings, as Markdown tables</param>
    public async Task<string> PublishFormAsync(string shape, string survey)
    {
        var id = "form-" + Text(Next());
        var markdown =
            Settings.Replace("{0}", id, StringComparison.Ordinal).Replace("{1}", shape, StringComparison.Ordinal)
            + survey;
        await using var job = AsJob();
        var published = await job.Get<PublishForm>()
            .ExecuteAsync(
                job.Actor,
                new MemoryStream(Encoding.UTF8.GetBytes(markdown)),
                id + ".md",
                CancellationToken.None
            );
        published.Version.ShouldBe(1, string.Join('\n', published.Findings));
        return id;
    }

    /// <summary>The annual form of <see cref="PublishAnnualFormAsync"/>, written past the operation that publishes: quick. Returns its id.</summary>
    public async Task<string> PublishQuicklyAsync()
    {
        var n = Next();
        var id = "form-" + Text(n);
        await ExecuteAsync(
            JobActor(),
            "insert into form (form_id, sector, shape, title_th, title_en) values ($1, 6, 'annual', $2, $3)",
            id,
            "แบบสมมติ " + Text(n),
            "Invented form " + Text(n)
        );
        await ExecuteAsync(
            JobActor(),
            """
            insert into form_version (form_id, version, first_fiscal_year, definition, source, sha256, published_at)
            values ($1, 1, 2560, $2::jsonb, $3, $4, $5)
            """,
            id,
            annualDefinition.Value.Replace("form-0", id, StringComparison.Ordinal),
            id,
            SHA256.HashData(Encoding.UTF8.GetBytes(id)),
            Noon
        );
        return id;
    }
}

using System.Security.Cryptography;
using System.Text;
using Thongthin.Features.Forms;

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

    private const string RegisterSurvey = """
        | survey |
        |        | type    | name  | label::ไทย (th) | label::English (en) | required | constraint | save_to |
        |        | text    | title | ชื่อ              | Title               | yes      |            | title   |
        |        | integer | years | จำนวนปี          | Years               | yes      | . >= 1     |         |
        | entities |
        |        | list_name | label    |
        |        | items     | ${title} |
        """;

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

    /// <summary>A published form without questions, for tests that never open it. Returns its id.</summary>
    public async Task<string> PublishEmptyFormAsync(string shape = "annual")
    {
        var n = Next();
        var id = "form-" + Text(n);
        await ExecuteAsync(
            JobActor(),
            "insert into form (form_id, sector, shape, title_th, title_en) values ($1, 6, $2, $3, $4)",
            id,
            shape,
            "แบบสมมติ " + Text(n),
            "Invented form " + Text(n)
        );
        await ExecuteAsync(
            JobActor(),
            """
            insert into form_version (form_id, version, first_fiscal_year, definition, source, sha256, published_at)
            values ($1, 1, 2560, '{}', $2, $3, $4)
            """,
            id,
            id,
            SHA256.HashData(Encoding.UTF8.GetBytes(id)),
            Noon
        );
        return id;
    }
}

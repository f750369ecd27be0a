using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Thongthin.Features.Forms;
using Thongthin.Forms.XlsForm;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;
using static Thongthin.Tests.Support.TestTopic;

namespace Thongthin.Tests.Pages;

/// <summary>An administrator of the Department uploads a form, sees what is wrong and what it changes, and publishes it.</summary>
public sealed class AuthoringTests
{
    private const string Form = """
        | survey |
        | | type | name | label::ไทย (th) | label::English (en) | unit::ไทย (th) | unit::English (en) | relevant |
        | | integer | roads | ถนน | Roads | กม. | km | |
        | | text | note | หมายเหตุ | Note | | | ${roads} > 5 |
        {1}
        | settings |
        | | form_title::ไทย (th) | form_title::English (en) | form_id | version | sector | kind | first_fiscal_year |
        | | แบบอัปโหลด | Uploaded form | {0} | 1 | 6 | annual | 2560 |
        """;

    [Fact]
    public async Task Upload_WithErrors_ShowsThemBesideTheirRows_AndCannotBePublished()
    {
        using var browser = await SignInAsync();
        var page = await UploadAsync(browser, Text("a-form", "| | colour | x | สี | Colour | | | |"));

        page.Path.ShouldStartWith("/forms/drafts/");
        var row = page.Document.QuerySelectorAll("[aria-labelledby=findings] tbody tr").ShouldHaveSingleItem();
        row.TextContent.ShouldContain("F020");
        row.QuerySelector("code")!.TextContent.ShouldBe("colour | x | สี | Colour");
        page.Document.QuerySelector("form[action$=Publish]").ShouldBeNull();
        (await browser.GetAsync(page.Path + "/preview")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.GetAsync("/forms/new")).Document.QuerySelector($"a[href='{page.Path}']").ShouldNotBeNull();

        page = await browser.SubmitAsync(page, "form[action$=Discard]");
        page.Path.ShouldBe("/forms/new");
        (await browser.GetAsync(page.Path))
            .Document.QuerySelector("[aria-labelledby=drafts] a[href$=x]")
            .ShouldBeNull();
    }

    [Fact]
    public async Task Upload_OfWhatIsNoForm_SaysWhyOnTheSamePage()
    {
        using var browser = await SignInAsync();
        var page = await UploadAsync(browser, "not a workbook", "form.xlsx");

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Text.ShouldContain("F001");
        page.Errors.ShouldHaveSingleItem().Field.ShouldBe("Upload");
    }

    [Fact]
    public async Task Publish_ForAYear_MakesTheNextVersion_AndSaysWhatItDoesToAnswers()
    {
        var data = await TestData.OpenAsync();
        using var browser = await SignInAsync();
        var formId = "uploaded-" + TestData.Next();
        var first = await UploadAsync(browser, Text(formId, ""));
        first.Text.ShouldContain("ฉบับที่ 1");
        var published = await browser.SubmitAsync(first, "form[action$=Publish]", ("FirstFiscalYear", "๒๕๖๑"));
        published.Path.ShouldBe($"/forms/{formId}/1");
        published.Text.ShouldContain("2561");
        (await browser.GetAsync(first.Path)).Status.ShouldBe(HttpStatusCode.NotFound, "the draft is done with");

        var topic = await data.CreateTopicAsync(formId);
        await topic.SaveAsync(topic.Recorder, Fields(("roads", "9"), ("note", "มีคำตอบ")));
        var changed = Text(formId, "| | decimal | bridges | สะพาน | Bridges | แห่ง | bridges | |")
            .Replace("| | text | note | หมายเหตุ | Note | | | ${roads} > 5 |", "", StringComparison.Ordinal);
        var second = await UploadAsync(browser, changed);
        var rows = second
            .Document.QuerySelectorAll("[aria-labelledby=changes] tbody tr")
            .Select(r => Spaces(r.TextContent));
        rows.ShouldBe([
            "สะพาน bridges เพิ่มใหม่ ไม่มีคำตอบ",
            "หมายเหตุ note ตัดออก ยังเก็บไว้ แต่ไม่มีที่แสดง มีคำตอบอยู่ 1 แบบ",
        ]);

        (await browser.SubmitAsync(second, "form[action$=Publish]", ("FirstFiscalYear", "ปีหน้า"))).Status.ShouldBe(
            HttpStatusCode.UnprocessableEntity
        );
        published = await browser.SubmitAsync(second, "form[action$=Publish]", ("FirstFiscalYear", "2570"));
        published.Path.ShouldBe($"/forms/{formId}/2");
        await using var job = data.AsJob();
        var versions = await job
            .Db.Set<FormVersion>()
            .Where(v => v.FormId == formId)
            .OrderBy(v => v.Version)
            .Select(v => v.FirstFiscalYear)
            .ToListAsync();
        versions.ShouldBe([2561, 2570]);
    }

    [Fact]
    public async Task Published_IsFetchedAsAWorkbook_ThatReadsBackTheSame()
    {
        using var browser = await SignInAsync();
        var formId = "fetched-" + TestData.Next();
        var draft = await UploadAsync(browser, Text(formId, ""));
        await browser.SubmitAsync(draft, "form[action$=Publish]", ("FirstFiscalYear", "2560"));

        var file = await browser.Client.GetByteArrayAsync($"/forms/{formId}/1/form.xlsx");
        var reading = XlsFormReader.Read(new MemoryStream(file), "form.xlsx");
        reading.Findings.ShouldBeEmpty();
        reading.Definition!.Questions.Select(q => q.Name).ShouldBe(["roads", "note"]);
        (await browser.Client.GetAsync($"/forms/{formId}/9/form.xlsx")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Preview_ShowsTheRecordersPage_AndWhatWasTypedAsAReviewerReadsIt()
    {
        using var browser = await SignInAsync();
        var draft = await UploadAsync(browser, Text("preview-form", ""));

        var page = await browser.GetAsync(draft.Path + "/preview?language=en");
        page.Document.QuerySelector("label[for=roads]")!.TextContent.ShouldContain("Roads");
        page.Document.QuerySelector("[data-path=note]")!.HasAttribute("hidden").ShouldBeTrue();
        page = await browser.SubmitAsync(page, "#entry", ("f.roads", "12"), ("f.note", "seen"));
        page.Document.QuerySelector("dl.answers")!.TextContent.ShouldContain("12 km");
        page.Document.QuerySelector("dl.answers")!.TextContent.ShouldContain("seen");
        (await browser.Client.GetStringAsync(draft.Path + "/browser.json")).ShouldContain("\"roads\"");
    }

    [Fact]
    public async Task Drafts_AreNobodysElse()
    {
        using var browser = await SignInAsync();
        var draft = await UploadAsync(browser, Text("private-form", ""));
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();
        using var other = await (await TestWeb.OpenAsync()).SignInAsync(topic.Recorder);

        foreach (
            var address in (string[])["/forms/new", draft.Path, draft.Path + "/preview", draft.Path + "/browser.json"]
        )
        {
            (await other.GetAsync(address)).Status.ShouldBe(HttpStatusCode.Forbidden, address);
        }
    }

    private static string Text(string formId, string more) =>
        Form.Replace("{0}", formId, StringComparison.Ordinal).Replace("{1}", more, StringComparison.Ordinal);

    private static string Spaces(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static async Task<TestPage> UploadAsync(TestBrowser browser, string form, string name = "form.md")
    {
        var page = await browser.GetAsync("/forms/new");
        return await browser.UploadAsync(
            page,
            "form[action='/forms/new']",
            "Upload",
            name,
            Encoding.UTF8.GetBytes(form)
        );
    }

    private static async Task<TestBrowser> SignInAsync()
    {
        var data = await TestData.OpenAsync();
        var administrator = await data.CreatePersonAsync(await data.DepartmentAsync(), Role.Administrator);
        return await (await TestWeb.OpenAsync()).SignInAsync(administrator);
    }
}

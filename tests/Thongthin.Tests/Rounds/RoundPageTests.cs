using System.Net;
using AngleSharp.Dom;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Rounds;

/// <summary>The Department makes, checks, opens and cancels a round; everybody else reads.</summary>
public sealed class RoundPageTests
{
    [Fact]
    public async Task Post_New_MakesADraft_WhichOpensAfterAsking()
    {
        var web = await TestWeb.OpenAsync();
        var data = web.Data;
        var form = await data.PublishRegisterAsync();
        var lao = await data.CreateLaoAsync(await data.CreateDistrictAsync(await data.CreateProvinceAsync()));
        using var browser = await web.SignInAsync(await AdministratorAsync(data));
        var slug = "page-" + TestData.Next();

        var made = await browser.SubmitAsync(
            await browser.GetAsync("/rounds/new"),
            "main form",
            ("TitleTh", "รอบจากหน้าเว็บ"),
            ("TitleEn", "A round from the page"),
            ("Slug", slug),
            ("FiscalYear", "๒๕๖๓"),
            ("FormIds", form),
            ("Codes", lao.Code!),
            ("OpensOn", "1/1/2563"),
            ("Deadline", "31/5/2563"),
            ("ClosesOn", "30/6/2563")
        );

        made.Path.ShouldBe($"/rounds/{slug}");
        made.Text.ShouldContain("ร่าง");
        made.Text.ShouldContain("กำหนดส่งตรงกับวันหยุด: วันอาทิตย์ที่ 31 พฤษภาคม 2563");
        made.Text.ShouldContain("รวม 1 แห่ง");

        var asked = await browser.GetAsync($"/rounds/{slug}/open");
        asked.Text.ShouldContain("อปท. 1 แห่ง");
        var opened = await browser.SubmitAsync(asked);
        opened.Path.ShouldBe($"/rounds/{slug}");
        opened.Text.ShouldContain("เปิดรับข้อมูล");

        var again = await browser.SubmitAsync(asked);
        again.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        again.Errors.Single().Message.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Post_NewWithMistakes_KeepsWhatWasTypedAndNamesTheFields()
    {
        var web = await TestWeb.OpenAsync();
        await web.Data.PublishRegisterAsync();
        using var browser = await web.SignInAsync(await AdministratorAsync(web.Data));

        var page = await browser.SubmitAsync(
            await browser.GetAsync("/rounds/new"),
            "main form",
            ("TitleTh", "ชื่อที่พิมพ์ไว้"),
            ("FiscalYear", "ปีนี้"),
            ("Codes", "99999999"),
            ("Deadline", "31/2/2563")
        );

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Errors.Select(e => e.Field)
            .ShouldBe(["TitleTh", "Slug", "FiscalYear", "FormIds", "Codes", "OpensOn", "Deadline", "ClosesOn"]);
        page.Errors.Single(e => e.Field == "Deadline").Message.ShouldStartWith("กำหนดส่ง");
        page.Document.QuerySelector("#TitleTh")!.GetAttribute("value").ShouldBe("ชื่อที่พิมพ์ไว้");
        page.Document.QuerySelector("#Deadline")!.GetAttribute("value").ShouldBe("31/2/2563");
    }

    [Fact]
    public async Task Post_New_WhenAClosingComesBeforeTheDeadline_SaysSoAtTheField()
    {
        var web = await TestWeb.OpenAsync();
        var form = await web.Data.PublishRegisterAsync();
        using var browser = await web.SignInAsync(await AdministratorAsync(web.Data));

        var page = await browser.SubmitAsync(
            await browser.GetAsync("/rounds/new"),
            "main form",
            ("TitleTh", "รอบ"),
            ("TitleEn", "Round"),
            ("Slug", "page-" + TestData.Next()),
            ("FormIds", form),
            ("OpensOn", "1/1/2563"),
            ("Deadline", "31/5/2563"),
            ("ClosesOn", "30/5/2563")
        );

        page.Errors.Single().Field.ShouldBe("Deadline");
        page.Document.QuerySelector<IElement>($"#form-{form}")!.HasAttribute("checked").ShouldBeTrue();
    }

    [Fact]
    public async Task Get_ByARecorder_ShowsOpenRoundsAndNoDraftsOrButtons()
    {
        var web = await TestWeb.OpenAsync();
        var data = web.Data;
        var topic = await data.CreateRegisterTopicAsync();
        var draft = await data.CreateRoundAsync([topic.FormId], [topic.Lao]);
        using var browser = await web.SignInAsync(topic.Recorder);

        var list = await browser.GetAsync($"/rounds?q={topic.Round.Slug}&state=open");
        list.Document.QuerySelector($"a[href='/rounds/{topic.Round.Slug}']").ShouldNotBeNull();
        list.Document.QuerySelector("a[href='/rounds/new']").ShouldBeNull();

        var page = await browser.GetAsync($"/rounds/{topic.Round.Slug}");
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Document.QuerySelector($"a[href='/rounds/{topic.Round.Slug}/cancel']").ShouldBeNull();
        (await browser.GetAsync($"/rounds/{draft.Slug}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.GetAsync($"/rounds/{draft.Slug}/open")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.GetAsync("/rounds/new")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Post_Cancel_AsksForAReasonAndShowsIt()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        using var browser = await web.SignInAsync(await AdministratorAsync(web.Data));
        var page = await browser.GetAsync($"/rounds/{topic.Round.Slug}/cancel");

        (await browser.SubmitAsync(page, "main form", ("Reason", " "))).Errors.Single().Field.ShouldBe("Reason");
        var cancelled = await browser.SubmitAsync(page, "main form", ("Reason", "ประกาศผิดปีงบประมาณ"));

        cancelled.Path.ShouldBe($"/rounds/{topic.Round.Slug}");
        cancelled.Text.ShouldContain("ประกาศผิดปีงบประมาณ");
    }

    [Theory]
    [InlineData("th", "จำนวนปี", "จำนวนเต็ม")]
    [InlineData("en", "Years", "Whole number")]
    public async Task Get_AForm_ShowsItsQuestionsToEverybody(string language, string label, string type)
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        using var browser = await web.SignInAsync(topic.Recorder, language);

        (await browser.GetAsync("/forms")).Document.QuerySelector($"a[href='/forms/{topic.FormId}']").ShouldNotBeNull();
        var page = await browser.GetAsync($"/forms/{topic.FormId}");

        page.Text.ShouldContain(label);
        page.Text.ShouldContain(type);
        (await browser.GetAsync($"/forms/{topic.FormId}/2")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.GetAsync("/forms/no-such-form")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<TestPerson> AdministratorAsync(TestData data) =>
        await data.CreatePersonAsync(await data.DepartmentAsync(), Role.Administrator);
}

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

        var asked = await browser.SubmitAsync(
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

        // warned of, not forbidden: the same again is taken
        asked.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        asked
            .TextOf("#deadline-warning")
            .ShouldContain(
                "วันหยุดสุดสัปดาห์: วันอาทิตย์ที่ 31 พฤษภาคม 2563 วันทำการถัดไปคือวันจันทร์ที่ 1 มิถุนายน 2563"
            );
        var made = await browser.SubmitAsync(asked);
        made.Path.ShouldBe($"/rounds/{slug}");
        made.Text.ShouldContain("ร่าง");
        made.Text.ShouldContain("วันหยุดสุดสัปดาห์: วันอาทิตย์ที่ 31 พฤษภาคม 2563");
        made.Text.ShouldContain("รวม 1 แห่ง");

        var open = await browser.GetAsync($"/rounds/{slug}/open");
        open.Text.ShouldContain("อปท. 1 แห่ง");
        open.Text.ShouldContain("วันหยุดสุดสัปดาห์");
        var opened = await browser.SubmitAsync(open);
        opened.Path.ShouldBe($"/rounds/{slug}");
        opened.Text.ShouldContain("เปิดรับข้อมูล");

        var again = await browser.SubmitAsync(open);
        again.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        again.Errors.Single().Message.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Get_NewFromAnEarlierRound_ProposesItOneYearLater()
    {
        var web = await TestWeb.OpenAsync();
        var form = await web.Data.PublishRegisterAsync();
        var lao = await web.Data.CreateLaoAsync(
            await web.Data.CreateDistrictAsync(await web.Data.CreateProvinceAsync())
        );
        using var browser = await web.SignInAsync(await AdministratorAsync(web.Data));
        var first = "again-2563-" + TestData.Next();
        (
            await browser.SubmitAsync(
                await browser.GetAsync("/rounds/new"),
                "main form",
                ("TitleTh", "ความตกลง ปี ๒๕๖๓ ตามแผน พ.ศ. ๒๕๖๑"),
                ("TitleEn", "Agreements of 2563 (2020)"),
                ("Slug", first),
                ("FiscalYear", "2563"),
                ("FormIds", form),
                ("Codes", lao.Code!),
                ("OpensOn", "1/1/2563"),
                ("Deadline", "5/5/2563"),
                ("ClosesOn", "29/5/2563"),
                ("ReturnDays", "20"),
                ("Contact", "กองหนึ่ง")
            )
        ).Path.ShouldBe($"/rounds/{first}");
        (await browser.SubmitAsync(await browser.GetAsync($"/rounds/{first}/open"))).Path.ShouldBe($"/rounds/{first}");
        var link = (await browser.GetAsync($"/rounds/{first}")).Document.QuerySelector("a[href^='/rounds/new?from=']");

        var page = await browser.GetAsync(link!.GetAttribute("href")!);

        string? Value(string field) => page.Document.QuerySelector("#" + field)!.GetAttribute("value");
        Value("TitleTh").ShouldBe("ความตกลง ปี ๒๕๖๔ ตามแผน พ.ศ. ๒๕๖๑");
        Value("TitleEn").ShouldBe("Agreements of 2564 (2021)");
        Value("FiscalYear").ShouldBe("2564");
        Value("Deadline").ShouldBe("05/05/2564");
        Value("ReturnDays").ShouldBe("20");
        var made = await browser.SubmitAsync(page, "main form");
        made.Path.ShouldBe($"/rounds/{first.Replace("2563", "2564", StringComparison.Ordinal)}");
        made.Text.ShouldContain("รวม 1 แห่ง");
        made.Text.ShouldContain("กองหนึ่ง");
        (await browser.GetAsync("/rounds/new?from=never-made")).Status.ShouldBe(HttpStatusCode.NotFound);
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

    [Theory]
    // a certain one, one that the Cabinet has still to announce, and a working day
    [InlineData(
        "6/5/2563",
        "on a public holiday: Wednesday 6 May 2020 (Visakha Bucha Day). The next working day is Thursday 7 May 2020"
    )]
    [InlineData("3/3/2569", "on an expected public holiday: Tuesday 3 March 2026 (Makha Bucha Day)")]
    [InlineData("7/5/2563", null)]
    public async Task Post_New_WithADeadlineOnAHoliday_WarnsOnceForEachDay(string deadline, string? warning)
    {
        var web = await TestWeb.OpenAsync();
        var form = await web.Data.PublishRegisterAsync();
        using var browser = await web.SignInAsync(await AdministratorAsync(web.Data), "en");
        var slug = "page-" + TestData.Next();
        (string, string?)[] fields =
        [
            ("TitleTh", "รอบ"),
            ("TitleEn", "Round"),
            ("Slug", slug),
            ("FormIds", form),
            ("OpensOn", "1/1/2563"),
            ("Deadline", deadline),
            ("ClosesOn", "31/12/2569"),
        ];

        var page = await browser.SubmitAsync(await browser.GetAsync("/rounds/new"), "main form", fields);

        if (warning is null)
        {
            page.Path.ShouldBe($"/rounds/{slug}");
            return;
        }
        page.TextOf("#deadline-warning").ShouldContain(warning);
        page.Document.QuerySelector("#Deadline")!.GetAttribute("value").ShouldBe(deadline);
        // another day off is warned of anew
        var other = await browser.SubmitAsync(page, "main form", ("Deadline", "12/8/2563"));
        other.TextOf("#deadline-warning").ShouldContain("12 August 2020");
        (await browser.SubmitAsync(other)).Path.ShouldBe($"/rounds/{slug}");
    }

    [Fact]
    public async Task Post_Edit_WritesTheDraftAnew()
    {
        var web = await TestWeb.OpenAsync();
        var data = web.Data;
        var district = await data.CreateDistrictAsync(await data.CreateProvinceAsync());
        var (lao, other) = (await data.CreateLaoAsync(district), await data.CreateLaoAsync(district));
        var (form, added) = (await data.PublishRegisterAsync(), await data.PublishQuicklyAsync());
        var draft = await data.CreateRoundAsync([form], [lao]);
        using var browser = await web.SignInAsync(await AdministratorAsync(data));
        var page = await browser.GetAsync($"/rounds/{draft.Slug}");
        page.Document.QuerySelector($"a[href='/rounds/{draft.Slug}/edit']").ShouldNotBeNull();

        var edit = await browser.GetAsync($"/rounds/{draft.Slug}/edit");
        edit.Document.QuerySelector("#TitleTh")!.GetAttribute("value").ShouldBe(draft.Request.TitleTh);
        edit.Document.QuerySelector($"#form-{form}")!.HasAttribute("checked").ShouldBeTrue();
        edit.TextOf("#Codes").ShouldBe(lao.Code);
        var saved = await browser.SubmitAsync(
            edit,
            "main form",
            ("TitleTh", "ชื่อที่แก้แล้ว"),
            ("Slug", draft.Slug + "-b"),
            ("FormIds", added),
            ("Codes", $"{lao.Code} {other.Code}"),
            ("Deadline", "3/2/2563"),
            ("DoneMeans", "recorded")
        );

        saved.Path.ShouldBe($"/rounds/{draft.Slug}-b");
        saved.Heading.ShouldContain("ชื่อที่แก้แล้ว");
        saved.Text.ShouldContain("รวม 2 แห่ง");
        saved.Text.ShouldContain("วันจันทร์ที่ 3 กุมภาพันธ์ 2563");
        (await browser.GetAsync($"/rounds/{draft.Slug}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Post_Edit_AfterSomebodyElseChangedTheDraft_SavesNothing_UntilItIsSentAgain()
    {
        var web = await TestWeb.OpenAsync();
        var data = web.Data;
        var lao = await data.CreateLaoAsync(await data.CreateDistrictAsync(await data.CreateProvinceAsync()));
        var draft = await data.CreateRoundAsync([await data.PublishQuicklyAsync()], [lao]);
        using var one = await web.SignInAsync(await AdministratorAsync(data));
        using var two = await web.SignInAsync(await AdministratorAsync(data));
        var address = $"/rounds/{draft.Slug}";
        var (first, second) = (await one.GetAsync(address + "/edit"), await two.GetAsync(address + "/edit"));
        (await one.SubmitAsync(first, "main form", ("TitleTh", "ของคนแรก"))).Path.ShouldBe(address);

        var refused = await two.SubmitAsync(second, "main form", ("TitleTh", "ของคนที่สอง"));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Errors.Single().Message.ShouldContain("มีผู้อื่นแก้ไข");
        refused.Document.QuerySelector("#TitleTh")!.GetAttribute("value").ShouldBe("ของคนที่สอง");
        (await one.GetAsync(address)).Heading.ShouldContain("ของคนแรก");
        (await two.SubmitAsync(refused)).Heading.ShouldContain("ของคนที่สอง");
    }

    [Fact]
    public async Task Edit_OfARoundThatIsOpen_LeadsToItsPage_AndAPostSavesNothing()
    {
        var web = await TestWeb.OpenAsync();
        var data = web.Data;
        var lao = await data.CreateLaoAsync(await data.CreateDistrictAsync(await data.CreateProvinceAsync()));
        var draft = await data.CreateRoundAsync([await data.PublishQuicklyAsync()], [lao]);
        using var browser = await web.SignInAsync(await AdministratorAsync(data));
        var edit = await browser.GetAsync($"/rounds/{draft.Slug}/edit");
        (await browser.SubmitAsync(await browser.GetAsync($"/rounds/{draft.Slug}/open"))).Status.ShouldBe(
            HttpStatusCode.OK
        );

        var late = await browser.SubmitAsync(edit, "main form", ("TitleTh", "แก้ช้าไป"));

        late.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        late.Errors.Single().Message.ShouldContain("รอบนี้เปิดแล้ว");
        (await browser.GetAsync($"/rounds/{draft.Slug}/edit")).Path.ShouldBe($"/rounds/{draft.Slug}");
        (await browser.GetAsync($"/rounds/{draft.Slug}")).Heading.ShouldContain(draft.Request.TitleTh);
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
        (await browser.GetAsync($"/rounds/{draft.Slug}/edit")).Status.ShouldBe(HttpStatusCode.Forbidden);
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

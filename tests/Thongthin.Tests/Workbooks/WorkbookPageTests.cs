using System.Net;
using System.Text;
using Thongthin.Features.Submissions;
using Thongthin.Tests.Submissions;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Workbooks;

/// <summary>The way of a workbook: download, fill in, send, check, store.</summary>
public sealed class WorkbookPageTests
{
    private const string Page = "แบบบันทึก";
    private const string Lines = "รายการ";
    private const string Roads = "สายทาง";

    private static string Address(TestTopic topic) => $"/workbooks/{topic.FormId}/{topic.Round.Request.FiscalYear}";

    private static async Task<FilledWorkbook> DownloadAsync(TestBrowser browser, TestTopic topic) =>
        new(await browser.Client.GetByteArrayAsync(Address(topic) + "?handler=File"));

    private static async Task<TestPage> SendAsync(TestBrowser browser, TestTopic topic, byte[] file) =>
        await browser.UploadAsync(await browser.GetAsync(Address(topic)), "main form", "Upload", "filled.xlsx", file);

    [Fact]
    public async Task Annual_FilledInAndSent_IsStoredAfterTheCheck()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        using var browser = await web.SignInAsync(topic.Recorder);
        using var book = await DownloadAsync(browser, topic);

        book.VisibleSheets.ShouldBe(["คำชี้แจง", Page, Roads]);
        var answer = book.ColumnOf(Page, "@answer");
        book.IsLocked(Page, "B" + book.RowOf(Page, "roads")).ShouldBeTrue();
        book.IsLocked(Page, answer + book.RowOf(Page, "roads")).ShouldBeFalse();
        book.ListOf(Page, answer + book.RowOf(Page, "state")).ShouldBe("choices_1");
        book.Type(Page, answer, book.RowOf(Page, "roads"), 12);
        book.Type(Page, answer, book.RowOf(Page, "bridges"), "๓");
        book.Type(Page, answer, book.RowOf(Page, "state"), "ทรุดโทรม");
        book.Type(Roads, book.ColumnOf(Roads, "road_name"), 4, "ถนนสมมติ");

        var preview = await SendAsync(browser, topic, book.Save());

        preview.Heading.ShouldBe("ตรวจก่อนบันทึก");
        preview.Text.ShouldContain("เปลี่ยน 4 ช่อง ใน 1 รายการ");
        preview.Text.ShouldContain($"{Page}!{answer}{book.RowOf(Page, "roads")}");
        (await topic.StateAsync()).ShouldBe(SubmissionState.NotStarted);
        var stored = await browser.SubmitAsync(preview, "main form", ("good", "false"));

        stored.Heading.ShouldBe("บันทึกข้อมูลจาก Excel แล้ว");
        (await topic.StateAsync()).ShouldBe(SubmissionState.InProgress);
        using var again = await DownloadAsync(browser, topic);
        again.Text(Page, answer + again.RowOf(Page, "roads")).ShouldBe("12");
        again.Text(Page, answer + again.RowOf(Page, "state")).ShouldBe("ทรุดโทรม");
        again.RowOf(Roads, "ถนนสมมติ").ShouldBe(4u);
        (await SendAsync(browser, topic, again.Save())).Text.ShouldContain("ไม่มีอะไรเปลี่ยน");
        (await browser.SubmitAsync(preview, "main form", ("good", "false"))).Errors.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Annual_WithAWrongCell_NamesItAndStoresTheOthersOnRequest()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        using var browser = await web.SignInAsync(topic.Recorder);
        using var book = await DownloadAsync(browser, topic);
        var answer = book.ColumnOf(Page, "@answer");
        book.Type(Page, answer, book.RowOf(Page, "roads"), "สิบสอง");
        book.Type(Page, answer, book.RowOf(Page, "bridges"), 3);
        book.Type(Page, answer, book.RowOf(Page, "state"), "พอใช้");

        var preview = await SendAsync(browser, topic, book.Save());

        preview.Text.ShouldContain("มีข้อผิดพลาด 2 แห่ง");
        preview.Text.ShouldContain($"{Page}!{answer}{book.RowOf(Page, "roads")}");
        preview.Document.QuerySelector("button[value=false]").ShouldBeNull("with errors not everything can be stored");
        (await browser.SubmitAsync(preview, "main form", ("good", "false"))).Status.ShouldBe(
            HttpStatusCode.UnprocessableEntity
        );
        (await topic.StateAsync()).ShouldBe(SubmissionState.NotStarted);
        var stored = await browser.SubmitAsync(preview, "main form", ("good", "true"));

        stored.Text.ShouldContain("ไม่ได้บันทึก 2 แห่ง");
        using var again = await DownloadAsync(browser, topic);
        again.Text(Page, answer + again.RowOf(Page, "bridges")).ShouldBe("3");
        again.Text(Page, answer + again.RowOf(Page, "roads")).ShouldBe("");
    }

    private const string EveryTypeSurvey = """
        | survey |
        | | type | name | label::th | label::en | parameters | choice_filter |
        | | range | share | สัดส่วน | Share | start=0 end=10 step=1 | |
        | | time | opens | เวลาเปิด | Opens at | | |
        | | geopoint | place | ที่ตั้ง | Place | | |
        | | rank sizes | order | ลำดับ | Order | | |
        | | acknowledge | agreed | ยืนยัน | Agreed | | |
        | | select_one sizes | size | ขนาด | Size | | |
        | | select_one things | thing | สิ่งของ | Thing | | size = ${size} |
        | choices |
        | | list_name | name | label::th | label::en | size |
        | | sizes | big | ใหญ่ | Big | |
        | | sizes | small | เล็ก | Small | |
        | | things | house | บ้าน | House | big |
        | | things | cup | ถ้วย | Cup | small |
        """;

    [Fact]
    public async Task Annual_WithEveryTypeOfCell_ComesBackAsItWasTyped()
    {
        var web = await TestWeb.OpenAsync();
        var (topic, browser) = await OpenEveryTypeAsync(web);
        using var book = await DownloadAsync(browser, topic);
        Fill(
            book,
            ("share", "๗"),
            ("opens", "8.30"),
            ("place", "17.62 100.09"),
            ("order", "เล็ก; ใหญ่"),
            ("agreed", "ok")
        );
        Fill(book, ("size", "ใหญ่"), ("thing", "บ้าน"));

        var preview = await SendAsync(browser, topic, book.Save());

        preview.Text.ShouldContain("เปลี่ยน 7 ช่อง");
        (await browser.SubmitAsync(preview, "main form", ("good", "false"))).Status.ShouldBe(HttpStatusCode.OK);
        await using var session = web.Data.As(topic.Recorder);
        var sheet = await session.Get<SubmissionQueries>().FindAnnualSheetAsync(topic.Key, CancellationToken.None);
        sheet.ShouldNotBeNull().Warnings.ShouldBe(0);
        sheet.BlockingIssues.ShouldBe(0);
        foreach (
            var stored in new[] { "\"share\": 7", "\"opens\": \"08:30", "\"small\", \"big\"", "\"agreed\": \"OK\"" }
        )
        {
            sheet.Answers.ShouldContain(stored);
        }
        using var again = await DownloadAsync(browser, topic);
        (await SendAsync(browser, topic, again.Save())).Text.ShouldContain("ไม่มีอะไรเปลี่ยน");
    }

    [Fact]
    public async Task Annual_WithAChoiceThatTheOthersRuleOut_NamesTheCell()
    {
        var web = await TestWeb.OpenAsync();
        var (topic, browser) = await OpenEveryTypeAsync(web);
        using var book = await DownloadAsync(browser, topic);
        Fill(book, ("size", "ใหญ่"), ("thing", "ถ้วย"), ("opens", "เช้า"));

        var preview = await SendAsync(browser, topic, book.Save());

        preview.Text.ShouldContain("มีข้อผิดพลาด 2 แห่ง");
        preview.Text.ShouldContain($"{Page}!{book.ColumnOf(Page, "@answer")}{book.RowOf(Page, "thing")}");
        preview.Text.ShouldContain($"{Page}!{book.ColumnOf(Page, "@answer")}{book.RowOf(Page, "opens")}");
    }

    private static void Fill(FilledWorkbook book, params (string Question, string Text)[] cells)
    {
        foreach (var (question, text) in cells)
        {
            book.Type(Page, book.ColumnOf(Page, "@answer"), book.RowOf(Page, question), text);
        }
    }

    private static async Task<(TestTopic Topic, TestBrowser Browser)> OpenEveryTypeAsync(TestWeb web)
    {
        var other = await web.Data.CreateAnnualTopicAsync();
        var formId = await web.Data.PublishFormAsync("annual", EveryTypeSurvey);
        var round = await web.Data.OpenRoundAsync([formId], [other.Lao]);
        var key = await web.Data.SubmissionOfAsync(round, other.Lao, formId);
        var topic = other with { FormId = formId, Round = round, Key = key };
        return (topic, await web.SignInAsync(topic.Recorder));
    }

    [Fact]
    public async Task Annual_AgainstAFactOfAnotherForm_WarnsAtTheCellAndIsStored()
    {
        var web = await TestWeb.OpenAsync();
        var roads = await web.Data.CreateAnnualTopicAsync();
        await roads.SaveAsync(roads.Recorder, TestTopic.Fields(("roads", "4")));
        (await roads.SubmitAsync()).ShouldBeEmpty();
        var topic = await FactRuleTests.CreateTopicAboutAsync(web.Data, roads);
        using var browser = await web.SignInAsync(topic.Recorder);
        using var book = await DownloadAsync(browser, topic);
        var cell = book.ColumnOf(Page, "@answer") + book.RowOf(Page, "length");
        book.Type(Page, book.ColumnOf(Page, "@answer"), book.RowOf(Page, "length"), 9);

        var preview = await SendAsync(browser, topic, book.Save());

        preview.Text.ShouldContain($"{Page}!{cell}");
        preview.Text.ShouldContain("เกิน");
        var stored = await browser.SubmitAsync(preview, "main form", ("good", "false"));
        stored.Heading.ShouldBe("บันทึกข้อมูลจาก Excel แล้ว");
        await using var session = web.Data.As(topic.Recorder);
        var sheet = await session.Get<SubmissionQueries>().FindAnnualSheetAsync(topic.Key, CancellationToken.None);
        sheet.ShouldNotBeNull().Warnings.ShouldBe(1);
    }

    [Fact]
    public async Task Annual_ChangedMeanwhile_ShowsBothValuesAndOverwritesNothing()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        var first = await topic.SaveAsync(topic.Recorder, TestTopic.Fields(("roads", "1"), ("bridges", "1")));
        using var browser = await web.SignInAsync(topic.Recorder);
        using var book = await DownloadAsync(browser, topic);
        await topic.SaveAsync(topic.SecondRecorder, TestTopic.Fields(("roads", "7")), first.SheetId, first.Revision);
        var answer = book.ColumnOf(Page, "@answer");
        book.Type(Page, answer, book.RowOf(Page, "roads"), 5);
        book.Type(Page, answer, book.RowOf(Page, "bridges"), 2);

        var preview = await SendAsync(browser, topic, book.Save());

        preview.Text.ShouldContain("ค่าที่บันทึกอยู่คือ “7” ค่าในไฟล์คือ “5”");
        await browser.SubmitAsync(preview, "main form", ("good", "true"));
        using var again = await DownloadAsync(browser, topic);
        again.Text(Page, answer + again.RowOf(Page, "roads")).ShouldBe("7");
        again.Text(Page, answer + again.RowOf(Page, "bridges")).ShouldBe("2");
    }

    [Fact]
    public async Task Register_WithNewLines_GivesThemNumbers()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        await topic.AddConfirmedRecordAsync("รายการเดิม");
        using var browser = await web.SignInAsync(topic.Recorder);
        using var book = await DownloadAsync(browser, topic);
        var (title, years) = (book.ColumnOf(Lines, "title"), book.ColumnOf(Lines, "years"));
        var old = book.RowOf(Lines, "รายการเดิม");
        book.Type(Lines, years, old, 9);
        book.Type(Lines, title, old + 1, "รายการใหม่");
        book.Type(Lines, years, old + 1, 4);
        book.Type(Lines, title, old + 2, "รายการผิด");
        book.Type(Lines, years, old + 2, 0);

        var preview = await SendAsync(browser, topic, book.Save());
        preview.Text.ShouldContain($"{Lines}!{years}{old + 2}");
        var stored = await browser.SubmitAsync(preview, "main form", ("good", "true"));

        stored.Text.ShouldContain("ไม่ได้บันทึก 1 แห่ง");
        using var again = await DownloadAsync(browser, topic);
        again.Text(Lines, years + again.RowOf(Lines, "รายการเดิม")).ShouldBe("9");
        again.Text(Lines, years + again.RowOf(Lines, "รายการใหม่")).ShouldBe("4");
        again.Text(Lines, again.ColumnOf(Lines, "@mark") + again.RowOf(Lines, "รายการใหม่")).ShouldEndWith("-002");
        again.LastRow(Lines).ShouldBe(old + 1);
    }

    [Fact]
    public async Task Officer_FillsInForItsLaos_AsMarkedDraftsThatItCannotSubmit()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        await topic.AddConfirmedRecordAsync("รายการเดิม");
        using var browser = await web.SignInAsync(topic.Officer);
        using var book = await DownloadAsync(browser, topic);
        book.Type(Lines, book.ColumnOf(Lines, "years"), book.RowOf(Lines, "รายการเดิม"), 8);

        var preview = await SendAsync(browser, topic, book.Save());
        await browser.SubmitAsync(preview, "main form", ("good", "false"));

        var overview = await browser.GetAsync(
            new SubmissionPath(topic.Lao.UnitId, topic.FormId, topic.Round.Request.FiscalYear).Overview
        );
        overview.Text.ShouldContain("ฉบับร่าง");
        overview.Document.QuerySelector("a[href$='/submit']").ShouldBeNull();
    }

    [Fact]
    public async Task Upload_OfSomebodyElse_IsNotFound()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        using var browser = await web.SignInAsync(topic.Recorder);
        using var book = await DownloadAsync(browser, topic);
        book.Type(Page, book.ColumnOf(Page, "@answer"), book.RowOf(Page, "roads"), 12);
        var preview = await SendAsync(browser, topic, book.Save());
        var other = await web.Data.CreateAnnualTopicAsync();

        using var colleague = await web.SignInAsync(topic.SecondRecorder);
        (await colleague.GetAsync(preview.Path)).Status.ShouldBe(HttpStatusCode.NotFound);
        using var stranger = await web.SignInAsync(other.Recorder);
        (await stranger.GetAsync(preview.Path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.GetAsync(Address(topic))).Status.ShouldBe(HttpStatusCode.NotFound);
        using var certifier = await web.SignInAsync(topic.Certifier);
        (await certifier.GetAsync(Address(topic))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Upload_OfAnotherLaosWorkbook_SaysThatItsLinesAreNotInScope()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        var other = await web.Data.CreateAnnualTopicAsync();
        using var browser = await web.SignInAsync(topic.Recorder);
        using var stranger = await web.SignInAsync(other.Recorder);
        using var book = await DownloadAsync(stranger, other);

        var page = await SendAsync(browser, topic, book.Save());

        page.Text.ShouldContain("หัวข้อหรือปีงบประมาณอื่น");
    }

    [Fact]
    public async Task Upload_WhenItIsSubmittedAlready_StoresNothingAndSaysWhy()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        await topic.SaveAsync(topic.Recorder, TestTopic.Fields(("roads", "1")));
        (await topic.SubmitAsync()).ShouldBeEmpty();
        using var browser = await web.SignInAsync(topic.Recorder);
        using var book = await DownloadAsync(browser, topic);
        book.Type(Page, book.ColumnOf(Page, "@answer"), book.RowOf(Page, "roads"), 99);

        var preview = await SendAsync(browser, topic, book.Save());
        var refused = await browser.SubmitAsync(preview, "main form", ("good", "true"));

        refused.Text.ShouldContain("ไม่ได้บันทึก 1 แห่ง");
        (await topic.StateAsync()).ShouldBe(SubmissionState.Recorded);
    }

    [Theory]
    [InlineData("no workbook at all", "ไม่ใช่ไฟล์ Excel")]
    [InlineData("PK\u0003\u0004 broken", "ไฟล์")]
    [InlineData("", "ไฟล์ไม่มีข้อมูล")]
    public async Task Upload_OfSomethingElse_IsRefusedWithASentence(string content, string sentence)
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        using var browser = await web.SignInAsync(topic.Recorder);

        var page = await SendAsync(browser, topic, Encoding.UTF8.GetBytes(content));

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Errors.ShouldHaveSingleItem().Message.ShouldContain(sentence);
    }
}

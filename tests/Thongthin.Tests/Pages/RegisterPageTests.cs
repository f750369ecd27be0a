using System.Net;
using Thongthin.Features.Submissions;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Pages;

/// <summary>The recorder's path through a register: add, confirm, remove, bring back, carry, nil, submit, recall.</summary>
public sealed class RegisterPageTests
{
    private const string Entry = "form#entry";
    private const string Add = "form[action='?handler=Add']";

    [Fact]
    public async Task Overview_WhenEmpty_OffersToAddOrToDeclareNil()
    {
        var (web, topic) = await CreateAsync();
        using var browser = await web.SignInAsync(topic.Recorder);

        var page = await browser.GetAsync(PageAddress.Of(topic).Overview);

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.ShouldContain("ยังไม่มีรายการในปีนี้");
        page.Document.QuerySelector(Add).ShouldNotBeNull();
        page.Document.QuerySelector($"a[href='{PageAddress.Of(topic).Nil}']").ShouldNotBeNull();
        page.Text.ShouldContain("ครบกำหนดวันพุธที่ 29 มกราคม 2563 เหลืออีก 14 วัน");
    }

    [Fact]
    public async Task Add_PressedTwice_MakesOneRecord()
    {
        var (web, topic) = await CreateAsync();
        using var browser = await web.SignInAsync(topic.Recorder);
        var overview = await browser.GetAsync(PageAddress.Of(topic).Overview);

        var first = await browser.SubmitAsync(overview, Add);
        var second = await browser.SubmitAsync(overview, Add);

        first.Path.ShouldBe(second.Path);
        first.Path.ShouldStartWith(PageAddress.Of(topic).Overview + "/records/");
        var after = await browser.GetAsync(PageAddress.Of(topic).Overview);
        after.Document.QuerySelectorAll(".record").Length.ShouldBe(1);
    }

    [Fact]
    public async Task Confirm_WhenSomethingIsMissing_LeadsToTheField_AndAfterCorrectionConfirms()
    {
        var (web, topic) = await CreateAsync();
        using var browser = await web.SignInAsync(topic.Recorder);
        var record = await browser.SubmitAsync(await browser.GetAsync(PageAddress.Of(topic).Overview), Add);
        record.Errors.ShouldBeEmpty();

        var check = await browser.SubmitAsync(record, Entry, ("f.title", "รายการหนึ่ง"), ("_do", "confirm"));

        check.PathAndQuery.ShouldEndWith("?check=1");
        check.Errors.ShouldHaveSingleItem().Field.ShouldBe("years");
        check.Document.GetElementById("years")!.GetAttribute("aria-invalid").ShouldBe("true");
        ValueOf(check, "title").ShouldBe("รายการหนึ่ง");

        var overview = await browser.SubmitAsync(check, Entry, ("f.years", "3"), ("_do", "confirm"));

        overview.Path.ShouldBe(PageAddress.Of(topic).Overview);
        overview.TextOf(".record").ShouldContain("รายการหนึ่ง");
        overview.TextOf(".record").ShouldContain("ยืนยันแล้ว");
        overview.TextOf(".notice-success").ShouldContain("ยืนยันรายการแล้ว");
    }

    [Fact]
    public async Task Submit_WhenNotComplete_ListsWhatIsMissingWithLinks_AndWhenCompleteRecords()
    {
        var (web, topic) = await CreateAsync();
        using var browser = await web.SignInAsync(topic.Recorder);
        var record = await browser.SubmitAsync(await browser.GetAsync(PageAddress.Of(topic).Overview), Add);
        await browser.SubmitAsync(record, Entry, ("f.title", "รายการหนึ่ง"));

        var submit = await browser.GetAsync(PageAddress.Of(topic).Submit);
        var refused = await browser.SubmitAsync(submit);

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var links = refused.Document.QuerySelectorAll(".error-summary a").Select(a => a.GetAttribute("href")!).ToList();
        links.ShouldContain(record.Path + "?check=1#years");
        (await topic.StateAsync()).ShouldBe(SubmissionState.InProgress);

        var fixedPage = await browser.GetAsync(links.Single(link => link.EndsWith("#years", StringComparison.Ordinal)));
        await browser.SubmitAsync(fixedPage, Entry, ("f.years", "3"), ("_do", "confirm"));
        var ready = await browser.GetAsync(PageAddress.Of(topic).Submit);
        var done = await browser.SubmitAsync(ready);
        var twice = await browser.SubmitAsync(ready);

        done.TextOf(".notice-success").ShouldContain("ส่งข้อมูลแล้ว");
        twice.Status.ShouldBe(HttpStatusCode.OK);
        twice.TextOf(".notice-success").ShouldContain("ส่งไปแล้ว");
        (await topic.StateAsync()).ShouldBe(SubmissionState.Recorded);
        done.Text.ShouldContain("รอผู้รับรองอ่านและรับรอง");
    }

    [Fact]
    public async Task Nil_AsksOnce_DeclaresAndIsSafeTwice()
    {
        var (web, topic) = await CreateAsync();
        using var browser = await web.SignInAsync(topic.Recorder);

        var question = await browser.GetAsync(PageAddress.Of(topic).Nil);
        question.Text.ShouldContain("ปีงบประมาณ 2563");
        var done = await browser.SubmitAsync(question);
        var twice = await browser.SubmitAsync(question);

        done.Text.ShouldContain("แจ้งแล้วว่าปีนี้ไม่มีข้อมูล");
        twice.Status.ShouldBe(HttpStatusCode.OK);
        (await topic.StateAsync()).ShouldBe(SubmissionState.Recorded);
    }

    [Fact]
    public async Task Nil_WhileARecordIsInForce_IsRefusedWithItsNumber()
    {
        var (web, topic) = await CreateAsync();
        using var browser = await web.SignInAsync(topic.Recorder);
        var question = await browser.GetAsync(PageAddress.Of(topic).Nil);
        await topic.AddConfirmedRecordAsync();

        var refused = await browser.SubmitAsync(question);

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Errors[0].Message.ShouldContain("1");
        (await topic.StateAsync()).ShouldBe(SubmissionState.InProgress);
    }

    [Fact]
    public async Task Remove_NeedsAReason_AndCanBeUndone()
    {
        var (web, topic) = await CreateAsync();
        var (record, _) = await topic.AddConfirmedRecordAsync("รายการที่จะนำออก");
        using var browser = await web.SignInAsync(topic.Recorder);

        var question = await browser.GetAsync(PageAddress.Of(topic).RemoveRecord(record));
        question.Text.ShouldContain("รายการที่จะนำออก");
        var refused = await browser.SubmitAsync(question);
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Errors.ShouldHaveSingleItem().Field.ShouldBe("Reason");

        var removed = await browser.SubmitAsync(refused, "main form", ("phrase", "remove.phrase.duplicate"));
        removed.TextOf("main details").ShouldContain("นำออกแล้ว");

        var restored = await browser.SubmitAsync(removed, "form[action='?handler=Restore']");
        restored.TextOf(".record").ShouldContain("ฉบับร่าง");
    }

    [Fact]
    public async Task Carried_RecordOfAnEarlierYear_IsShownUntilConfirmed()
    {
        var (web, topic) = await CreateAsync();
        var (record, _) = await topic.AddConfirmedRecordAsync("ความตกลงเดิม");
        var next = await web.Data.OpenNextYearAsync(topic, 2564);
        using var browser = await web.SignInAsync(topic.Recorder);

        var overview = await browser.GetAsync(PageAddress.Of(next).Overview);
        overview.Text.ShouldContain("รายการจากปีก่อนที่ยังไม่ได้ยืนยัน (1)");

        // The button's formaction is the address that the form goes to.
        overview.Form("form:has(button[formaction='?handler=Carry'])").SetAttribute("action", "?handler=Carry");
        var opened = await browser.SubmitAsync(overview, "form[action='?handler=Carry']");
        opened.Path.ShouldBe(PageAddress.Of(next).Record(record));
        opened.Text.ShouldContain("ปีงบประมาณ 2563: ความตกลงเดิม");
        ValueOf(opened, "title").ShouldBe("ความตกลงเดิม");
        var confirmed = await browser.SubmitAsync(opened, Entry, ("_do", "confirm"));
        confirmed.TextOf(".record").ShouldContain("ยืนยันแล้ว");
    }

    [Fact]
    public async Task Recall_BringsItBackAndSaysSo()
    {
        var (web, topic) = await CreateAsync();
        await topic.BringToAsync(SubmissionState.Recorded);
        using var browser = await web.SignInAsync(topic.Recorder);

        var back = await browser.SubmitAsync(await browser.GetAsync(PageAddress.Of(topic).Recall));

        back.TextOf(".notice-success").ShouldContain("ดึงกลับแล้ว");
        (await topic.StateAsync()).ShouldBe(SubmissionState.InProgress);
        (await browser.GetAsync(PageAddress.Of(topic).Recall)).Path.ShouldBe(PageAddress.Of(topic).Overview);
    }

    [Fact]
    public async Task Record_ThatDoesNotExist_IsNotFound()
    {
        var (web, topic) = await CreateAsync();
        using var browser = await web.SignInAsync(topic.Recorder);

        var page = await browser.GetAsync(PageAddress.Of(topic).Record(Guid.CreateVersion7()));

        page.Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<(TestWeb Web, TestTopic Topic)> CreateAsync()
    {
        var web = await TestWeb.OpenAsync();
        return (web, await web.Data.CreateRegisterTopicAsync());
    }

    private static string? ValueOf(TestPage page, string path) =>
        page.Document.GetElementById(path)?.GetAttribute("value");
}

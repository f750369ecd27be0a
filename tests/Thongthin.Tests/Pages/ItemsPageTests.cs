using System.Net;
using Thongthin.Features.Submissions.Items;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Pages;

/// <summary>The page of all items of a catalogue, without scripts: filter, open, answer many, undo, submit.</summary>
public sealed class ItemsPageTests
{
    private static readonly CancellationToken Token = CancellationToken.None;

    [Fact]
    public async Task Overview_CountsByArea_AndLeadsToTheItems()
    {
        var (web, topic) = await CreateAsync();
        using var browser = await web.SignInAsync(topic.Recorder);

        var page = await browser.GetAsync(PageAddress.Of(topic).Overview);

        page.Text.ShouldContain("ตอบแล้ว 0 จาก 3 รายการ");
        page.Document.QuerySelectorAll("tbody tr").Length.ShouldBe(2);
        page.Document.QuerySelector($"a[href='{PageAddress.Of(topic).Items}']").ShouldNotBeNull();
        page.Text.ShouldNotContain("เพิ่มรายการ");
    }

    [Fact]
    public async Task AnswerMany_OfTickedItems_SaysHowMany_AndUndoTakesItBack()
    {
        var (web, topic) = await CreateAsync();
        using var browser = await web.SignInAsync(topic.Recorder);
        var page = await browser.GetAsync(PageAddress.Of(topic).Items);
        page.Document.QuerySelectorAll("#items button[name=choice]")
            .Select(b => b.GetAttribute("value"))
            .ShouldBe(["not_received", "not_applicable", ""]);

        var answered = await browser.SubmitAsync(
            page,
            "#items",
            ("Codes", "1-01"),
            ("Codes", "2-01"),
            ("choice", "not_received")
        );

        answered.TextOf(".notice-success").ShouldContain("ตอบและยืนยันแล้ว 2 รายการ");
        answered.Text.ShouldContain("ตอบแล้ว 2 จาก 3 รายการ");
        answered.TextOf("#item-1-01").ShouldContain("ไม่ได้รับ");
        answered
            .Form("form.notice")
            .SetAttribute("action", answered.Document.QuerySelector("form.notice button")!.GetAttribute("formaction")!);
        var undone = await browser.SubmitAsync(answered, "form.notice");
        undone.TextOf(".notice-success").ShouldContain("เรียกคืนแล้ว 2 รายการ");
        undone.Text.ShouldContain("ตอบแล้ว 0 จาก 3 รายการ");
    }

    [Fact]
    public async Task AnswerMany_WithNothingTicked_SaysSo()
    {
        var (web, topic) = await CreateAsync();
        using var browser = await web.SignInAsync(topic.Recorder);
        var page = await browser.GetAsync(PageAddress.Of(topic).Items);

        var refused = await browser.SubmitAsync(page, "#items", ("choice", "not_received"));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Errors.ShouldHaveSingleItem().Message.ShouldContain("ยังไม่ได้เลือกรายการ");
    }

    [Theory]
    [InlineData("q=ประปา", new[] { "1-02" })]
    [InlineData("q=child", new[] { "2-01" })]
    [InlineData("area=1", new[] { "1-01", "1-02" })]
    [InlineData("state=answered", new[] { "1-01" })]
    [InlineData("state=unanswered&area=1", new[] { "1-02" })]
    [InlineData("q=nothing", new string[0])]
    public async Task Filter_ShowsWhatMatches(string query, string[] codes)
    {
        var (web, topic) = await CreateAsync();
        await AnswerAsync(topic, ["1-01"], "not_received");
        using var browser = await web.SignInAsync(topic.Recorder);

        var page = await browser.GetAsync(PageAddress.Of(topic).Items + "?" + query);

        page.Document.QuerySelectorAll(".item").Select(i => i.Id).ShouldBe(codes.Select(code => "item-" + code));
        page.Text.ShouldContain("ตอบแล้ว 1 จาก 3 รายการ");
    }

    [Fact]
    public async Task Open_LeadsToTheItemsOwnPage_WithWhatTheItemIs_AndConfirmingLeadsBack()
    {
        var (web, topic) = await CreateAsync();
        using var browser = await web.SignInAsync(topic.Recorder);
        var page = await browser.GetAsync(PageAddress.Of(topic).Items);
        page.Form("#items").SetAttribute("action", "?handler=Open");

        var item = await browser.SubmitAsync(page, "#items", ("code", "1-01"));

        item.Document.QuerySelector("h1")!.TextContent.ShouldBe("ถนน");
        item.Text.ShouldContain("กรมสมมติ");
        item.Text.ShouldContain("กม.");
        var done = await browser.SubmitAsync(
            item,
            "#entry",
            ("f.received", "received"),
            ("f.quantity", "12"),
            ("f.status", "running"),
            ("_do", "confirm")
        );
        done.Path.ShouldBe(PageAddress.Of(topic).Items);
        done.TextOf("#item-1-01").ShouldContain("ตอบแล้ว");
    }

    [Fact]
    public async Task History_TellsEveryChangeOfThePropertiesOverTheYears()
    {
        var (web, topic) = await CreateAsync();
        using var browser = await web.SignInAsync(topic.Recorder);
        var page = await browser.GetAsync(PageAddress.Of(topic).Items);
        page.Form("#items").SetAttribute("action", "?handler=Open");
        var item = await browser.SubmitAsync(page, "#items", ("code", "1-01"));
        item.Document.QuerySelector("#record-history").ShouldBeNull();
        (string, string?)[] running = [("f.received", "received"), ("f.quantity", "12"), ("f.status", "running")];
        await browser.SubmitAsync(item, "#entry", [.. running, ("_do", "confirm")]);
        var next = await web.Data.OpenNextYearAsync(topic, 2564);
        await AnswerAsync(next, ["1-01"], null);
        var record = Assert.Single(await ItemsAsync(next), i => i.Code == "1-01").RecordId!.Value;
        var carried = await browser.GetAsync(PageAddress.Of(next).Record(record));

        await browser.SubmitAsync(carried, "#entry", ("f.status", "cancelled"), ("f.reason", "น้ำท่วม"));

        var changes = (await browser.GetAsync(PageAddress.Of(next).Record(record))).Document.QuerySelectorAll(
            ".history li"
        );
        changes.Length.ShouldBe(2);
        changes[0].TextContent.ShouldContain("2564");
        changes[0].TextContent.ShouldContain("ยกเลิก");
        changes[0].TextContent.ShouldContain("น้ำท่วม");
        changes[1].TextContent.ShouldContain("2563");
        changes[1].TextContent.ShouldContain("ดำเนินการ");
    }

    [Fact]
    public async Task Submit_WhenItemsAreMissing_LinksToEach()
    {
        var (web, topic) = await CreateAsync();
        await AnswerAsync(topic, ["1-01", "1-02"], "not_received");
        using var browser = await web.SignInAsync(topic.Recorder);

        var refused = await browser.SubmitAsync(await browser.GetAsync(PageAddress.Of(topic).Submit));

        refused
            .Document.QuerySelectorAll(".error-summary a")
            .Select(a => a.GetAttribute("href"))
            .ShouldBe([PageAddress.Of(topic).Items + "#item-2-01"]);
    }

    [Fact]
    public async Task Items_ForAnOfficer_CanBeReadAndOpened_ButNotAnsweredTogether()
    {
        var (web, topic) = await CreateAsync();
        using var browser = await web.SignInAsync(topic.Officer);

        var page = await browser.GetAsync(PageAddress.Of(topic).Items);

        page.Document.QuerySelectorAll(".item").Length.ShouldBe(3);
        page.Document.QuerySelectorAll("input[type=checkbox]").ShouldBeEmpty();
        page.Document.QuerySelectorAll("button[name=choice]").ShouldBeEmpty();
    }

    [Fact]
    public async Task Items_OfARegister_AreNotThere()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        using var browser = await web.SignInAsync(topic.Recorder);

        (await browser.GetAsync(PageAddress.Of(topic).Items)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Records_AreSearchedFilteredAndSorted()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        foreach (var name in (string[])["ขอนแก่น", "เชียงใหม่", "กรุงเทพ", "แพร่", "น่าน", "ลำปาง"])
        {
            await topic.AddConfirmedRecordAsync(name);
        }
        using var browser = await web.SignInAsync(topic.Recorder);

        (await NamesAsync("sort=name")).ShouldBe(["กรุงเทพ", "ขอนแก่น", "เชียงใหม่", "น่าน", "แพร่", "ลำปาง"]);
        (await NamesAsync("q=แพร่")).ShouldBe(["แพร่"]);
        (await NamesAsync("state=draft")).ShouldBeEmpty();
        (await NamesAsync("")).Count.ShouldBe(6);

        async Task<List<string>> NamesAsync(string query)
        {
            var page = await browser.GetAsync(PageAddress.Of(topic).Overview + "?" + query);
            return [.. page.Document.QuerySelectorAll(".record h3").Select(h => h.TextContent.Trim())];
        }
    }

    private static async Task<(TestWeb Web, TestTopic Topic)> CreateAsync()
    {
        var web = await TestWeb.OpenAsync();
        return (web, await web.Data.CreateCatalogueTopicAsync());
    }

    private static async Task AnswerAsync(TestTopic topic, string[] codes, string? choice)
    {
        await using var session = topic.Data.As(topic.Recorder);
        await session
            .Get<AnswerItems>()
            .ExecuteAsync(session.Actor, topic.Key, codes, choice, Guid.CreateVersion7(), Token);
    }

    private static async Task<IReadOnlyList<ItemRow>> ItemsAsync(TestTopic topic)
    {
        await using var session = topic.Data.As(topic.Recorder);
        return await session.Get<ItemQueries>().ListAsync(topic.Key, "received", Token);
    }
}

using Thongthin.Features.Submissions;
using Thongthin.Forms.Answers;
using Thongthin.Tests.Support;
using static Thongthin.Tests.Support.TestTopic;

namespace Thongthin.Tests.Submissions;

/// <summary>What a recorder says about last year's values: confirmed as they were, or why they moved; and rows inside rows.</summary>
public sealed class RemarkTests
{
    private const string Survey = """
        | survey |
        | | type | name | label::th | label::en | unit::th | unit::en | yoy_bound |
        | | begin_group | ways | ทาง | Ways | | | |
        | | integer | roads | ถนน | Roads | กม. | km | 10% |
        | | integer | bridges | สะพาน | Bridges | แห่ง | bridges | |
        | | end_group | | | | | | |
        | | begin_repeat | village | หมู่บ้าน | Village | | | |
        | | text | village_name | ชื่อ | Name | | | |
        | | begin_repeat | well | บ่อน้ำ | Well | | | |
        | | integer | depth | ลึก | Depth | ม. | m | |
        | | end_repeat | | | | | | |
        | | end_repeat | | | | | | |
        """;

    [Fact]
    public async Task Remarks_AreShownSavedAndDroppedByTheNextYear()
    {
        var (first, next) = await TwoYearsAsync();
        using var browser = await (await TestWeb.OpenAsync()).SignInAsync(first.Recorder);
        var address = new SubmissionPath(next.Key.LaoId, next.FormId, 2564).Answers;

        var page = await browser.GetAsync(address);
        page.Document.QuerySelector("[name='f._same_roads']").ShouldNotBeNull();
        page.Document.QuerySelector("[data-unconfirmed=ways]")!.TextContent.ShouldContain("2");
        page.Document.QuerySelector("[data-path=roads] [data-reason]")!.HasAttribute("hidden").ShouldBeTrue();

        // Everything of the part as last year, without scripts.
        page = await browser.SubmitAsync(page, "#entry", ("_same", "ways"));
        page.Document.QuerySelector("[name='f._same_roads']")!.HasAttribute("checked").ShouldBeTrue();
        page.Document.QuerySelector("[data-unconfirmed=ways]")!.HasAttribute("hidden").ShouldBeTrue();

        // A jump beyond the bound asks why, and never blocks.
        page = await browser.SubmitAsync(page, "#entry", ("f.roads", "50"), ("_do", "save"));
        page.Document.QuerySelector("[data-path=roads] [data-reason]")!.HasAttribute("hidden").ShouldBeFalse();
        page.Document.QuerySelector("#roads-warning").ShouldNotBeNull();
        page = await browser.SubmitAsync(page, "#entry", ("f._why_roads", "รับโอนถนนจากทางหลวงชนบท"), ("_do", "save"));
        page.Document.QuerySelector("[name='f._why_roads']")!.GetAttribute("value").ShouldBe("รับโอนถนนจากทางหลวงชนบท");
        page.Document.QuerySelector("#roads-warning").ShouldBeNull();
        (await next.SubmitAsync()).ShouldBeEmpty();
        var review = await browser.GetAsync(new SubmissionPath(next.Key.LaoId, next.FormId, 2564).Review);
        review.Text.ShouldContain("รับโอนถนนจากทางหลวงชนบท");

        var third = await next.Data.OpenNextYearAsync(next, 2565);
        var fresh = await browser.GetAsync(new SubmissionPath(third.Key.LaoId, third.FormId, 2565).Answers);
        fresh.Document.QuerySelector("[name='f._same_roads']")!.HasAttribute("checked").ShouldBeFalse();
        fresh.Document.QuerySelector("[name='f._why_roads']")!.GetAttribute("value").ShouldBe("");
    }

    [Fact]
    public async Task RowsInsideRows_AreAddedAndRemovedWithoutScripts()
    {
        var (first, _) = await TwoYearsAsync();
        using var browser = await (await TestWeb.OpenAsync()).SignInAsync(first.Recorder);
        var address = new SubmissionPath(first.Key.LaoId, first.FormId, 2563).Answers;
        var page = await browser.SubmitAsync(await browser.GetAsync(address), "#entry", ("_add", "village"));
        var village = page.Document.QuerySelector("#village > [data-row]")!.Id!;
        page = await browser.SubmitAsync(page, "#entry", ("_add", $"{village}.well"));
        page = await browser.SubmitAsync(page, "#entry", ("_add", $"{village}.well"));
        var wells = page
            .Document.QuerySelectorAll($"[id='{village}.well'] > [data-row]")
            .Select(row => row.Id!)
            .ToList();
        wells.Count.ShouldBe(2);

        page = await browser.SubmitAsync(
            page,
            "#entry",
            ($"f.{wells[0]}.depth", "12"),
            ($"f.{wells[1]}.depth", "x"),
            ("_do", "save")
        );
        page.Document.GetElementById(wells[0] + ".depth")!.GetAttribute("value").ShouldBe("12");
        page.Document.GetElementById(wells[1] + ".depth-error").ShouldNotBeNull();

        page = await browser.SubmitAsync(page, "#entry", ("_remove", wells[1]));
        page.Document.QuerySelectorAll($"[id='{village}.well'] > [data-row]").Length.ShouldBe(1);
        (await first.SubmitAsync()).ShouldBeEmpty();
        page = await browser.GetAsync(new SubmissionPath(first.Key.LaoId, first.FormId, 2563).Review);
        page.Text.ShouldContain("12");
        AnswerPath.Parse(wells[0])!.Rows.Count.ShouldBe(2);
    }

    private static async Task<(TestTopic First, TestTopic Next)> TwoYearsAsync()
    {
        var data = await TestData.OpenAsync();
        var first = await data.CreateTopicAsync(await data.PublishFormAsync("annual", Survey));
        var next = await data.OpenNextYearAsync(first, 2564);
        await first.SaveAsync(first.Recorder, Fields(("roads", "12"), ("bridges", "3")));
        return (first, next);
    }
}

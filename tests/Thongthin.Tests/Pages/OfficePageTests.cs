using System.Net;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Pages;

/// <summary>The officers' path: home, the list, reading, returning with a reason; who may not.</summary>
public sealed class OfficePageTests
{
    [Fact]
    public async Task Home_OfTheDistrict_ShowsCountsAndWhatCameIn()
    {
        var (web, topic) = await CreateAsync(SubmissionState.Recorded);
        using var browser = await web.SignInAsync(topic.Officer);

        var page = await browser.GetAsync("/");

        page.Text.ShouldContain(topic.Round.Request.TitleTh);
        page.Text.ShouldContain("เรียบร้อยแล้ว 0 จาก 1 แห่ง ร้อยละ 0.00");
        page.Document.QuerySelector($"a[href='{PageAddress.Of(topic).Review}']").ShouldNotBeNull();
    }

    [Fact]
    public async Task List_Filtered_ShowsOnlyWhatFits()
    {
        var (web, topic) = await CreateAsync(SubmissionState.InProgress);
        var other = await web.Data.CreateLaoAsync(topic.District);
        await web.Data.OpenRoundAsync([topic.FormId], [other]);
        using var browser = await web.SignInAsync(topic.Officer);

        var all = await browser.GetAsync("/submissions");
        var notStarted = await browser.GetAsync("/submissions?state=not_started");
        var named = await browser.GetAsync("/submissions?q=" + Uri.EscapeDataString(topic.Lao.NameTh));
        var nothing = await browser.GetAsync("/submissions?state=certified");

        all.Document.QuerySelectorAll("tbody tr").Length.ShouldBe(2);
        notStarted.TextOf("tbody").ShouldContain(other.NameTh);
        notStarted.TextOf("tbody").ShouldNotContain(topic.Lao.NameTh);
        named.Document.QuerySelectorAll("tbody tr").Length.ShouldBe(1);
        nothing.Text.ShouldContain("ไม่มีรายการตรงกับที่เลือก");
    }

    [Fact]
    public async Task Return_WithPhrasesAndFields_ReachesTheRecorderWithLinks()
    {
        var (web, topic) = await CreateAsync(SubmissionState.Recorded);
        using var browser = await web.SignInAsync(topic.Officer);
        var page = await browser.GetAsync(PageAddress.Of(topic).Return);
        var field = page
            .Document.QuerySelectorAll("input[name='field']")
            .Select(input => input.GetAttribute("value")!)
            .Single(value => value.EndsWith(":years", StringComparison.Ordinal));

        var returned = await browser.SubmitAsync(
            page,
            "main form",
            ("phrase", "return.phrase.evidence"),
            ("Reason", "ดูหน้า 3 ของเอกสาร"),
            ("field", field)
        );

        returned.TextOf(".notice-success").ShouldContain("ส่งกลับให้ อปท. แก้ไขแล้ว");
        (await topic.StateAsync()).ShouldBe(SubmissionState.Returned);
        using var recorder = await web.SignInAsync(topic.Recorder);
        var home = await recorder.GetAsync("/");
        home.Text.ShouldContain("ข้อมูลไม่ตรงกับเอกสารหลักฐาน ขอให้ตรวจสอบ");
        home.Text.ShouldContain("ดูหน้า 3 ของเอกสาร");
        var overview = await recorder.GetAsync(PageAddress.Of(topic).Overview);
        var link = overview.Document.QuerySelector(".notice-danger a")!.GetAttribute("href")!;
        link.ShouldEndWith("#years");
        (await recorder.GetAsync(link)).Text.ShouldContain("ดูหน้า 3 ของเอกสาร");
    }

    [Fact]
    public async Task Return_WithoutAReason_IsRefusedAndKeepsWhatWasTicked()
    {
        var (web, topic) = await CreateAsync(SubmissionState.Recorded);
        using var browser = await web.SignInAsync(topic.Officer);
        var page = await browser.GetAsync(PageAddress.Of(topic).Return);
        var field = page.Document.QuerySelector("input[name='field']")!.GetAttribute("value")!;

        var refused = await browser.SubmitAsync(page, "main form", ("field", field));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Errors.ShouldHaveSingleItem().Field.ShouldBe("Reason");
        refused.Document.QuerySelector($"input[value='{field}']")!.HasAttribute("checked").ShouldBeTrue();
        (await topic.StateAsync()).ShouldBe(SubmissionState.Recorded);
    }

    [Fact]
    public async Task Return_PressedTwice_SaysThatSomebodyActedFirst()
    {
        var (web, topic) = await CreateAsync(SubmissionState.Recorded);
        using var browser = await web.SignInAsync(topic.Officer);
        var page = await browser.GetAsync(PageAddress.Of(topic).Return);

        await browser.SubmitAsync(page, "main form", ("Reason", "หนึ่ง"));
        var twice = await browser.SubmitAsync(page, "main form", ("Reason", "หนึ่ง"));

        twice.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        twice.Text.ShouldContain("ทำไม่ได้ในสถานะปัจจุบัน");
        twice.Document.QuerySelector("textarea")!.TextContent.Trim().ShouldBe("หนึ่ง");
    }

    [Fact]
    public async Task Review_MarkedByTheOfficer_LeavesTheHomePage()
    {
        var (web, topic) = await CreateAsync(SubmissionState.Recorded);
        using var browser = await web.SignInAsync(topic.Officer);
        var review = await browser.GetAsync(PageAddress.Of(topic).Review);
        review.Text.ShouldContain("รายการสมมติ");

        await browser.SubmitAsync(review);

        (await browser.GetAsync("/"))
            .Document.QuerySelector($"a[href='{PageAddress.Of(topic).Review}']")
            .ShouldBeNull();
        (await browser.GetAsync(PageAddress.Of(topic).Review)).Text.ShouldContain("ตรวจแล้วเมื่อ");
    }

    [Theory]
    [InlineData("", HttpStatusCode.OK)]
    [InlineData("/review", HttpStatusCode.OK)]
    [InlineData("/history", HttpStatusCode.OK)]
    [InlineData("/submit", HttpStatusCode.OK)]
    [InlineData("/nil", HttpStatusCode.OK)]
    [InlineData("/return", HttpStatusCode.OK)]
    [InlineData("/amend", HttpStatusCode.OK)]
    [InlineData("/send-back", HttpStatusCode.OK)]
    [InlineData("/recall", HttpStatusCode.OK)]
    public async Task EveryPage_ForEveryRole_OpensInScopeAndIsNotFoundOutside(string page, HttpStatusCode expected)
    {
        var (web, topic) = await CreateAsync(SubmissionState.Recorded);
        var stranger = await web.Data.CreateRegisterTopicAsync();
        var department = await web.Data.DepartmentAsync();
        var address = PageAddress.Of(topic).Overview + page;
        TestPerson[] insiders =
        [
            topic.Recorder,
            topic.Certifier,
            topic.Officer,
            await web.Data.CreatePersonAsync(topic.Province, Role.Officer),
            await web.Data.CreatePersonAsync(topic.Province, Role.Viewer),
            await web.Data.CreatePersonAsync(department, Role.Administrator),
        ];
        foreach (var person in insiders)
        {
            using var browser = await web.SignInAsync(person);
            (await browser.GetAsync(address)).Status.ShouldBe(expected, $"{person.Role} {person.Unit.Kind}");
        }
        TestPerson[] outsiders =
        [
            stranger.Recorder,
            stranger.Officer,
            await web.Data.CreatePersonAsync(stranger.Province, Role.Officer),
        ];
        foreach (var person in outsiders)
        {
            using var browser = await web.SignInAsync(person);
            (await browser.GetAsync(address)).Status.ShouldBe(
                HttpStatusCode.NotFound,
                $"{person.Role} {person.Unit.Kind}"
            );
        }
    }

    [Fact]
    public async Task Pages_OfTheCertifierAndOfOffices_AreClosedToOthers()
    {
        var (web, topic) = await CreateAsync(SubmissionState.Recorded);
        using var recorder = await web.SignInAsync(topic.Recorder);

        (await recorder.GetAsync("/certification")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await recorder.GetAsync("/certification/confirm")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<(TestWeb Web, TestTopic Topic)> CreateAsync(SubmissionState state)
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        await topic.BringToAsync(state);
        return (web, topic);
    }
}

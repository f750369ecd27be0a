using System.Globalization;
using System.Net;
using AngleSharp.Html.Dom;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Pages;

/// <summary>The entry page without scripts: saving, rows, bad input, conflicts, closed rounds, other people's addresses.</summary>
public sealed class EntryPageTests
{
    private const string Entry = "form#entry";

    private static string PathOf(TestTopic topic) =>
        new SubmissionPath(topic.Lao.UnitId, topic.FormId, topic.Round.Request.FiscalYear).Overview;

    private static string Answers(TestTopic topic) => PathOf(topic) + "/answers";

    [Fact]
    public async Task Post_WhenSaved_ShowsWhatWasTypedAgain()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        using var browser = await web.SignInAsync(topic.Recorder);

        var page = await browser.SubmitAsync(
            await browser.GetAsync(Answers(topic)),
            Entry,
            ("f.roads", "๑๒"),
            ("f.note", "บรรทัดแรก\nบรรทัดสอง"),
            ("f.state", "poor")
        );

        page.Status.ShouldBe(HttpStatusCode.OK);
        Value(page, "roads").ShouldBe("12");
        Value(page, "note").ShouldBe("บรรทัดแรก\nบรรทัดสอง");
        page.Document.QuerySelector("input[name='f.state'][value='poor']")!.HasAttribute("checked").ShouldBeTrue();
        page.TextOf("#save-state").ShouldContain("บันทึกล่าสุด");
        page.Document.GetElementById("twice")!.TextContent.ShouldBe("24");
        (await topic.StateAsync()).ShouldBe(SubmissionState.InProgress);
    }

    [Fact]
    public async Task Post_WhenTextStandsWhereANumberBelongs_KeepsItAndNamesTheField()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        using var browser = await web.SignInAsync(topic.Recorder);

        var page = await browser.SubmitAsync(
            await browser.GetAsync(Answers(topic)),
            Entry,
            ("f.roads", "สิบสอง"),
            ("f.bridges", "3")
        );

        Value(page, "roads").ShouldBe("สิบสอง");
        Value(page, "bridges").ShouldBe("3");
        page.Errors.ShouldHaveSingleItem().Field.ShouldBe("roads");
        page.Errors[0].Message.ShouldContain("จำนวนถนน");
        page.Document.GetElementById("roads")!.GetAttribute("aria-invalid").ShouldBe("true");
        page.Document.GetElementById("roads")!.GetAttribute("aria-describedby")!.ShouldContain("roads-error");
    }

    [Fact]
    public async Task Post_WhenAnAnswerIsTooLong_SavesNothingAndKeepsEverything()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        using var browser = await web.SignInAsync(topic.Recorder);
        var longText = new string('ก', 30_000);

        var page = await browser.SubmitAsync(
            await browser.GetAsync(Answers(topic)),
            Entry,
            ("f.note", longText),
            ("f.roads", "7")
        );

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Value(page, "note").ShouldBe(longText);
        Value(page, "roads").ShouldBe("7");
        page.Errors.ShouldContain(e => e.Field == "note" && e.Message.Contains("หมายเหตุ"));
        (await topic.StateAsync()).ShouldBe(SubmissionState.NotStarted);
        var again = await browser.SubmitAsync(page, Entry, ("f.note", "สั้น"));
        again.Status.ShouldBe(HttpStatusCode.OK);
        Value(again, "roads").ShouldBe("7");
    }

    /// <summary>One is refused and the other is stored and wrong: the summary follows the page all the same.</summary>
    [Fact]
    public async Task Post_WhenComplaintsAreOfDifferentKinds_ListsThemInTheOrderOfTheQuestions()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        using var browser = await web.SignInAsync(topic.Recorder);

        var page = await browser.SubmitAsync(
            await browser.GetAsync(Answers(topic)),
            Entry,
            ("f.roads", "สิบสอง"),
            ("f.bridges", "สาม"),
            ("f.note", new string('ก', 30_000))
        );

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Errors.Select(e => e.Field).ShouldBe(["", "roads", "bridges", "note"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2000)]
    public async Task Post_WhenFieldsAreUnknown_SavesNothingSaysSoAndKeepsTheRest(int count)
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        using var browser = await web.SignInAsync(topic.Recorder);
        var extra = Enumerable.Range(0, count).Select(n => ($"f.unknown_{n}", (string?)"x"));

        var page = await browser.SubmitAsync(
            await browser.GetAsync(Answers(topic)),
            Entry,
            [("f.roads", "7"), .. extra]
        );

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Value(page, "roads").ShouldBe("7");
        page.Errors[0].Message.ShouldContain(count.ToString("N0", CultureInfo.InvariantCulture));
        page.Errors[0].Message.ShouldContain("unknown_0");
        (await topic.StateAsync()).ShouldBe(SubmissionState.NotStarted);
    }

    [Fact]
    public async Task Post_WhenTheFormWasCutOff_SavesNothing()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        using var browser = await web.SignInAsync(topic.Recorder);

        var page = await browser.SubmitAsync(
            await browser.GetAsync(Answers(topic)),
            Entry,
            ("f.roads", "7"),
            ("_end", null)
        );

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Value(page, "roads").ShouldBe("7");
        (await topic.StateAsync()).ShouldBe(SubmissionState.NotStarted);
    }

    [Fact]
    public async Task Post_WhenSomebodyElseChangedTheSameField_ShowsBothValuesAndStoresTheChosenOne()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        await topic.SaveAsync(topic.Recorder, TestTopic.Fields(("roads", "1"), ("bridges", "1")));
        using var mine = await web.SignInAsync(topic.Recorder);
        using var other = await web.SignInAsync(topic.SecondRecorder);
        var myPage = await mine.GetAsync(Answers(topic));
        var otherPage = await other.GetAsync(Answers(topic));
        (await other.SubmitAsync(otherPage, Entry, ("f.roads", "5"), ("f.bridges", "9"))).Status.ShouldBe(
            HttpStatusCode.OK
        );

        var conflict = await mine.SubmitAsync(myPage, Entry, ("f.roads", "7"), ("f.note", "ของฉัน"));

        conflict.Status.ShouldBe(HttpStatusCode.Conflict);
        conflict.TextOf(".conflicts").ShouldContain("7 สาย");
        conflict.TextOf(".conflicts").ShouldContain("5 สาย");
        conflict.TextOf(".conflicts").ShouldContain(topic.SecondRecorder.DisplayName);
        Value(conflict, "note").ShouldBe("ของฉัน");
        Value(conflict, "bridges").ShouldBe("9");

        var saved = await mine.SubmitAsync(conflict, Entry, ("c.roads", "theirs"));

        saved.Status.ShouldBe(HttpStatusCode.OK);
        Value(saved, "roads").ShouldBe("5");
        Value(saved, "note").ShouldBe("ของฉัน");
        Value(saved, "bridges").ShouldBe("9");
    }

    [Fact]
    public async Task Post_WhenTheOwnValueIsChosenInAConflict_StoresIt()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        await topic.SaveAsync(topic.Recorder, TestTopic.Fields(("roads", "1")));
        using var mine = await web.SignInAsync(topic.Recorder);
        using var other = await web.SignInAsync(topic.SecondRecorder);
        var myPage = await mine.GetAsync(Answers(topic));
        await other.SubmitAsync(await other.GetAsync(Answers(topic)), Entry, ("f.roads", "5"));

        var conflict = await mine.SubmitAsync(myPage, Entry, ("f.roads", "7"));
        var saved = await mine.SubmitAsync(conflict, Entry, ("c.roads", "mine"));

        saved.Status.ShouldBe(HttpStatusCode.OK);
        Value(saved, "roads").ShouldBe("7");
    }

    [Fact]
    public async Task Post_WhenTwoPeopleChangeDifferentFields_KeepsBoth()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        await topic.SaveAsync(topic.Recorder, TestTopic.Fields(("roads", "1")));
        using var mine = await web.SignInAsync(topic.Recorder);
        using var other = await web.SignInAsync(topic.SecondRecorder);
        var myPage = await mine.GetAsync(Answers(topic));
        await other.SubmitAsync(await other.GetAsync(Answers(topic)), Entry, ("f.bridges", "5"));

        var saved = await mine.SubmitAsync(myPage, Entry, ("f.roads", "7"));

        saved.Status.ShouldBe(HttpStatusCode.OK);
        Value(saved, "roads").ShouldBe("7");
        Value(saved, "bridges").ShouldBe("5");
    }

    [Fact]
    public async Task Post_AddAndRemoveRow_KeepsWhatWasTypedElsewhere()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        using var browser = await web.SignInAsync(topic.Recorder);

        var added = await browser.SubmitAsync(
            await browser.GetAsync(Answers(topic)),
            Entry,
            ("f.roads", "2"),
            ("_add", "road")
        );
        var row = added.Document.QuerySelector("[data-row]")!.GetAttribute("data-row")!;
        added.Response.RequestMessage!.RequestUri!.Fragment.ShouldContain("road");
        Value(added, "roads").ShouldBe("2");

        var named = await browser.SubmitAsync(added, Entry, ($"f.{row}.road_name", "สายสมมติ"), ("_add", "road"));
        named.Document.QuerySelectorAll("[data-row]").Length.ShouldBe(2);
        Value(named, row + ".road_name").ShouldBe("สายสมมติ");

        var removed = await browser.SubmitAsync(named, Entry, ("_remove", row));
        removed.Document.QuerySelectorAll("[data-row]").Length.ShouldBe(1);
        removed.Html.ShouldNotContain("สายสมมติ");
    }

    [Fact]
    public async Task Post_TheSameFormTwice_AddsOneRow()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        using var browser = await web.SignInAsync(topic.Recorder);
        var page = await browser.GetAsync(Answers(topic));

        await browser.SubmitAsync(page, Entry, ("f.roads", "2"), ("_add", "road"));
        var again = await browser.SubmitAsync(page, Entry, ("f.roads", "2"), ("_add", "road"));

        again.Status.ShouldBe(HttpStatusCode.OK);
        again.Document.QuerySelectorAll("[data-row]").Length.ShouldBe(1);
    }

    [Fact]
    public async Task Get_OfAnotherLao_IsNotFound()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        var stranger = await web.Data.CreateAnnualTopicAsync();
        using var browser = await web.SignInAsync(stranger.Recorder);

        (await browser.GetAsync(Answers(topic))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.GetAsync(PathOf(topic))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Get_WhenTheRoundIsClosed_ReadsOnlyAndSaysWhy()
    {
        var web = await TestWeb.OpenAsync();
        var day = DateOnly.FromDateTime(TestData.Noon.DateTime);
        var topic = await web.Data.CreateAnnualTopicAsync(
            new RoundOptions
            {
                OpensOn = day.AddDays(-30),
                Deadline = day.AddDays(-5),
                ClosesOn = day.AddDays(-1),
            }
        );
        await topic.SaveAsync(topic.Recorder, TestTopic.Fields(("roads", "4")), at: TestData.Noon.AddDays(-10));
        using var browser = await web.SignInAsync(topic.Recorder);

        var page = await browser.GetAsync(Answers(topic));

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Document.QuerySelector(Entry).ShouldBeNull();
        page.Text.ShouldContain("4 สาย");
        page.Text.ShouldContain("ปิดรับข้อมูลแล้วเมื่อสิ้นวันที่ 14 มกราคม 2563");
    }

    [Fact]
    public async Task Post_WhenTheSubmissionWasFrozenMeanwhile_SavesNothingAndKeepsEverything()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        await topic.SaveAsync(topic.Recorder, TestTopic.Fields(("roads", "4")));
        using var browser = await web.SignInAsync(topic.SecondRecorder);
        var page = await browser.GetAsync(Answers(topic));
        (await topic.SubmitAsync()).ShouldBeEmpty();

        var refused = await browser.SubmitAsync(page, Entry, ("f.roads", "9"), ("f.note", "พิมพ์ไว้แล้ว"));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Errors[0].Message.ShouldContain("ยังไม่ได้บันทึก");
        Value(refused, "note").ShouldBe("พิมพ์ไว้แล้ว");
        Value(await browser.GetAsync(PathOf(topic) + "/review"), "roads").ShouldBeNull();
    }

    [Fact]
    public async Task Post_ByAScript_SavesTheChangedFieldAndAnswersWithTheRevision()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        using var browser = await web.SignInAsync(topic.Recorder);
        var page = await browser.GetAsync(Answers(topic));
        var key = Guid.CreateVersion7().ToString();

        var first = await SendAsync(browser, page, key, "0", ("f.roads", "3"));
        var repeated = await SendAsync(browser, page, key, "0", ("f.roads", "3"));
        var refused = await SendAsync(browser, page, Guid.CreateVersion7().ToString(), "1", ("f.nothing", "3"));

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await first.Content.ReadAsStringAsync()).ShouldContain("\"revision\":1");
        (await first.Content.ReadAsStringAsync()).ShouldContain("\"savedAt\":\"12:00\"");
        (await repeated.Content.ReadAsStringAsync()).ShouldContain("\"revision\":1");
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("message");
    }

    [Fact]
    public async Task Post_WhenTheSessionEnded_KeepsWhatWasTypedThroughSignIn()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        using var browser = await web.SignInAsync(topic.Recorder);
        var page = await browser.GetAsync(Answers(topic));
        browser.DropCookie("thongthin.session");

        var signIn = await browser.SubmitAsync(page, Entry, ("f.roads", "11"));
        signIn.Status.ShouldBe(HttpStatusCode.Unauthorized);
        var kept = await browser.SubmitAsync(
            signIn,
            "main form",
            ("Name", topic.Recorder.UserName),
            ("Password", TestData.Password)
        );
        var saved = await browser.SubmitAsync(kept, "main form");

        saved.Status.ShouldBe(HttpStatusCode.OK);
        Value(saved, "roads").ShouldBe("11");
    }

    [Fact]
    public async Task Get_ByTheOfficer_SaysThatItIsHelpAndMarksIt()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        using var browser = await web.SignInAsync(topic.Officer);

        var page = await browser.GetAsync(Answers(topic));
        page.Text.ShouldContain("ช่วยบันทึกแทน");
        page.Document.QuerySelector("button[value='submit']").ShouldBeNull();
        await browser.SubmitAsync(page, Entry, ("f.roads", "6"));

        (await browser.GetAsync(PathOf(topic))).Text.ShouldContain("ช่วยบันทึก");
    }

    [Theory]
    [InlineData(nameof(Role.Certifier))]
    [InlineData(nameof(Role.Viewer))]
    public async Task Get_ByWhoDoesNotRecord_ReadsOnly(string role)
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        await topic.SaveAsync(topic.Recorder, TestTopic.Fields(("roads", "4")));
        using var browser = await web.SignInAsync(await web.Data.CreatePersonAsync(topic.Lao, Enum.Parse<Role>(role)));

        var page = await browser.GetAsync(Answers(topic));

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Document.QuerySelector(Entry).ShouldBeNull();
        page.Text.ShouldContain("อ่านได้อย่างเดียว");
    }

    private static string? Value(TestPage page, string path) =>
        page.Document.GetElementById(path) switch
        {
            IHtmlTextAreaElement area => area.Value,
            IHtmlInputElement input => input.Value,
            _ => null,
        };

    private static async Task<HttpResponseMessage> SendAsync(
        TestBrowser browser,
        TestPage page,
        string key,
        string revision,
        params (string Name, string Value)[] fields
    )
    {
        var form = page.Form(Entry);
        var body = new Dictionary<string, string>
        {
            ["_token"] = ((IHtmlInputElement)form.QuerySelector("input[name='_token']")!).Value,
            ["_sheet"] = "",
            ["_revision"] = revision,
            ["_key"] = key,
            ["_partial"] = "true",
            ["_end"] = "1",
        };
        foreach (var (name, value) in fields)
        {
            body[name] = value;
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, page.Path);
        request.Content = new FormUrlEncodedContent(body);
        request.Headers.Add("X-Requested-With", "fetch");
        return await browser.Client.SendAsync(request);
    }
}

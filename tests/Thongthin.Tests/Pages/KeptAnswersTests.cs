using System.Net;
using System.Text.Json;
using AngleSharp.Html.Dom;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Pages;

/// <summary>What scripts that keep answers on a machine send and get: saves that come again, rows, both values, keys.</summary>
public sealed class KeptAnswersTests
{
    private static string Answers(TestTopic topic) => PageAddress.Of(topic).Answers;

    [Fact]
    public async Task Post_WithTheKeyOfAnEarlierSave_StoresNothingAgain()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        using var browser = await web.SignInAsync(topic.Recorder);
        var page = await browser.GetAsync(Answers(topic));
        var key = Guid.CreateVersion7();
        await SendAsync(browser, page, key, 0, ("f.roads", "3"));
        await topic.SaveAsync(topic.SecondRecorder, TestTopic.Fields(("roads", "4")), baseRevision: 1);

        using var again = await SendAsync(browser, page, key, 0, ("f.roads", "3"));

        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        var answer = JsonDocument.Parse(await again.Content.ReadAsStringAsync()).RootElement;
        (answer.GetProperty("stored").GetBoolean(), answer.GetProperty("revision").GetInt32()).ShouldBe((true, 1));
        (await RevisionAsync(topic)).ShouldBe(2);
    }

    [Fact]
    public async Task Post_OfRowsThatAScriptAdded_StoresThemUnderTheirIds()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        using var browser = await web.SignInAsync(topic.Recorder);
        var page = await browser.GetAsync(Answers(topic));
        var (one, two) = ($"road[{Guid.CreateVersion7()}]", $"road[{Guid.CreateVersion7()}]");

        await SendAsync(
            browser,
            page,
            Guid.CreateVersion7(),
            0,
            ("_added", one),
            ("_added", two),
            ($"f.{two}.road_name", "สายสอง")
        );
        await SendAsync(browser, page, Guid.CreateVersion7(), 1, ("_removed", one));

        var shown = await browser.GetAsync(Answers(topic));
        shown.Document.QuerySelectorAll("[data-row]").ShouldHaveSingleItem().GetAttribute("data-row").ShouldBe(two);
        shown.Document.GetElementById(two + ".road_name")!.GetAttribute("value").ShouldBe("สายสอง");
    }

    [Fact]
    public async Task Post_OfAFieldThatAnotherChanged_AnswersAScriptWithTheChoiceAndTakesItOnceKnown()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        await topic.SaveAsync(topic.Recorder, TestTopic.Fields(("roads", "1")));
        using var browser = await web.SignInAsync(topic.Recorder);
        var page = await browser.GetAsync(Answers(topic));
        await topic.SaveAsync(topic.SecondRecorder, TestTopic.Fields(("roads", "5")), baseRevision: 1);

        using var refused = await SendAsync(browser, page, Guid.CreateVersion7(), 1, ("f.roads", "7"));
        var choice = (await TestBrowser.ReadAsync(refused)).Document.QuerySelector(".conflicts")!;
        var known = choice.GetAttribute("data-known")!;
        using var taken = await SendAsync(browser, page, Guid.CreateVersion7(), 1, ("f.roads", "7"), ("_known", known));

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        choice.TextContent.ShouldContain("7 สาย");
        choice.TextContent.ShouldContain("5 สาย");
        choice.QuerySelectorAll("input[type=radio]").Length.ShouldBe(2);
        known.ShouldBe("""{"roads":2}""");
        taken.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Get_OfASheetThatCanBeEdited_SaysForWhomItMayBeKept()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        using var recorder = await web.SignInAsync(topic.Recorder);
        using var certifier = await web.SignInAsync(topic.Certifier);

        var page = await recorder.GetAsync(Answers(topic));
        var readOnly = await certifier.GetAsync(Answers(topic));
        var home = await recorder.GetAsync("/");

        page.Response.Headers.GetValues(KeptPages.Header).ShouldBe([topic.Recorder.MembershipId.ToString()]);
        page.Document.Body!.GetAttribute("data-membership").ShouldBe(topic.Recorder.MembershipId.ToString());
        readOnly.Response.Headers.Contains(KeptPages.Header).ShouldBeFalse();
        home.Response.Headers.Contains(KeptPages.Header).ShouldBeFalse();
    }

    [Fact]
    public async Task Key_IsTheMembershipsAloneAndAlwaysTheSame()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        using var recorder = await web.SignInAsync(topic.Recorder);
        using var again = await web.SignInAsync(topic.Recorder);
        using var second = await web.SignInAsync(topic.SecondRecorder);
        using var nobody = web.NewBrowser();

        var key = await KeyAsync(recorder);
        Convert.FromBase64String(key).Length.ShouldBe(32);
        (await KeyAsync(again)).ShouldBe(key);
        (await KeyAsync(second)).ShouldNotBe(key);
        (await AskForKeyAsync(nobody)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await AskForKeyAsync(recorder)).Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task Post_OfAWholeForm_TellsTheNextPageThatItIsStored()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        using var browser = await web.SignInAsync(topic.Recorder);
        var page = await browser.GetAsync(Answers(topic));
        var key = ((IHtmlInputElement)page.Form("form#entry").QuerySelector("input[name='_key']")!).Value;

        var saved = await browser.SubmitAsync(page, "form#entry", ("f.roads", "2"));
        var later = await browser.GetAsync(Answers(topic));

        saved.Document.Body!.GetAttribute("data-stored").ShouldBe(key);
        later.Document.Body!.GetAttribute("data-stored").ShouldBe("");
    }

    [Fact]
    public async Task Worker_ComesFromTheRootAndIsAlwaysAskedFor()
    {
        var web = await TestWeb.OpenAsync();
        using var browser = web.NewBrowser();

        var worker = await browser.Client.GetAsync("/service-worker.js");
        var offline = await browser.GetAsync("/offline");

        worker.StatusCode.ShouldBe(HttpStatusCode.OK);
        worker.Headers.CacheControl!.NoCache.ShouldBeTrue();
        worker.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("worker-src 'self'");
        offline.Status.ShouldBe(HttpStatusCode.OK);
        offline.Text.ShouldContain("Not connected");
    }

    [Fact]
    public async Task NewRecord_WithoutScripts_LeadsToTheRegistersOwnButton()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        using var browser = await web.SignInAsync(topic.Recorder);
        var path = PageAddress.Of(topic);

        var page = await browser.GetAsync(path.NewRecord);
        var added = await browser.SubmitAsync(page, "form[data-online]");

        page.Document.GetElementById("entry")!.HasAttribute("hidden").ShouldBeTrue();
        page.Response.Headers.Contains(KeptPages.Header).ShouldBeTrue();
        added.Path.ShouldStartWith(path.Overview + "/records/");
        (await topic.StateAsync()).ShouldBe(SubmissionState.InProgress);
    }

    [Fact]
    public async Task Keys_OlderThanSixtyDays_AreForgottenWhileOthersAreStored()
    {
        var data = await TestData.CreateAsync();
        var topic = await data.CreateAnnualTopicAsync();
        await topic.SaveAsync(topic.Recorder, TestTopic.Fields(("roads", "0")));
        await using (var owner = await OwnerAsync(data))
        {
            await using var old = new Npgsql.NpgsqlCommand(
                """
                insert into answer_save (lao_id, answer_sheet_id, save_key, revision, stored_at)
                select lao_id, answer_sheet_id, gen_random_uuid(), 1, now() - interval '59 days' - n * interval '1 day'
                from answer_sheet, generate_series(0, 4) n
                """,
                owner
            );
            await old.ExecuteNonQueryAsync();
        }

        for (var roads = 1; roads < 20; roads++)
        {
            await topic.SaveAsync(
                topic.Recorder,
                TestTopic.Fields(("roads", roads.ToString(System.Globalization.CultureInfo.InvariantCulture))),
                baseRevision: roads
            );
        }

        (await RevisionAsync(topic)).ShouldBe(20);
        (await data.ScalarAsync(topic.Recorder.Actor(), "select count(*) from answer_save")).ShouldBe(21L);
    }

    private static async Task<Npgsql.NpgsqlConnection> OwnerAsync(TestData data)
    {
        var connection = new Npgsql.NpgsqlConnection(data.Database.OwnerConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<int> RevisionAsync(TestTopic topic) =>
        (int)(await topic.Data.ScalarAsync(topic.Recorder.Actor(), "select revision from answer_sheet"))!;

    private static async Task<HttpResponseMessage> AskForKeyAsync(TestBrowser browser)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account/kept-key");
        request.Headers.Add("X-Requested-With", "fetch");
        return await browser.Client.SendAsync(request);
    }

    private static async Task<string> KeyAsync(TestBrowser browser)
    {
        using var response = await AskForKeyAsync(browser);
        return JsonDocument
            .Parse(await response.Content.ReadAsStringAsync())
            .RootElement.GetProperty("key")
            .GetString()!;
    }

    private static async Task<HttpResponseMessage> SendAsync(
        TestBrowser browser,
        TestPage page,
        Guid key,
        int revision,
        params (string Name, string Value)[] fields
    )
    {
        var token = ((IHtmlInputElement)page.Form("form#entry").QuerySelector("input[name='_token']")!).Value;
        List<KeyValuePair<string, string>> body =
        [
            new("_token", token),
            new("_revision", revision.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new("_key", key.ToString()),
            new("_partial", "true"),
            .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
            new("_end", "1"),
        ];
        using var request = new HttpRequestMessage(HttpMethod.Post, page.Path);
        request.Content = new FormUrlEncodedContent(body);
        request.Headers.Add("X-Requested-With", "fetch");
        return await browser.Client.SendAsync(request);
    }
}

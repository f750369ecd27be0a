using Microsoft.Playwright;
using Thongthin.Browser.Tests.Support;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;

namespace Thongthin.Browser.Tests;

/// <summary>The entry page while the network comes and goes, and while several people and accounts share sheets and machines.</summary>
public sealed class OfflineTests(DemonstrationSite site)
{
    [Theory]
    [InlineData("th", 1280)]
    [InlineData("en", 390)]
    public async Task Typing_WithoutANetwork_OutlivesAReloadAndIsSentWhenItReturns(string language, int width)
    {
        await using var scene = await SceneAsync(language, width);
        var (page, topic) = (scene.Page, scene.Topic);
        await scene.OpenAnswersAsync();

        await scene.CutAsync();
        await page.Locator("#offline").WaitForAsync();
        await Field(page, "roads").FillAsync("12");
        await Field(page, "note").FillAsync("พิมพ์ขณะไม่มีเครือข่าย");
        await page.Locator("[name='f.state'][value=poor]").CheckAsync();
        await page.Locator("button[name=_add][value=road]").ClickAsync();
        await Row(page, "road_name").FillAsync("สายสมมติ");
        await Status(page, "kept").WaitForAsync();
        (await page.Locator("#save-state").InnerTextAsync()).ShouldContain(
            language == "en" ? "kept on this machine" : "เก็บไว้ในเครื่องนี้"
        );
        await scene.Visitor.CheckAsync();
        (await topic.StateAsync()).ShouldBe(SubmissionState.NotStarted);

        await page.ReloadAsync();
        await Status(page, "kept").WaitForAsync();
        (await Field(page, "roads").InputValueAsync()).ShouldBe("12");
        (await Field(page, "note").InputValueAsync()).ShouldBe("พิมพ์ขณะไม่มีเครือข่าย");
        (await page.Locator("[name='f.state'][value=poor]").IsCheckedAsync()).ShouldBeTrue();
        (await Row(page, "road_name").InputValueAsync()).ShouldBe("สายสมมติ");
        (await page.Locator("#twice").InnerTextAsync()).ShouldBe("24");
        await scene.Visitor.CheckAsync();

        await scene.MendAsync();
        await Status(page, "saved").WaitForAsync();
        (await page.Locator("#offline").IsHiddenAsync()).ShouldBeTrue();
        var answers = await scene.AnswersAsync();
        answers.ShouldContain("\"roads\": 12");
        answers.ShouldContain("สายสมมติ");
        (await scene.CountAsync("answer_save")).ShouldBe(await scene.RevisionAsync());

        await page.ReloadAsync();
        (await Field(page, "roads").InputValueAsync()).ShouldBe("12");
        (await page.Locator("[data-row]").CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Buttons_WithoutANetwork_SayWhatMustWaitAndLoseNothing()
    {
        await using var scene = await SceneAsync();
        var page = scene.Page;
        await scene.OpenAnswersAsync();
        await scene.CutAsync();
        await Field(page, "roads").FillAsync("3");

        await page.Locator("button[name=_do][value=submit]").ClickAsync();
        await page.Locator("#offline:focus").WaitForAsync();
        (await page.Locator("#offline").InnerTextAsync()).ShouldContain("ตรวจและส่งข้อมูล");

        // a page that was never opened here: what is shown instead leads back to the sheet
        await page.Locator(".crumbs a").Last.ClickAsync();
        await page.Locator("[data-kept-list] a").ClickAsync();
        await Status(page, "kept").WaitForAsync();
        (await Field(page, "roads").InputValueAsync()).ShouldBe("3");
    }

    [Fact]
    public async Task Save_WhoseAnswerGotLost_IsStoredOnce()
    {
        await using var scene = await SceneAsync();
        var (page, topic) = (scene.Page, scene.Topic);
        await scene.OpenAnswersAsync();
        var lost = 0;
        await scene.Visitor.Context.RouteAsync(
            "**/answers",
            async route =>
            {
                if (route.Request.Method == "POST" && Interlocked.Increment(ref lost) == 1)
                {
                    (await route.FetchAsync()).Status.ShouldBe(200);
                    await route.AbortAsync();
                    return;
                }
                await route.ContinueAsync();
            }
        );

        await Field(page, "roads").FillAsync("8");
        await Status(page, "kept").WaitForAsync();
        (await scene.RevisionAsync()).ShouldBe(1);
        // somebody else saves in between: the last save is not this one any more
        await topic.SaveAsync(topic.SecondRecorder, TestTopic.Fields(("bridges", "2")), baseRevision: 1);
        await Status(page, "saved").WaitForAsync();

        lost.ShouldBe(2);
        (await scene.RevisionAsync()).ShouldBe(2);
        (await scene.CountAsync("answer_save")).ShouldBe(2);
        (await scene.AnswersAsync()).ShouldContain("\"roads\": 8");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Autosave_OfAFieldThatAnotherChanged_ShowsBothAndStoresTheChosen(bool offline)
    {
        await using var scene = await SceneAsync();
        var (page, topic) = (scene.Page, scene.Topic);
        await topic.SaveAsync(topic.SecondRecorder, TestTopic.Fields(("roads", "1")));
        await scene.OpenAnswersAsync();
        await topic.SaveAsync(topic.SecondRecorder, TestTopic.Fields(("roads", "5")), baseRevision: 1);
        if (offline)
        {
            await scene.CutAsync();
        }

        // another field first: it is stored, and does not make the change of the other person known
        await Field(page, "bridges").FillAsync("4");
        await Status(page, offline ? "kept" : "saved").WaitForAsync();
        await Field(page, "roads").FillAsync("7");
        if (offline)
        {
            await scene.MendAsync();
        }

        var choice = page.Locator(".conflicts");
        await choice.WaitForAsync();
        (await choice.InnerTextAsync()).ShouldContain("7 สาย");
        (await choice.InnerTextAsync()).ShouldContain("5 สาย");
        (await choice.InnerTextAsync()).ShouldContain(topic.SecondRecorder.DisplayName);
        await scene.Visitor.CheckAsync();
        (await scene.AnswersAsync()).ShouldContain("\"roads\": 5");

        await choice.Locator("input[value=theirs]").CheckAsync();
        await scene.Visitor.ClickAsync(choice.Locator("button[name=_do]"));
        (await Field(page, "roads").InputValueAsync()).ShouldBe("5");
        (await Field(page, "bridges").InputValueAsync()).ShouldBe("4");
        await page.WaitForTimeoutAsync(2500);
        (await page.Locator(".conflicts").CountAsync()).ShouldBe(0);
        (await scene.AnswersAsync()).ShouldContain("\"bridges\": 4");
    }

    [Fact]
    public async Task SignOut_WithAnswersNotSent_WarnsAndNobodyElseSeesThem()
    {
        await using var scene = await SceneAsync();
        var (page, topic) = (scene.Page, scene.Topic);
        var address = await scene.OpenAnswersAsync();
        var refuses = true;
        await scene.Visitor.Context.RouteAsync(
            "**/answers",
            route => route.Request.Method == "POST" && refuses ? route.AbortAsync() : route.ContinueAsync()
        );
        await Field(page, "note").FillAsync("คำตอบลับ");
        await Status(page, "kept").WaitForAsync();

        var question = await scene.SignOutAsync(accept: false);
        question.ShouldContain("1");
        page.Url.ShouldEndWith("/answers");
        await scene.SignOutAsync(accept: true);
        await page.WaitForURLAsync("**/sign-in*");

        // the other recorder of the same local authority, at the same machine
        await scene.Visitor.SignInAsync(topic.SecondRecorder.UserName, TestData.Password);
        (await page.Locator("#kept-notice").CountAsync()).ShouldBe(0);
        (await scene.KeptAsync("keys")).ShouldNotContain(topic.Recorder.MembershipId.ToString());
        (await scene.KeptAsync("sheets")).ShouldContain(topic.Recorder.MembershipId.ToString());
        (await scene.KeptAsync("sheets")).ShouldNotContain("คำตอบลับ");
        (await page.EvaluateAsync<string[]>("caches.keys()")).ShouldNotContain(name =>
            name.EndsWith(topic.Recorder.MembershipId.ToString(), StringComparison.Ordinal)
        );
        await scene.CutAsync();
        await page.GotoAsync(address);
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("ไม่ได้เชื่อมต่อ");
        (await page.ContentAsync()).ShouldNotContain("คำตอบลับ");
        await scene.MendAsync();
        await scene.Visitor.GoAsync(address);
        (await Field(page, "note").InputValueAsync()).ShouldBe("");
        (await topic.StateAsync()).ShouldBe(SubmissionState.NotStarted);
        await scene.SignOutAsync(accept: null);
        await page.WaitForURLAsync("**/sign-in*");

        // back again: sent from whatever page comes first
        refuses = false;
        await scene.Visitor.SignInAsync(topic.Recorder.UserName, TestData.Password);
        await page.Locator("#kept-notice [data-kept=sent]").WaitForAsync();
        await scene.Visitor.CheckAsync();
        (await scene.AnswersAsync()).ShouldContain("คำตอบลับ");
        await scene.Visitor.GoAsync(address);
        (await Field(page, "note").InputValueAsync()).ShouldBe("คำตอบลับ");
    }

    [Fact]
    public async Task Answers_OfASheetThatWasSubmittedMeanwhile_AreShownUntilTheyAreDiscarded()
    {
        await using var scene = await SceneAsync();
        var (page, topic) = (scene.Page, scene.Topic);
        var address = await scene.OpenAnswersAsync();
        await scene.CutAsync();
        await Field(page, "note").FillAsync("พิมพ์ช้าไป");
        await Status(page, "kept").WaitForAsync();
        await topic.SaveAsync(topic.SecondRecorder, TestTopic.Fields(("roads", "1")));
        (await topic.SubmitAsync()).ShouldBeEmpty();

        await scene.MendAsync();
        await Status(page, "stopped").WaitForAsync();
        (await Field(page, "note").InputValueAsync()).ShouldBe("พิมพ์ช้าไป");

        await scene.Visitor.GoAsync(address);
        (await page.Locator("form#entry").CountAsync()).ShouldBe(0);
        var notice = page.Locator("#kept-notice [data-kept=refused]");
        await notice.WaitForAsync();
        (await notice.InnerTextAsync()).ShouldContain("พิมพ์ช้าไป");
        (await notice.InnerTextAsync()).ShouldContain("หมายเหตุ");
        await scene.Visitor.CheckAsync();
        page.Dialog += async (_, dialog) => await dialog.AcceptAsync();
        await notice.Locator("button").ClickAsync();
        await notice.Locator("li").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        (await scene.KeptAsync("sheets")).ShouldBe("[]");
    }

    [Fact]
    public async Task NewRecord_BegunWithoutANetwork_IsAddedOnceWhenItReturns()
    {
        var web = await TestWeb.OpenAsync();
        await using var scene = await SceneAsync(topic: await web.Data.CreateRegisterTopicAsync());
        var (page, topic) = (scene.Page, scene.Topic);
        var (record, _) = await topic.AddConfirmedRecordAsync();
        var path = new SubmissionPath(topic.Lao.UnitId, topic.FormId, topic.Round.Request.FiscalYear);
        await scene.OpenAsync(path.Record(record));

        await scene.CutAsync();
        await page.Locator("#offline a").ClickAsync();
        await Field(page, "title").FillAsync("รายการที่เริ่มขณะไม่มีเครือข่าย");
        await Status(page, "kept").WaitForAsync();
        await page.ReloadAsync();
        await Status(page, "kept").WaitForAsync();
        (await Field(page, "title").InputValueAsync()).ShouldBe("รายการที่เริ่มขณะไม่มีเครือข่าย");

        await scene.MendAsync();
        await Status(page, "saved").WaitForAsync();
        (await scene.CountAsync("record")).ShouldBe(2);
        await scene.Visitor.GoAsync(path.Overview);
        (await scene.Visitor.MainTextAsync()).ShouldContain("รายการที่เริ่มขณะไม่มีเครือข่าย");
    }

    /// <summary>What comes over a weak line before the page works; the worker and what is asked for later come after it.</summary>
    [Fact]
    public async Task Scripts_OfTheEntryPage_StayUnderSixtyKilobytes()
    {
        await using var scene = await SceneAsync();
        await scene.OpenAnswersAsync();

        var bytes = await scene.Page.EvaluateAsync<int>(
            """
            async () => {
              const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
              const scripts = new Set(loaded.filter((name) => /\/js\/.*\.js/.test(name)));
              scripts.add("/js/date-picker.js");
              let sum = 0;
              for (const script of scripts) sum += new Blob([await (await fetch(script)).text()]).size;
              return sum;
            }
            """
        );

        bytes.ShouldBeInRange(20_000, 60 * 1024);
    }

    private async Task<Scene> SceneAsync(string language = "th", int width = 1280, TestTopic? topic = null)
    {
        var web = await TestWeb.OpenAsync();
        topic ??= await web.Data.CreateAnnualTopicAsync();
        var network = new CuttableNetwork(web.Address);
        var visitor = await site.SignInAtAsync(
            network.Address,
            topic.Recorder.UserName,
            TestData.Password,
            language,
            width: width
        );
        return new Scene(topic, network, visitor);
    }

    private static ILocator Field(IPage page, string path) => page.Locator($"[name='f.{path}']");

    private static ILocator Row(IPage page, string name) => page.Locator($"[data-row] [name$='].{name}']").First;

    private static ILocator Status(IPage page, string state) => page.Locator($"#save-state[data-state={state}]");

    /// <summary>One sheet, one person at a browser, and the line between them and the program.</summary>
    private sealed record Scene(TestTopic Topic, CuttableNetwork Network, Visitor Visitor) : IAsyncDisposable
    {
        public IPage Page => Visitor.Page;

        /// <summary>Opens the annual sheet and waits until the browser could open it again alone.</summary>
        public async Task<string> OpenAnswersAsync()
        {
            var path = new SubmissionPath(Topic.Lao.UnitId, Topic.FormId, Topic.Round.Request.FiscalYear);
            await OpenAsync(path.Answers);
            return path.Answers;
        }

        public async Task OpenAsync(string address)
        {
            await Visitor.GoAsync(address);
            await Page.Locator("#entry[data-reopens]").WaitForAsync();
        }

        public Task CutAsync() => Network.CutAsync(Visitor);

        public Task MendAsync() => Network.MendAsync(Visitor);

        /// <returns>the question that was asked; empty when none was</returns>
        /// <param name="accept">null: no question is expected</param>
        public async Task<string> SignOutAsync(bool? accept)
        {
            var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            async void Answer(object? sender, IDialog dialog)
            {
                asked.TrySetResult(dialog.Message);
                await (accept == true ? dialog.AcceptAsync() : dialog.DismissAsync());
            }
            Page.Dialog += Answer;
            await Page.EvaluateAsync("document.querySelector('details.account-menu').open = true");
            await Page.Locator("form[action='/sign-out'] button").ClickAsync();
            var question = accept is null ? "" : await asked.Task.WaitAsync(TimeSpan.FromSeconds(15));
            Page.Dialog -= Answer;
            return question;
        }

        /// <summary>All that stands in a store on this machine, as text.</summary>
        public Task<string> KeptAsync(string store) =>
            Page.EvaluateAsync<string>(
                """
                store => new Promise((done, fail) => {
                  const opened = indexedDB.open("thongthin");
                  opened.onerror = () => fail(opened.error);
                  opened.onsuccess = () => {
                    const all = opened.result.transaction(store).objectStore(store).getAll();
                    all.onsuccess = () => {
                      opened.result.close();
                      done(JSON.stringify(all.result, (name, value) =>
                        value instanceof ArrayBuffer ? new TextDecoder().decode(value) : value));
                    };
                  };
                })
                """,
                store
            );

        public async Task<string> AnswersAsync() =>
            (string)(await ScalarAsync("select answers::text from answer_sheet"))!;

        public async Task<int> RevisionAsync() => (int)(await ScalarAsync("select revision from answer_sheet"))!;

        public async Task<long> CountAsync(string table) => (long)(await ScalarAsync($"select count(*) from {table}"))!;

        public async ValueTask DisposeAsync()
        {
            await Visitor.DisposeAsync();
            await Network.DisposeAsync();
        }

        // The recorder sees the rows of this local authority alone.
        private Task<object?> ScalarAsync(string sql) => Topic.Data.ScalarAsync(Topic.Recorder.Actor(), sql);
    }
}

using Microsoft.Playwright;
using Thongthin.Browser.Tests.Support;

namespace Thongthin.Browser.Tests;

/// <summary>
/// Every page that an administrator of the Department or of an LAO can open, on the narrowest phone and on a desk, in both
/// languages. The pages are found by following links, one address for each route; a route that nobody reached fails the test
/// until a link leads to it or it is placed in <see cref="OfOthers"/>.
/// </summary>
public sealed class EveryPageTests(DemonstrationSite site)
{
    /// <summary>Routes that are no page of an administrator; the stories of those people walk through them.</summary>
    private static readonly HashSet<string> OfOthers =
    [
        // recorders and certifiers
        "certification",
        "certification/confirm",
        "certification/delegations",
        "rounds/{slug}/extensions/request",
        "submissions/{laoId:int}/{formId}/{fiscalYear:int}/amend",
        "submissions/{laoId:int}/{formId}/{fiscalYear:int}/answers",
        "submissions/{laoId:int}/{formId}/{fiscalYear:int}/nil",
        "submissions/{laoId:int}/{formId}/{fiscalYear:int}/recall",
        "submissions/{laoId:int}/{formId}/{fiscalYear:int}/records/{recordId:guid}/remove",
        "submissions/{laoId:int}/{formId}/{fiscalYear:int}/send-back",
        "submissions/{laoId:int}/{formId}/{fiscalYear:int}/submit",
        "submissions/{laoId:int}/{formId}/{fiscalYear:int}/items",
        "submissions/{laoId:int}/{formId}/{fiscalYear:int}/records/new",
        "workbooks/{formId}/{fiscalYear:int}",
        "workbooks/uploads/{id:guid}",
        // of a form that was uploaded: walked where one is
        "forms/drafts/{id:guid}",
        "forms/drafts/{id:guid}/preview",
        // officers
        "rounds/{slug}/extensions/new",
        "submissions/review-many",
        "submissions/{laoId:int}/{formId}/{fiscalYear:int}/return",
        // people without an account or without a role; the error page has no address of its own
        "error/{code:int}",
        "invitation/{token}",
        "password-link/{userId:guid}/{part}",
        "account/role",
        "sign-in",
        // no pages: they only take a form, or answer scripts and measurements
        "preferences",
        "forms/{formId}/{version:int}/browser.json",
        "forms/{formId}/{version:int}/form.xlsx",
        "forms/drafts/{id:guid}/browser.json",
        "yardstick",
        "certificates/key.pem",
        "account/kept-key",
        "submissions/{laoId:int}/{formId}/{fiscalYear:int}/uploads/{uploadId:guid?}",
        "files/{laoId:int}/{attachmentId:guid}/{handler?}",
        // shown by browsers without a network
        "offline",
    ];

    /// <summary>LAOs that no other story looks at.</summary>
    private const string Elsewhere = "06500114, 06500611, 06501911";

    [Fact]
    public async Task EveryPage_OpenedByAdministrators_IsAccessibleAndFitsTheWindow()
    {
        string[] starts = [.. await PrepareAsync(), await ExtendAsync()];
        var visited = await Task.WhenAll(
            WalkAsync("administrator", 320, 0, starts),
            WalkAsync("administrator", 1280, 1, starts),
            WalkAsync("administrator.saento", 320, 1, ["/", "/sign-out"])
        );

        site.PageRoutes.Except(visited.SelectMany(routes => routes)).Except(OfOthers).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/nothing-is-here", 404)]
    [InlineData("/directory/units/999999", 404)]
    [InlineData("/rounds/new", 403)]
    [InlineData("/invitation/not-a-link", 410)]
    public async Task ErrorPage_OpenedByAnAdministratorOfAnLao_SaysWhatToDoNext(string path, int status)
    {
        await using var visitor = await site.SignInAsync("administrator.saento", width: 320);
        foreach (var language in new[] { "th", "en" })
        {
            await visitor.ReadInAsync(language);
            (await visitor.Page.GotoAsync(path))!.Status.ShouldBe(status);
            await visitor.CheckAsync();
            (await visitor.Page.Locator("main a.btn").CountAsync()).ShouldBeGreaterThan(0);
        }
    }

    /// <summary>
    /// What most days do not show: a draft round, a kept table, an exempted submission; and what lies further down than the
    /// first link of a list: a certificate, records, a district and an LAO.
    /// </summary>
    /// <returns>addresses to start from, besides the home page</returns>
    private async Task<IReadOnlyList<string>> PrepareAsync()
    {
        await using var administrator = await site.SignInAsync("administrator");
        var page = administrator.Page;

        await administrator.GoAsync("/rounds/new");
        await page.Locator("[name=TitleTh]").FillAsync("รอบสมมุติ");
        await page.Locator("[name=TitleEn]").FillAsync("An invented round");
        await page.Locator("[name=Slug]").FillAsync("invented-round");
        await page.Locator("[name=FormIds]").First.CheckAsync();
        await page.Locator("[name=FiscalYear]").FillAsync("2590");
        await page.Locator("[name=OpensOn]").FillAsync("1/10/2589");
        await page.Locator("[name=Deadline]").FillAsync("30/11/2589");
        await page.Locator("[name=ClosesOn]").FillAsync("31/12/2589");
        await administrator.ClickAsync(page.Locator("main form button").Last);
        page.Url.ShouldEndWith("/rounds/invented-round");

        await administrator.GoAsync("/progress/agreements-2563?as_of=11/6/2563");
        await administrator.ClickAsync(page.Locator("main form[action*='snapshot'] button"));

        await administrator.GoAsync("/board");
        await administrator.ClickAsync(page.Locator("main a[href^='/filters/new']"));
        await page.Locator("[name=Name]").FillAsync("ตัวกรองสมมุติ");
        await administrator.ClickAsync(page.Locator("main form button").Last);

        var exempted = await OverviewAsync(administrator, "round=info-current&state=not_started");
        await administrator.GoAsync(exempted + "/exempt");
        await page.Locator("textarea").FillAsync("ยกเว้นเพื่อการสาธิต");
        await administrator.ClickAsync(page.Locator("main form button").Last);

        var certified = await OverviewAsync(administrator, "round=info-2564&state=certified&q=0553");
        var withRecords = await OverviewAsync(administrator, "round=agreements-2563&q=05530401");
        var district = await FirstAsync(administrator, "/directory?kind=district");
        var lao = await FirstAsync(administrator, "/directory?kind=sao");
        return ["/", "/rounds/invented-round", exempted, certified, withRecords, district, lao];
    }

    /// <summary>An extension and a request for one, by the people whose pages they are; and the other pages of those people.</summary>
    /// <returns>where the extension and the request are listed</returns>
    private async Task<string> ExtendAsync()
    {
        const string Extensions = "/rounds/info-current/extensions";
        await using (var officer = await site.SignInAsync("department", width: 320))
        {
            var page = officer.Page;
            await officer.GoAsync(Extensions + "/new");
            await page.Locator("[name=Laos]").FillAsync(Elsewhere);
            await page.Locator("[name=NewDeadline]").FillAsync("30/9/2590");
            await page.Locator("[name=Reason]").FillAsync("น้ำท่วมสมมุติ");
            await officer.ClickAsync(page.Locator("main form button").Last);
            await officer.ClickAsync(page.Locator("main form section button"));
            page.Url.ShouldContain(Extensions);
            await officer.GoAsync("/submissions?state=certified");
            await page.Locator("input[name=s][form=many]").First.CheckAsync();
            await officer.ClickAsync(page.Locator("#many button"));
            page.Url.ShouldContain("/submissions/review-many?s=");
        }
        await using (var recorder = await site.SignInAsync("recorder.saento", width: 320))
        {
            await recorder.GoAsync(Extensions + "/request");
            await recorder.Page.Locator("[name=Wanted]").FillAsync("30/9/2590");
            await recorder.Page.Locator("[name=Reason]").FillAsync("ผู้บันทึกลาสมมุติ");
            await recorder.ClickAsync(recorder.Page.Locator("main form button.btn-primary"));
        }
        await using var certifier = await site.SignInAsync("certifier.saento", width: 320);
        await certifier.GoAsync("/certification/delegations");
        return Extensions;
    }

    /// <summary>The overview of the first submission that the list shows.</summary>
    private static async Task<string> OverviewAsync(Visitor visitor, string query) =>
        (await FirstAsync(visitor, "/submissions?" + query)).Replace("/review", "", StringComparison.Ordinal);

    /// <summary>Where the first link of a list leads.</summary>
    private static async Task<string> FirstAsync(Visitor visitor, string list)
    {
        await visitor.GoAsync(list);
        return (await visitor.Page.Locator("main tbody th a").First.GetAttributeAsync("href"))!;
    }

    /// <summary>Visits the starts, and one address of every route that a link leads to; the language changes from page to page.</summary>
    /// <returns>the routes that were visited</returns>
    private async Task<HashSet<string>> WalkAsync(
        string userName,
        int width,
        int languageOfFirst,
        IReadOnlyList<string> starts
    )
    {
        await using var visitor = await site.SignInAsync(userName, width: width);
        var waiting = new Queue<string>(starts);
        var found = new HashSet<string>();
        for (var number = languageOfFirst; waiting.TryDequeue(out var address); number++)
        {
            await visitor.ReadInAsync(number % 2 == 0 ? "th" : "en");
            await visitor.GoAsync(address);
            foreach (var link in await LinksAsync(visitor.Page))
            {
                if (site.PageRouteOf(link) is { } route && found.Add(Kind(route, link)))
                {
                    waiting.Enqueue(link);
                }
            }
        }
        return [.. found.Select(kind => kind.Split(' ')[0]), .. starts.Select(start => site.PageRouteOf(start)!)];
    }

    /// <summary>Every kind of event has a form of its own behind one route.</summary>
    private static string Kind(string route, string link) =>
        route.EndsWith("/event/{slug}", StringComparison.Ordinal) ? route + " " + link.Split('/')[^1] : route;

    private static async Task<string[]> LinksAsync(IPage page) =>
        await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('a[href^="/"]:not([download])')]
                .map(link => link.getAttribute('href'))
                .filter(address => !/format=|print=|handler=/.test(address))
            """
        );
}

using System.Net;
using System.Text.RegularExpressions;
using Thongthin.Tests.Print;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Progress;

/// <summary>The tables as PDF, over HTTP. Noon is 15 January 2020 (2563).</summary>
public sealed class ProgressPrintTests
{
    [Fact]
    public async Task Tables_AsPdf_HaveTheFiguresOfThePageInThaiDigits()
    {
        await ChromiumFamily.PathAsync();
        var web = await TestWeb.OpenAsync();
        var scene = await ProgressScene.CreateAsync(web.Data);
        await scene.RecordAsync(scene.Laos[0], 3);
        using var browser = await web.SignInAsync(await scene.DepartmentAsync());

        var answer = await browser.Client.GetAsync(scene.Path + "?format=pdf&as_of=14/1/2563&sort=-recorded");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe($"progress-{scene.Round.Slug}-2020-01-14.pdf");
        var national = await ReadAsync(answer);
        national.ShouldContain("๕๑๔๒๐.๐๐");
        national.ShouldContain("๖๑๕๑๖.๖๗");
        national.ShouldContain("๒๕๖๓");
        // but in the invented names
        Regex.Replace(national, "จังหวัดสมมติ[0-9]+", "").ShouldNotContain(c => char.IsAsciiDigit(c));
        var district = await ReadAsync(await browser.Client.GetAsync(scene.DistrictPath + "?format=pdf"));
        district.ShouldContain("๑๓");

        var kept = await browser.SubmitAsync(await browser.GetAsync(scene.ProvincePath), "form[action*='snapshot']");
        kept.Document.QuerySelector("a[href$='format=pdf']").ShouldNotBeNull();
        var snapshot = await ReadAsync(await browser.Client.GetAsync(kept.Path + "?format=pdf"));
        snapshot.ShouldContain("/๒๕๖๓");
        snapshot.ShouldContain("๑๔");
    }

    [Fact]
    public async Task Table_WhenTheNamedBrowserIsMissing_SaysItAndShowsTheTable()
    {
        var web = await TestWeb.OpenAsync();
        var scene = await ProgressScene.CreateAsync(web.Data);
        await using var app = await TestWeb.StartAppAsync(
            web.Data,
            settings => settings with { Browser = Path.Combine(TemporaryFolder.Create(), "no-browser") }
        );
        using var signedIn = await web.SignInAsync(await scene.DepartmentAsync());
        using var browser = signedIn.At(new Uri(app.Urls.Single()));

        var thai = await browser.GetAsync(scene.Path + "?format=pdf");
        browser.SetCookie("language", "en");
        var english = await browser.GetAsync(scene.DistrictPath + "?format=pdf");

        thai.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        thai.TextOf("[role=alert]").ShouldContain("เครื่องแม่ข่ายไม่มีเบราว์เซอร์");
        thai.Document.QuerySelector("main table").ShouldNotBeNull();
        thai.Document.QuerySelector("main a[data-print]").ShouldNotBeNull();
        english.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        english.TextOf("[role=alert]").ShouldContain("the server has no browser");
    }

    private static async Task<string> ReadAsync(HttpResponseMessage answer) =>
        PdfPages.Read(await answer.Content.ReadAsByteArrayAsync()).ShouldHaveSingleItem();
}

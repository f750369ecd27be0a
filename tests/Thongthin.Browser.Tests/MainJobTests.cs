using Microsoft.Playwright;
using Thongthin.Browser.Tests.Support;

namespace Thongthin.Browser.Tests;

/// <summary>The main job from end to end, as different people at one real site.</summary>
public sealed class MainJobTests(DemonstrationSite site)
{
    private const string Title = "ความตกลงเมืองพี่เมืองน้องกับเมืองสมมุติ";

    [Fact]
    public async Task Agreements_FromTheRecorderToTheProvince_AreRecordedCertifiedAndReturned()
    {
        await using var recorder = await site.SignInAsync("recorder.saento");
        var overview = await RecordAsync(recorder);
        await CertifyAsync();
        await ReturnAsync("district.nampat", overview);
        await SeeReturnAsync(recorder, overview);
    }

    private static async Task<string> RecordAsync(Visitor recorder)
    {
        var page = recorder.Page;
        (await recorder.MainTextAsync()).ShouldContain("เหลืออีก 30 วัน");
        await recorder.ClickAsync(page.Locator(".topic-list li", new() { HasText = "ความตกลง" }).Locator("a.btn"));
        var overview = new Uri(page.Url).AbsolutePath;

        // one agreement, left in the middle and found again
        await recorder.ClickAsync(page.Locator("form[action='?handler=Add'] button"));
        var address = page.Url;
        var entry = new AgreementEntry(recorder);
        await entry.TypeAsync("title_th", Title);
        await entry.ChooseAsync("nature", "new");
        await entry.WaitUntilSavedAsync();
        await recorder.GoAsync("/");
        await recorder.GoAsync(address);
        (await entry.Field("title_th").InputValueAsync()).ShouldBe(Title);
        await entry.FillRequiredAsync(Title, "Kawano City");
        await entry.WaitUntilSavedAsync();
        await recorder.ClickAsync(page.Locator("button[name=_do][value=confirm]"));
        new Uri(page.Url).AbsolutePath.ShouldBe(overview);

        // another one, not complete: submitting says what is missing, with links to the fields
        await recorder.ClickAsync(page.Locator("form[action='?handler=Add'] button"));
        await entry.FillRequiredAsync("ความตกลงเมืองมิตรภาพกับเมืองสมมุติแห่งที่สอง", "Midori Town");
        await entry.TypeAsync("summary", "สั้นไป");
        await entry.WaitUntilSavedAsync();
        await recorder.GoAsync(overview + "/submit");
        await recorder.ClickAsync(page.Locator("main form button").First);
        var problem = page.Locator(".error-summary a", new() { HasText = "สาระสำคัญ" });
        await recorder.ClickAsync(problem);
        page.Url.ShouldContain("#summary");
        await entry.TypeAsync("summary", "แลกเปลี่ยนความรู้ด้านการท่องเที่ยวและวัฒนธรรมระหว่างสองเมือง");
        await entry.WaitUntilSavedAsync();
        await recorder.ClickAsync(page.Locator("button[name=_do][value=confirm]"));

        await recorder.GoAsync(overview + "/submit");
        await recorder.ClickAsync(page.Locator("main form button").First);
        await recorder.GoAsync(overview);
        (await recorder.MainTextAsync()).ShouldContain("บันทึกข้อมูลเรียบร้อยแล้ว");
        return overview;
    }

    private async Task CertifyAsync()
    {
        await using var certifier = await site.SignInAsync("certifier.saento");
        var page = certifier.Page;
        await certifier.GoAsync("/certification");
        await certifier.ClickAsync(page.Locator("main form button"));
        (await certifier.MainTextAsync()).ShouldContain(Title);

        // a wrong password certifies nothing
        await page.Locator("input[name=Password]").FillAsync("not-the-password");
        await certifier.ClickAsync(page.Locator("main form button").Last);
        page.Url.ShouldContain("/certification/confirm");

        await page.Locator("input[name=Password]").FillAsync(DemonstrationSite.EveryonesPassword);
        await certifier.ClickAsync(page.Locator("main form button").Last);
        if (!page.Url.Contains("/certificates/", StringComparison.Ordinal))
        {
            await certifier.ClickAsync(page.Locator("main a[href*='/certificates/']").First);
        }
        (await page.Locator("code.hash").InnerTextAsync()).Trim().Length.ShouldBe(64);
    }

    private async Task ReturnAsync(string officerName, string overview)
    {
        await using var officer = await site.SignInAsync(officerName);
        var page = officer.Page;
        await officer.GoAsync("/progress/info-current?topic=international-agreements");
        await officer.ClickAsync(page.Locator("main a", new() { HasTextString = "อุตรดิตถ์" }).First);
        var row = page.Locator("tr", new() { HasText = "อบต.แสนตอ" });
        (await page.Locator("main table").InnerTextAsync()).ShouldContain("✓");
        (await page.Locator("main table").InnerTextAsync()).ShouldContain("×");
        (await row.CountAsync()).ShouldBe(2);

        await officer.GoAsync("/submissions?round=info-current&done=false");
        (await officer.MainTextAsync()).ShouldContain("อบต.");

        await officer.GoAsync(overview + "/review");
        (await officer.MainTextAsync()).ShouldContain(Title);
        await officer.GoAsync(overview + "/return");
        await page.Locator("textarea").FillAsync("โปรดตรวจสอบชื่อคู่ภาคีภาษาอังกฤษ");
        await officer.ClickAsync(page.Locator("main form button").Last);
    }

    private static async Task SeeReturnAsync(Visitor recorder, string overview)
    {
        await recorder.GoAsync("/");
        (await recorder.MainTextAsync()).ShouldContain("โปรดตรวจสอบชื่อคู่ภาคีภาษาอังกฤษ");
        await recorder.GoAsync(overview);
        (await recorder.MainTextAsync()).ShouldContain("โปรดตรวจสอบชื่อคู่ภาคีภาษาอังกฤษ");
        await recorder.ClickAsync(recorder.Page.Locator("main a[href*='/records/']").First);
        (await recorder.MainTextAsync()).ShouldContain("โปรดตรวจสอบชื่อคู่ภาคีภาษาอังกฤษ");
    }

    /// <summary>In English and without JavaScript: nothing of the main job needs it.</summary>
    [Fact]
    public async Task NilReturn_InEnglishWithoutJavaScript_IsDeclaredAndSubmitted()
    {
        await using var recorder = await site.SignInAsync("recorder.namphai", "en", javaScript: false, width: 390);
        var page = recorder.Page;
        (await recorder.MainTextAsync()).ShouldContain("30 days");
        await recorder.ClickAsync(page.Locator(".topic-list a.btn[href*='international-agreements']"));
        await recorder.ClickAsync(page.Locator("main a[href$='/nil']"));
        await recorder.ClickAsync(page.Locator("main form button").First);
        (await recorder.MainTextAsync()).ShouldContain("Recorded");
    }

    /// <summary>The annual form without JavaScript: what is wrong comes back as typed, with its field named.</summary>
    [Fact]
    public async Task AnnualForm_WithoutJavaScript_KeepsWhatIsWrongAndSaysWhere()
    {
        await using var recorder = await site.SignInAsync("recorder.namphai", "th", javaScript: false);
        var page = recorder.Page;
        await recorder.ClickAsync(page.Locator(".topic-list a.btn[href*='infrastructure']"));
        if (!page.Url.Contains("/answers", StringComparison.Ordinal))
        {
            await recorder.ClickAsync(page.Locator("main a[href$='/answers']").First);
        }
        await page.Locator("[name='f.bridges']").FillAsync("สิบสอง");
        await page.Locator("[name='f.roads_concrete_km']").FillAsync("๑๒.๕");
        await recorder.ClickAsync(page.Locator("button[name=_do][value=submit]"));
        await recorder.ClickAsync(page.Locator("main form button").First);
        (await page.Locator(".error-summary a").CountAsync()).ShouldBeGreaterThan(5);
        await recorder.ClickAsync(page.Locator(".error-summary a[href*='#bridges']").First);
        (await page.Locator("[name='f.bridges']").InputValueAsync()).ShouldBe("สิบสอง");
        (await page.Locator("[name='f.roads_concrete_km']").InputValueAsync()).ShouldBe("12.5");
    }
}

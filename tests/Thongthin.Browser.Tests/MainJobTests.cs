using Microsoft.Playwright;
using Thongthin.Browser.Tests.Support;

namespace Thongthin.Browser.Tests;

/// <summary>The main job from end to end, as different people at one real site.</summary>
public sealed class MainJobTests(DemonstrationSite site)
{
    private const string Title = "ความตกลงเมืองพี่เมืองน้องกับเมืองสมมุติ";

    /// <summary>
    /// The recorder records and submits, the district officer and then the province officer return it, the recorder corrects it
    /// each time, the executive certifies it, and the district's table shows it.
    /// </summary>
    /// <param name="account">of the LAO's accounts, the part after the role</param>
    /// <param name="lao">what the pages of that language call it</param>
    [Theory]
    [InlineData("th", "saento", "อบต.แสนตอ", "เหลืออีก 30 วัน", "บันทึกข้อมูลเรียบร้อยแล้ว")]
    [InlineData("en", "06530402", "Den Lek SAO", "30 days left", "Recorded")]
    public async Task Agreements_FromTheRecorderToTheProvince_AreRecordedReturnedCorrectedAndCertified(
        string language,
        string account,
        string lao,
        string daysLeft,
        string recorded
    )
    {
        await using var recorder = await site.SignInAsync($"recorder.{account}", language);
        (await recorder.MainTextAsync()).ShouldContain(daysLeft);
        var overview = await RecordAsync(recorder);
        await SubmitAsync(recorder, overview, recorded);
        foreach (
            var (officerName, reason) in new[]
            {
                ("district.nampat", "โปรดตรวจสอบชื่อคู่ภาคีภาษาอังกฤษ"),
                ("province.uttaradit", "โปรดระบุสาระสำคัญให้ชัดเจนกว่านี้"),
            }
        )
        {
            await using (var officer = await site.SignInAsync(officerName, language))
            {
                await ReturnAsync(officer, lao, reason);
            }
            await CorrectAsync(recorder, overview, reason);
            await SubmitAsync(recorder, overview, recorded);
        }
        await CertifyAsync($"certifier.{account}", language);
        await using var district = await site.SignInAsync("district.nampat", language);
        await OpenTableAsync(district);
        (await district.Page.Locator("main tbody tr", new() { HasText = lao }).InnerTextAsync()).ShouldContain("✓");
    }

    private static async Task<string> RecordAsync(Visitor recorder)
    {
        var page = recorder.Page;
        await recorder.ClickAsync(page.Locator(".topic-list a.btn[href*='international-agreements']"));
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
        await recorder.ClickAsync(page.Locator(".error-summary a[href$='#summary']"));
        page.Url.ShouldContain("#summary");
        await entry.TypeAsync("summary", "แลกเปลี่ยนความรู้ด้านการท่องเที่ยวและวัฒนธรรมระหว่างสองเมือง");
        await entry.WaitUntilSavedAsync();
        await recorder.ClickAsync(page.Locator("button[name=_do][value=confirm]"));
        return overview;
    }

    private static async Task SubmitAsync(Visitor recorder, string overview, string recorded)
    {
        await recorder.GoAsync(overview + "/submit");
        await recorder.ClickAsync(recorder.Page.Locator("main form button").First);
        await recorder.GoAsync(overview);
        (await recorder.MainTextAsync()).ShouldContain(recorded);
    }

    /// <summary>The office's own table of the open round, from its home page, for the agreements alone.</summary>
    private static async Task OpenTableAsync(Visitor officer)
    {
        var page = officer.Page;
        await officer.ClickAsync(page.Locator("main a.btn-primary[href^='/progress/info-current/']"));
        await ChooseAsync(page, "topic", "international-agreements");
        (await page.Locator("main tbody").InnerTextAsync()).ShouldContain("×");
        await officer.CheckAsync();
    }

    /// <summary>A changed filter shows at once.</summary>
    private static async Task ChooseAsync(IPage page, string filter, string value)
    {
        await page.Locator($"select[name={filter}]").SelectOptionAsync(value);
        await page.WaitForURLAsync(url => url.Contains($"{filter}={value}", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator(".htmx-request, .htmx-swapping, .htmx-settling")).ToHaveCountAsync(0);
    }

    /// <summary>From the table to those who are not done, to one of them, and to what it recorded.</summary>
    private static async Task ReturnAsync(Visitor officer, string lao, string reason)
    {
        var page = officer.Page;
        await OpenTableAsync(officer);
        await ChooseAsync(page, "state", "not_done");
        (await page.Locator("main tbody").InnerTextAsync()).ShouldNotContain("✓");
        await officer.CheckAsync();

        await officer.ClickAsync(page.Locator("main tbody a[href*='/units/']", new() { HasText = lao }).Last);
        await officer.ClickAsync(page.Locator("main tbody a[href*='/international-agreements/']"));
        await officer.ClickAsync(page.Locator("main a[href$='/review']"));
        (await officer.MainTextAsync()).ShouldContain(Title);
        await officer.ClickAsync(page.Locator("main a[href$='/return']"));

        // without a reason nothing is returned
        await officer.ClickAsync(page.Locator("main form button").Last);
        (await page.Locator(".error-summary a").CountAsync()).ShouldBe(1);
        await page.Locator("textarea").FillAsync(reason);
        await officer.ClickAsync(page.Locator("main form button").Last);
        (await officer.MainTextAsync()).ShouldContain(reason);
    }

    /// <summary>The reason stands on the home page, with the topic and on the form; the correction is confirmed again.</summary>
    private static async Task CorrectAsync(Visitor recorder, string overview, string reason)
    {
        var page = recorder.Page;
        await recorder.GoAsync("/");
        (await recorder.MainTextAsync()).ShouldContain(reason);
        await recorder.ClickAsync(page.Locator($".topic-list a.btn[href='{overview}']"));
        (await recorder.MainTextAsync()).ShouldContain(reason);
        await recorder.ClickAsync(page.Locator("main a[href*='/records/']").First);
        (await recorder.MainTextAsync()).ShouldContain(reason);
        var entry = new AgreementEntry(recorder);
        await entry.TypeAsync("summary", "แก้ไขแล้ว: แลกเปลี่ยนเยาวชนและวัฒนธรรมปีละหนึ่งครั้ง " + reason);
        await entry.WaitUntilSavedAsync();
        await recorder.ClickAsync(page.Locator("button[name=_do][value=confirm]"));
    }

    private async Task CertifyAsync(string certifierName, string language)
    {
        await using var certifier = await site.SignInAsync(certifierName, language);
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
            await certifier.ClickAsync(page.Locator("main .link-list a[href*='/certificates/']").First);
        }
        (await page.Locator("code.hash").InnerTextAsync()).Trim().Length.ShouldBe(64);
    }

    /// <summary>On a phone, and once in English without JavaScript: nothing of the main job needs it.</summary>
    [Theory]
    [InlineData("th", "06530403", true, "30 วัน", "บันทึกข้อมูลเรียบร้อยแล้ว", "ไม่มีข้อมูล")]
    [InlineData("en", "namphai", false, "30 days", "Recorded", "Nil return")]
    public async Task NilReturn_OnAPhone_IsDeclaredAndSubmitted(
        string language,
        string account,
        bool javaScript,
        string daysLeft,
        string recorded,
        string nil
    )
    {
        await using var recorder = await site.SignInAsync($"recorder.{account}", language, javaScript, width: 390);
        var page = recorder.Page;
        (await recorder.MainTextAsync()).ShouldContain(daysLeft);
        await recorder.ClickAsync(page.Locator(".topic-list a.btn[href*='international-agreements']"));
        await recorder.ClickAsync(page.Locator("main a[href$='/nil']"));
        await recorder.ClickAsync(page.Locator("main form button").First);
        var text = await recorder.MainTextAsync();
        text.ShouldContain(recorded);
        text.ShouldContain(nil);
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
        // the year starts from the last values
        foreach (var number in await page.Locator("input[data-number]:visible").AllAsync())
        {
            await number.FillAsync("");
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

using Microsoft.Playwright;
using Thongthin.Browser.Tests.Support;

namespace Thongthin.Browser.Tests;

/// <summary>Every kind of question on the entry page in a real browser, on a phone and in English at a desk.</summary>
public sealed class EntryTypesTests(DemonstrationSite site)
{
    private const string Form = """
        | survey |
        |          | type                       | name       | label::ไทย (th) | label::English (en) | choice_filter          | parameters            | repeat_count | unit::ไทย (th) | unit::English (en) | guidance_hint::ไทย (th) | guidance_hint::English (en) | constraint | constraint_message::ไทย (th) | constraint_message::English (en) | calculation |
        |          | select_one provinces       | province   | จังหวัด          | Province            |                        |                       |              |               |                    |                        |                             | | | |  |
        |          | select_one districts       | district   | อำเภอ           | District            | province = ${province} |                       |              |               |                    | เลือกจังหวัดก่อน          | Choose the province first   | | | |  |
        |          | select_multiple areas      | areas      | เขต             | Areas               | part = ${part}         |                       |              |               |                    |                        |                             | | | |  |
        |          | select_one parts           | part       | ส่วน             | Part                |                        |                       |              |               |                    |                        |                             | | | |  |
        |          | range                      | score      | คะแนน           | Score               |                        | start=1 end=5 step=1  |              | คะแนน          | points             |                        |                             | | | |  |
        |          | rank parts                 | order      | ลำดับ            | Order               |                        |                       |              |               |                    |                        |                             | | | |  |
        |          | time                       | opens      | เปิด             | Opens               |                        |                       |              |               |                    |                        |                             | | | |  |
        |          | geopoint                   | place      | พิกัด             | Place               |                        |                       |              |               |                    |                        |                             | | | |  |
        |          | acknowledge                | seen       | อ่านระเบียบแล้ว    | Rules read          |                        |                       |              |               |                    |                        |                             | | | |  |
        |          | begin_repeat               | village    | หมู่บ้าน          | Village             |                        |                       |              |               |                    |                        |                             | | | |  |
        |          | text                       | headman    | ผู้ใหญ่บ้าน        | Headman             |                        |                       |              |               |                    |                        |                             | | | |  |
        |          | begin_repeat               | well       | บ่อ              | Well                |                        |                       |              |               |                    |                        |                             | | | |  |
        |          | integer                    | depth      | ลึก              | Depth               |                        |                       |              | ม.             | m                  |                        |                             | . < 100 | ไม่เกิน 100 | Below 100 |  |
        |          | end_repeat                 |            |                 |                     |                        |                       |              |               |                    |                        |                             | | | |  |
        |          | end_repeat                 |            |                 |                     |                        |                       |              |               |                    |                        |                             | | | |  |
        |          | select_one ${headman}      | leader     | ประธาน          | Chair               |                        |                       |              |               |                    |                        |                             | | | |  |
        |          | calculate                  | total      | ลึกรวม           | Total depth         |                        |                       |              | ม.             | m                  |                        |                             | | | | sum(${depth}) |
        | choices |
        |          | list_name | name | label::ไทย (th) | label::English (en) | part |
        |          | parts     | n    | เหนือ            | North               |      |
        |          | parts     | s    | ใต้              | South               |      |
        |          | areas     | n1   | เหนือหนึ่ง        | North one           | n    |
        |          | areas     | n2   | เหนือสอง         | North two           | n    |
        |          | areas     | s1   | ใต้หนึ่ง          | South one           | s    |
        | settings |
        |          | form_title::ไทย (th) | form_title::English (en) | form_id | version | default_language | sector | kind   | first_fiscal_year |
        |          | แบบทุกชนิด             | Form of every type       | {0}     | 1       | ไทย (th)         | 6      | annual | 2560              |
        """;

    [Theory]
    [InlineData("recorder.saento", "types-phone", "th", 390)]
    [InlineData("recorder.namphai", "types-desk", "en", 1280)]
    public async Task EveryType_IsFilledInSavedAndShownAgain(string user, string formId, string language, int width)
    {
        var address = await site.AskAsync(user, formId, Form.Replace("{0}", formId, StringComparison.Ordinal));
        await using var recorder = await site.SignInAsync(user, language, width: width);
        var page = recorder.Page;
        await recorder.GoAsync(address);
        await recorder.CheckAsync();

        // A long list is typed into; what depends on it follows at once.
        await Named(page, "province").FillAsync(language == "th" ? "อุตรดิตถ์" : "Uttaradit");
        await Named(page, "province").BlurAsync();
        (await page.Locator("#district option").CountAsync()).ShouldBe(10, "nine districts and no answer");
        await page.Locator("#district").SelectOptionAsync("5304");

        await page.Locator("[name='f.part'][value=n]").CheckAsync();
        await page.Locator("[name='f.areas'][value=n2]").CheckAsync();
        (await page.Locator("[name='f.areas'][value=s1]").IsVisibleAsync()).ShouldBeFalse();

        await Named(page, "score").FillAsync("9");
        await Named(page, "score").BlurAsync();
        (await page.Locator("#score-error").IsVisibleAsync()).ShouldBeTrue();
        await Named(page, "score").FillAsync("4");

        await page.Locator("[name='f.order']").Nth(0).SelectOptionAsync("s");
        await page.Locator("[name='f.order']").Nth(1).SelectOptionAsync("n");
        await Named(page, "opens").FillAsync("๘.๓๐");
        await Named(page, "place").FillAsync("17.62 100.10");
        await Named(page, "seen").CheckAsync();

        // Rows inside rows.
        await page.Locator("button[name=_add][value=village]").ClickAsync();
        await page.Locator("[name$='].headman']").FillAsync("สมชาย");
        await page.Locator("button[name=_add][value$='.well']").ClickAsync();
        await page.Locator("button[name=_add][value$='.well']").ClickAsync();
        await page.Locator("[name$='].depth']").Nth(0).FillAsync("12");
        await page.Locator("[name$='].depth']").Nth(1).FillAsync("200");
        await page.Locator("[name$='].depth']").Nth(1).BlurAsync();
        (await page.Locator("[id$='.depth-error']").First.IsVisibleAsync()).ShouldBeTrue();
        await page.Locator("[name$='].depth']").Nth(1).FillAsync("30");
        (await page.Locator("#leader option").CountAsync()).ShouldBe(2, "the headman and no answer");
        await page.Locator("#leader").SelectOptionAsync("สมชาย");
        await page.Locator("#save-state[data-state=saved]").WaitForAsync();
        await recorder.CheckAsync();

        await recorder.GoAsync(address);
        (await Named(page, "province").InputValueAsync()).ShouldBe(language == "th" ? "อุตรดิตถ์" : "Uttaradit");
        (await page.Locator("#district").InputValueAsync()).ShouldBe("5304");
        (await page.Locator("[name='f.order']").Nth(0).InputValueAsync()).ShouldBe("s");
        (await Named(page, "opens").InputValueAsync()).ShouldBe("08:30");
        (await page.Locator("[name$='].depth']").Nth(1).InputValueAsync()).ShouldBe("30");
        (await page.Locator("#leader").InputValueAsync()).ShouldBe("สมชาย");
        (await page.Locator("#total").InnerTextAsync()).ShouldContain("42");

        // A choice that no longer goes with the others is kept, and said.
        await Named(page, "province").FillAsync(language == "th" ? "แพร่" : "Phrae");
        await Named(page, "province").BlurAsync();
        (await page.Locator("#district").InputValueAsync()).ShouldBe("5304");
        await page.Locator("#save-state[data-state=saved]").WaitForAsync();
        await recorder.GoAsync(address);
        (await page.Locator("#district-error").IsVisibleAsync()).ShouldBeTrue();
        await recorder.CheckAsync();
    }

    private static ILocator Named(IPage page, string name) => page.Locator($"[name='f.{name}']");
}

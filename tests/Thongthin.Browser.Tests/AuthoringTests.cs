using System.Text;
using Thongthin.Browser.Tests.Support;

namespace Thongthin.Browser.Tests;

/// <summary>An administrator of the Department uploads a form and tries it, at a desk and on a phone.</summary>
public sealed class AuthoringTests(DemonstrationSite site)
{
    private const string Form = """
        | survey |
        |          | type          | name    | label::ไทย (th) | label::English (en) | relevant   | appearance |
        |          | integer       | roads   | ถนน            | Roads               |            | sparkling  |
        |          | text          | why     | เพราะอะไร       | Why                 | ${roads} > 5 |          |
        |          | begin_repeat  | road    | สาย            | Road                |            |            |
        |          | text          | road_id | ชื่อ            | Name                |            |            |
        |          | end_repeat    |         |                |                     |            |            |
        | settings |
        |          | form_title::ไทย (th) | form_title::English (en) | form_id | version | sector | kind   | first_fiscal_year |
        |          | แบบลองใช้             | Form to try              | {0}     | 1       | 6      | annual | 2560              |
        """;

    [Theory]
    [InlineData("th", 390)]
    [InlineData("en", 1280)]
    public async Task Upload_ShowsFindings_AndAPreviewThatWorks(string language, int width)
    {
        await using var administrator = await site.SignInAsync("administrator", language, width: width);
        var page = administrator.Page;
        await administrator.GoAsync("/forms/new");
        await administrator.CheckAsync();
        var text = Form.Replace("{0}", $"tried-{width}", StringComparison.Ordinal);
        await page.Locator("#Upload")
            .SetInputFilesAsync(
                new Microsoft.Playwright.FilePayload
                {
                    Name = "form.md",
                    MimeType = "text/markdown",
                    Buffer = Encoding.UTF8.GetBytes(text),
                }
            );
        await administrator.ClickAsync(page.Locator("main form button").First);
        (await administrator.MainTextAsync()).ShouldContain("F055");
        await administrator.CheckAsync();
        var draft = new Uri(page.Url).AbsolutePath;

        await administrator.GoAsync($"{draft}/preview?language={language}");
        (await page.Locator("[data-path=why]").IsVisibleAsync()).ShouldBeFalse();
        await page.Locator("[name='f.roads']").FillAsync("๑๒");
        await page.Locator("[name='f.why']").FillAsync("เพราะยาว");
        await page.Locator("button[name=_add][value=road]").ClickAsync();
        await page.Locator("[name$='.road_id']").FillAsync("สายหนึ่ง");
        await administrator.CheckAsync();
        await administrator.ClickAsync(page.Locator("#entry .save-bar button"));
        var review = await administrator.MainTextAsync();
        review.ShouldContain("เพราะยาว");
        review.ShouldContain("สายหนึ่ง");
        await administrator.CheckAsync();

        await administrator.GoAsync(draft);
        await page.Locator("[name=FirstFiscalYear]").FillAsync("2570");
        await administrator.ClickAsync(page.Locator("form[action$=Publish] button"));
        page.Url.ShouldEndWith($"/forms/tried-{width}/1");
    }
}

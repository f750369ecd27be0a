using Thongthin.Browser.Tests.Support;
using Thongthin.Tests.Workbooks;

namespace Thongthin.Browser.Tests;

/// <summary>A topic filled in with Excel: downloaded, sent with a mistake, corrected, looked through and stored.</summary>
public sealed class WorkbookTests(DemonstrationSite site)
{
    private const string Form = """
        | survey |
        |        | type         | name       | label::ไทย (th) | label::English (en) | unit::ไทย (th) | unit::English (en) |
        |        | integer      | roads      | จำนวนถนน        | Roads               | สาย           | roads              |
        |        | integer      | bridges    | จำนวนสะพาน      | Bridges             | แห่ง           | bridges            |
        |        | begin_repeat | road       | สายทาง          | Road                |               |                    |
        |        | text         | road_name  | ชื่อสายทาง       | Name of the road    |               |                    |
        |        | end_repeat   |            |                 |                     |               |                    |
        | settings |
        |          | form_title::ไทย (th) | form_title::English (en) | form_id | version | default_language | sector | kind   | first_fiscal_year |
        |          | แบบสำหรับ Excel        | Form for Excel           | {0}     | 1       | ไทย (th)         | 6      | annual | 2560              |
        """;

    [Theory]
    [InlineData("th", 390, "recorder.saento", "excel-phone")]
    [InlineData("en", 1280, "recorder.namphai", "excel-desk")]
    public async Task Workbook_FilledInAndCorrected_IsStored(string language, int width, string account, string formId)
    {
        var answers = await site.AskAsync(account, formId, Form.Replace("{0}", formId, StringComparison.Ordinal));
        await using var recorder = await site.SignInAsync(account, language, width: width);
        var page = recorder.Page;
        await recorder.GoAsync(answers[..answers.LastIndexOf('/')]);
        await recorder.ClickAsync(page.Locator($"main a[href*='/workbooks/{formId}/']"));
        var start = page.Url;

        var download = await page.RunAndWaitForDownloadAsync(() =>
            page.Locator("main a[href*='handler=File']").ClickAsync()
        );
        using var book = new FilledWorkbook(await File.ReadAllBytesAsync(await download.PathAsync()));
        var (form, rows) = (book.VisibleSheets.ElementAt(1), book.VisibleSheets.ElementAt(2));
        var answer = book.ColumnOf(form, "@answer");
        book.Type(form, answer, book.RowOf(form, "roads"), 12);
        book.Type(form, answer, book.RowOf(form, "bridges"), "สาม");
        book.Type(rows, book.ColumnOf(rows, "road_name"), 4, "ถนนสมมติ");
        await SendAsync(recorder, book.Save());
        (await recorder.MainTextAsync()).ShouldContain($"{form}!{answer}{book.RowOf(form, "bridges")}");
        (await page.Locator("button[name=good][value=false]").CountAsync()).ShouldBe(0);

        book.Type(form, answer, book.RowOf(form, "bridges"), 3);
        await recorder.GoAsync(new Uri(start).PathAndQuery);
        await SendAsync(recorder, book.Save());
        // stored with a progress bar, on this page
        await page.Locator("button[name=good][value=false]").ClickAsync();
        await page.Locator("main .btn-primary[href*='/submissions']").WaitForAsync();
        await recorder.CheckAsync();

        await recorder.GoAsync(answers);
        (await page.Locator("[name='f.roads']").InputValueAsync()).ShouldBe("12");
        (await page.Locator("[name='f.bridges']").InputValueAsync()).ShouldBe("3");
        (await page.Locator("[data-row] [name$='.road_name']").First.InputValueAsync()).ShouldBe("ถนนสมมติ");
    }

    private static async Task SendAsync(Visitor recorder, byte[] file)
    {
        await recorder
            .Page.Locator("input[name=Upload]")
            .SetInputFilesAsync(
                new Microsoft.Playwright.FilePayload
                {
                    Name = "กรอกแล้ว.xlsx",
                    MimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    Buffer = file,
                }
            );
        await recorder.ClickAsync(recorder.Page.Locator("main form .btn-primary"));
    }
}

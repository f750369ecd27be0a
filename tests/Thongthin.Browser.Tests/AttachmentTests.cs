using System.Text;
using Microsoft.Playwright;
using Thongthin.Browser.Tests.Support;

namespace Thongthin.Browser.Tests;

/// <summary>Files on the entry page in a real browser: sent while one goes on typing, over breaks, with a picture of the picture.</summary>
public sealed class AttachmentTests(DemonstrationSite site)
{
    private const int Piece = 256 * 1024;

    private const string Form = """
        | survey |
        |          | type    | name  | label::ไทย (th) | label::English (en) |
        |          | integer | roads | จำนวนถนน        | Roads               |
        |          | file    | plan  | แผนงาน          | Plan                |
        |          | image   | photo | ภาพถ่าย          | Photo               |
        | settings |
        |          | form_title::ไทย (th) | form_title::English (en) | form_id | version | default_language | sector | kind   | first_fiscal_year |
        |          | แบบที่มีไฟล์            | Form with files          | {0}     | 1       | ไทย (th)         | 6      | annual | 2560              |
        """;

    [Fact]
    public async Task Upload_WhenTheNetworkIsCutInTheMiddle_GoesOnByItself()
    {
        await using var recorder = await OpenAsync("recorder.saento", "files-cut");
        var page = recorder.Page;
        var pieces = 0;
        await page.RouteAsync(
            "**/uploads/*?offset=*",
            async route =>
            {
                // each piece takes its time, so that the bar is seen to move
                await Task.Delay(150);
                if (Interlocked.Increment(ref pieces) == 3)
                {
                    await recorder.Context.SetOfflineAsync(true);
                }
                await route.ContinueAsync();
            }
        );

        await ChooseAsync(page, "plan", "แผน งาน.pdf", "application/pdf", Pdf(6 * Piece));

        await State(page, "plan", "sending").WaitForAsync();
        await State(page, "plan", "waiting").WaitForAsync();
        (await Field(page, "plan").Locator("progress").GetAttributeAsync("value")).ShouldBe($"{2 * Piece}");
        await recorder.CheckAsync();
        await recorder.Context.SetOfflineAsync(false);
        await State(page, "plan", "attached").WaitForAsync();
        pieces.ShouldBeInRange(7, 9, "what had arrived is not sent again");
        await page.Locator("#save-state[data-state=saved]").WaitForAsync();
        await recorder.GoAsync(new Uri(page.Url).AbsolutePath);
        (await Field(page, "plan").InnerTextAsync()).ShouldContain("แผน งาน.pdf");
    }

    [Fact]
    public async Task Upload_AfterAReload_GoesOnWhenTheSameFileIsChosenAgain()
    {
        await using var recorder = await OpenAsync("recorder.namphai", "files-reload", "en");
        var page = recorder.Page;
        var file = Pdf(5 * Piece);
        var stop = true;
        var sent = new List<string>();
        await page.RouteAsync(
            "**/uploads/*?offset=*",
            async route =>
            {
                sent.Add(route.Request.Url.Split("offset=")[1]);
                if (stop && sent.Count > 2)
                {
                    await route.AbortAsync();
                    return;
                }
                await route.ContinueAsync();
            }
        );
        page.Dialog += async (_, dialog) => await dialog.AcceptAsync();
        await ChooseAsync(page, "plan", "plan.pdf", "application/pdf", file);
        await State(page, "plan", "waiting").WaitForAsync();

        await page.ReloadAsync();

        await State(page, "plan", "unfinished").WaitForAsync();
        (await Field(page, "plan").Locator(".file-state").InnerTextAsync()).ShouldContain("40 %");
        await recorder.CheckAsync();
        stop = false;
        sent.Clear();
        await ChooseAsync(page, "plan", "plan.pdf", "application/pdf", file);
        await State(page, "plan", "attached").WaitForAsync();
        sent.ShouldBe([$"{2 * Piece}", $"{3 * Piece}", $"{4 * Piece}"]);
    }

    /// <summary>On a phone: a picture gets its thumbnail from the browser, is saved, taken off and brought back by its tick.</summary>
    [Fact]
    public async Task Picture_OnAPhone_ShowsItsThumbnailAndIsTakenOffByItsTick()
    {
        await using var recorder = await OpenAsync("recorder.saento", "files-picture", width: 390);
        var page = recorder.Page;
        var picture = await page.EvaluateAsync<string>(
            """
            async () => {
                const canvas = Object.assign(document.createElement("canvas"), { width: 1600, height: 1200 });
                const context = canvas.getContext("2d");
                for (let i = 0; i < 4000; i += 1) {
                    context.fillStyle = `hsl(${i * 37 % 360} 70% 50%)`;
                    context.fillRect((i * 97) % 1600, (i * 61) % 1200, 60, 40);
                }
                return canvas.toDataURL("image/png").split(",")[1];
            }
            """
        );
        await ChooseAsync(page, "photo", "ถนน.png", "image/png", Convert.FromBase64String(picture));
        await State(page, "photo", "attached").WaitForAsync();
        await page.Locator("#save-state[data-state=saved]").WaitForAsync();

        var thumbnail = Field(page, "photo").Locator("img");
        await thumbnail.ScrollIntoViewIfNeededAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('img.attachment-picture')?.naturalWidth > 0");
        (await thumbnail.EvaluateAsync<int>("image => image.naturalWidth")).ShouldBe(240);
        await recorder.CheckAsync();
        await recorder.GoAsync(new Uri(page.Url).AbsolutePath);
        await page.Locator("[name='f.photo']").UncheckAsync();
        await page.Locator("#save-state[data-state=saved]").WaitForAsync();
        await page.Locator("[name='f.photo']").CheckAsync();
        await page.Locator("#save-state[data-state=saved]").WaitForAsync();
        await page.Locator("[name='f.photo']").UncheckAsync();
        await page.Locator("#save-state[data-state=saved]").WaitForAsync();
        await recorder.GoAsync(new Uri(page.Url).AbsolutePath);
        (await Field(page, "photo").Locator("img").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Upload_OfWhatMayNotBeStored_IsSaidBesideTheField()
    {
        await using var recorder = await OpenAsync("recorder.saento", "files-refused");
        var page = recorder.Page;

        await ChooseAsync(page, "plan", "letter.pdf", "application/pdf", [.. "MZ"u8, .. new byte[3 * Piece]]);

        await State(page, "plan", "error").WaitForAsync();
        (await Field(page, "plan").InnerTextAsync()).ShouldContain("เป็นโปรแกรม");
        (await page.Locator("#plan").GetAttributeAsync("aria-invalid")).ShouldBe("true");
        await recorder.CheckAsync();
        var large = Path.Combine(Path.GetTempPath(), $"large-{Guid.CreateVersion7()}.pdf");
        await File.WriteAllBytesAsync(large, Pdf(21 * 1024 * 1024));
        try
        {
            await page.Locator("[name='u.plan']").SetInputFilesAsync(large);
            await page.Locator("[data-path=plan] .file-state", new() { HasText = "20 MB" }).WaitForAsync();
        }
        finally
        {
            File.Delete(large);
        }
    }

    /// <summary>Saving while a file is on its way waits for it; giving it up goes on at once.</summary>
    [Fact]
    public async Task Save_WhileAFileIsOnItsWay_WaitsForIt()
    {
        await using var recorder = await OpenAsync("recorder.saento", "files-wait");
        var page = recorder.Page;
        await page.RouteAsync(
            "**/uploads/*?offset=*",
            async route =>
            {
                await Task.Delay(300);
                await route.ContinueAsync();
            }
        );
        await page.Locator("[name='f.roads']").FillAsync("12");
        await ChooseAsync(page, "plan", "plan.pdf", "application/pdf", Pdf(4 * Piece));
        await State(page, "plan", "sending").WaitForAsync();

        await recorder.ClickAsync(page.Locator("button[data-save]"));

        (await Field(page, "plan").InnerTextAsync()).ShouldContain("plan.pdf");
        (await page.Locator("[name='f.roads']").InputValueAsync()).ShouldBe("12");
    }

    [Fact]
    public async Task File_WithoutJavaScript_TravelsWithTheForm()
    {
        await using var recorder = await OpenAsync("recorder.saento", "files-plain", "en", javaScript: false);
        var page = recorder.Page;
        await page.Locator("[name='f.roads']").FillAsync("7");
        await ChooseAsync(page, "plan", "plan.pdf", "application/pdf", Pdf(2 * Piece));

        await recorder.ClickAsync(page.Locator("button[data-save]"));

        (await Field(page, "plan").InnerTextAsync()).ShouldContain("plan.pdf");
        (await page.Locator("[name='f.roads']").InputValueAsync()).ShouldBe("7");
    }

    private async Task<Visitor> OpenAsync(
        string userName,
        string formId,
        string language = "th",
        bool javaScript = true,
        int width = 1280
    )
    {
        var address = await site.AskAsync(userName, formId, Form.Replace("{0}", formId, StringComparison.Ordinal));
        var visitor = await site.SignInAsync(userName, language, javaScript, width);
        await visitor.GoAsync(address);
        return visitor;
    }

    private static ILocator Field(IPage page, string path) => page.Locator($"[data-path='{path}']");

    private static ILocator State(IPage page, string path, string state) =>
        Field(page, path).Locator($".file-state[data-state='{state}']");

    private static Task ChooseAsync(IPage page, string path, string name, string type, byte[] bytes) =>
        page.Locator($"[name='u.{path}']")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = name,
                    MimeType = type,
                    Buffer = bytes,
                }
            );

    private static byte[] Pdf(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        Encoding.ASCII.GetBytes("%PDF-1.7\n").CopyTo(bytes, 0);
        return bytes;
    }
}

using Microsoft.Playwright;
using Thongthin.Browser.Tests.Support;

namespace Thongthin.Browser.Tests;

/// <summary>The Department looks at the whole country, today and on a past day, and goes down to one LAO.</summary>
public sealed class DepartmentTests(DemonstrationSite site)
{
    [Theory]
    [InlineData("th", 1280)]
    [InlineData("en", 390)]
    public async Task NationalTable_OnTheReportedDay_ShowsThePrintedFiguresAndLeadsDown(string language, int width)
    {
        await using var department = await site.SignInAsync("department", language, width: width);
        var page = department.Page;
        await department.GoAsync("/progress");
        await department.GoAsync("/progress/agreements-2563?as_of=11/6/2563");
        var text = await department.MainTextAsync();
        text.ShouldContain("7,850");
        text.ShouldContain("292");
        text.ShouldContain("3.72");

        await department.ClickAsync(
            page.Locator("main a", new() { HasTextString = language == "en" ? "Uttaradit" : "อุตรดิตถ์" }).First
        );
        (await page.Locator("main table").First.InnerTextAsync()).ShouldContain("แสนตอ");
        await department.ClickAsync(page.Locator("main a", new() { HasText = "น้ำปาด" }).First);
        await department.ClickAsync(page.Locator("main a", new() { HasText = "แสนตอ" }).First);
        (await department.MainTextAsync()).ShouldContain("แสนตอ");
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task NationalTable_AsAFile_IsDownloaded(string format)
    {
        await using var department = await site.SignInAsync("department");
        await department.GoAsync("/progress/agreements-2563?as_of=11/6/2563");
        var download = await department.Page.RunAndWaitForDownloadAsync(() =>
            department.Page.Locator($"main a[href*='format={format}']").ClickAsync()
        );
        var path = await download.PathAsync();
        new FileInfo(path).Length.ShouldBeGreaterThan(1000);
        download.SuggestedFilename.ShouldEndWith("." + format);
    }

    [Fact]
    public async Task NationalTable_Printed_RepeatsItsHeaderInThaiDigits()
    {
        await using var department = await site.SignInAsync("department");
        await department.GoAsync("/progress/agreements-2563?as_of=11/6/2563&print=true");
        var pdf = await department.Page.PdfAsync(new() { Format = "A4", PreferCSSPageSize = true });
        pdf.Length.ShouldBeGreaterThan(20_000);
        await department.Page.EmulateMediaAsync(new() { Media = Media.Print });
        (await PrintedAsync(department, "๗,๘๕๐")).ShouldBeGreaterThan(0);
        (
            await department.Page.EvaluateAsync<string>(
                "getComputedStyle(document.querySelector('main table thead')).display"
            )
        ).ShouldBe("table-header-group");
    }

    /// <summary>How many figures are printed as this text: the print style puts the official digits in their place.</summary>
    private static Task<int> PrintedAsync(Visitor visitor, string text) =>
        visitor.Page.EvaluateAsync<int>(
            """
            text => [...document.querySelectorAll('main .digits')]
                .filter(span => getComputedStyle(span, '::before').content !== 'none' && span.dataset.thai === text).length
            """,
            text
        );
}

using Microsoft.Playwright;
using Thongthin.Browser.Tests.Support;

namespace Thongthin.Browser.Tests;

/// <summary>The Department looks at the whole country, today and on a past day, and goes down to one LAO.</summary>
public sealed class DepartmentTests(DemonstrationSite site)
{
    /// <summary>Down from the country to one LAO; an English page calls the units by their English names.</summary>
    [Theory]
    [InlineData("th", 1280, "อุตรดิตถ์", "น้ำปาด", "แสนตอ")]
    [InlineData("en", 390, "Uttaradit", "Nam Pat", "Saen To")]
    public async Task NationalTable_OnTheReportedDay_ShowsThePrintedFiguresAndLeadsDown(
        string language,
        int width,
        string province,
        string district,
        string lao
    )
    {
        await using var department = await site.SignInAsync("department", language, width: width);
        var page = department.Page;
        await department.GoAsync("/progress");
        await department.GoAsync("/progress/agreements-2563?as_of=11/6/2563");
        var text = await department.MainTextAsync();
        text.ShouldContain("7,850");
        text.ShouldContain("292");
        text.ShouldContain("3.72");

        foreach (var (name, path) in new[] { (province, "/provinces/"), (district, "/districts/"), (lao, "/units/") })
        {
            await department.ClickAsync(
                page.Locator($"main td a[href*='{path}'], main th a[href*='{path}']", new() { HasText = name }).First
            );
            new Uri(page.Url).AbsolutePath.ShouldContain(path);
            (await page.Locator("h1").InnerTextAsync()).ShouldContain(name);
        }
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

    /// <summary>The address of the print button opens the browser's print by itself; what it prints are the official digits.</summary>
    [Fact]
    public async Task NationalTable_Printed_RepeatsItsHeaderInThaiDigits()
    {
        await using var department = await site.SignInAsync("department");
        var page = department.Page;
        await page.AddInitScriptAsync(
            "window.print = () => { const page = document.documentElement.dataset; page.prints = Number(page.prints ?? 0) + 1; }"
        );
        await department.GoAsync("/progress/agreements-2563?as_of=11/6/2563&print=true");
        await page.Locator("html[data-prints='1']").WaitForAsync();
        (await page.Locator("main .notice").IsVisibleAsync()).ShouldBeTrue();

        var pdf = await page.PdfAsync(new() { Format = "A4", PreferCSSPageSize = true });
        pdf.Length.ShouldBeGreaterThan(20_000);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        (await page.Locator("main .notice").IsVisibleAsync()).ShouldBeFalse();
        (await PrintedAsync(department, "๗,๘๕๐")).ShouldBeGreaterThan(0);
        (
            await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('main table thead')).display")
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

using System.Net;
using AngleSharp.Dom;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Tests.Print;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Progress;

/// <summary>What moved between two kept tables, or since one: over HTTP, in all four forms.</summary>
public sealed class ComparisonTests
{
    [Fact]
    public async Task Comparison_OnThePageInCsvXlsxAndPdf_HasTheSameFigures()
    {
        await ChromiumFamily.PathAsync();
        var web = await TestWeb.OpenAsync();
        var scene = await ProgressScene.CreateAsync(web.Data);
        await scene.RecordAsync(scene.Laos[0], 3);
        using var browser = await web.SignInAsync(await scene.DepartmentAsync());
        var first = await browser.SubmitAsync(await browser.GetAsync(scene.Path), "form[action*='snapshot']");
        await scene.MoveAsync(scene.Laos[0], scene.Forms[0], "return", "returned", 0);
        await scene.RecordAsync(scene.Laos[2], 0);
        await scene.RecordAsync(scene.Laos[3], 0);
        await scene.RecordAsync(scene.LaoOfOtherProvince, 0);

        var compare = first.Path + "/compare";
        var page = await browser.GetAsync(compare);
        var csv = await browser.Client.GetStringAsync(compare + "?format=csv");
        var laos = await browser.Client.GetStringAsync(compare + "?format=csv&list=laos");
        var sheets = XlsxCells.ReadSheets(await browser.Client.GetByteArrayAsync(compare + "?format=xlsx"));
        var pdf = PdfPages.Read(await browser.Client.GetByteArrayAsync(compare + "?format=pdf")).ShouldHaveSingleItem();

        var (own, other) = (scene.Province.NameTh, scene.OtherProvince.NameTh);
        Rows(page, ".comparison-table tbody tr").ShouldBe([$"1|{own}|5|1|2|+1", $"2|{other}|1|0|1|+1"]);
        Rows(page, ".comparison-table tfoot tr").ShouldBe(["|รวม|6|1|3|+2"]);
        page.Text.ShouldContain("เรียบร้อยเพิ่มขึ้น 3 แห่ง และเคยเรียบร้อยแต่ต้องแก้ไขอีก 1 แห่ง");
        var moved = Rows(page, ".moved-table tbody tr");
        moved.Count.ShouldBe(4);
        moved[0].ShouldBe($"อบต.{scene.Laos[2].NameTh}|{scene.District.NameTh}|{own}|✓ เรียบร้อยแล้ว");
        moved[3].ShouldBe($"อบจ.{scene.Laos[0].NameTh}|{scene.District.NameTh}|{own}|× กลับไปแก้ไข");
        page.Document.QuerySelector($".moved-table a[href='{scene.UnitPath(scene.Laos[2])}']").ShouldNotBeNull();
        csv.TrimStart('\uFEFF')
            .ShouldBe(
                "no,province_th,lao_count_before,lao_count_after,recorded_before,recorded_after,difference\r\n"
                    + $"1,{own},5,5,1,2,1\r\n2,{other},1,1,0,1,1\r\n"
            );
        laos.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(5);
        laos.ShouldContain($"4,อบจ.{scene.Laos[0].NameTh},pao,{scene.District.NameTh},{own},false");
        sheets.Count.ShouldBe(2);
        sheets[0].ShouldContain($"1|{own}|5|1|2|1");
        sheets[0].ShouldContain("รวม|6|1|3|2");
        sheets[1].Split('\n').Count(line => line.EndsWith("|เรียบร้อยแล้ว", StringComparison.Ordinal)).ShouldBe(3);
        pdf.ShouldContain("๕๑๒+๑");
        pdf.ShouldContain("๖๑๓+๒");

        // two kept tables: the earlier one is before, whichever is opened
        var second = await browser.SubmitAsync(await browser.GetAsync(scene.Path), "form[action*='snapshot']");
        var number = string.Join('/', first.Path.Split('/')[^2..].Reverse());
        var both = await browser.GetAsync($"{second.Path}/compare?with={Uri.EscapeDataString(number)}");
        Rows(both, ".comparison-table tfoot tr").ShouldBe(["|รวม|6|1|3|+2"]);
        (await browser.GetAsync(second.Path + "/compare")).Text.ShouldContain("ไม่มี อปท. ที่เปลี่ยนแปลง");
    }

    [Fact]
    public async Task Comparison_OfAProvince_IsByDistrict_AndOnlyWithTablesLikeIt()
    {
        var web = await TestWeb.OpenAsync();
        var scene = await ProgressScene.CreateAsync(web.Data);
        using var province = await web.SignInAsync(await scene.PersonAsync(scene.Province));
        using var department = await web.SignInAsync(await scene.DepartmentAsync());
        var kept = await province.SubmitAsync(await province.GetAsync(scene.ProvincePath), "form[action*='snapshot']");
        var national = await department.SubmitAsync(await department.GetAsync(scene.Path), "form[action*='snapshot']");
        var part = await department.SubmitAsync(
            await department.GetAsync(scene.Path + "?state=not_done"),
            "form[action*='snapshot']"
        );
        await scene.RecordAsync(scene.LaoOfOtherDistrict, 0);

        var page = await province.GetAsync(kept.Path + "/compare");
        Rows(page, ".comparison-table tbody tr")
            .ShouldBe([$"1|{scene.District.NameTh}|4|0|0|0", $"2|{scene.OtherDistrict.NameTh}|1|0|1|+1"]);
        var number = string.Join('/', national.Path.Split('/')[^2..].Reverse());
        (await department.GetAsync($"{kept.Path}/compare?with={Uri.EscapeDataString(number)}")).Status.ShouldBe(
            HttpStatusCode.NotFound
        );
        (await department.GetAsync(part.Path + "/compare")).Status.ShouldBe(HttpStatusCode.NotFound);
        part.Document.QuerySelector("a[href$='/compare']").ShouldBeNull();
        (await province.GetAsync(national.Path + "/compare")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static List<string> Rows(TestPage page, string selector) =>
        [
            .. page
                .Document.QuerySelectorAll("main " + selector)
                .Select(row => string.Join('|', row.QuerySelectorAll("td, th").Select(Text))),
        ];

    private static string Text(IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

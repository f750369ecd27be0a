using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Progress;

/// <summary>The board, the follow-up list, the map and the chart over HTTP: their figures are the tables'.</summary>
public sealed partial class BoardPageTests
{
    private static readonly DateOnly Yesterday = BangkokTime.Day(TestData.Noon).AddDays(-1);

    [Fact]
    public async Task Board_ShowsEachLevelItsUnits_AndEveryNumberOpensTheListThatItCounts()
    {
        var web = await TestWeb.OpenAsync();
        var scene = await ProgressScene.CreateAsync(web.Data, deadline: Yesterday);
        var (laos, forms) = (scene.Laos, scene.Forms);
        await scene.RecordAsync(laos[0], 3);
        await scene.RecordAsync(laos[1], 3, forms[0]);
        await scene.MoveAsync(laos[1], forms[0], "return", "returned", 2);
        await scene.MoveAsync(laos[2], forms[0], "save", "in_progress", 2);
        var board = "/board?round=" + scene.Round.Slug;
        using var department = await web.SignInAsync(await scene.DepartmentAsync());
        using var province = await web.SignInAsync(await scene.PersonAsync(scene.Province));
        using var district = await web.SignInAsync(await scene.PersonAsync(scene.District, Role.Viewer));
        using var lao = await web.SignInAsync(await scene.PersonAsync(laos[1], Role.Recorder));

        var country = await department.GetAsync(board);
        RowHeads(country).ShouldBe([scene.Province.NameTh, scene.OtherProvince.NameTh], ignoreOrder: true);
        var own = await province.GetAsync(board);
        RowHeads(own)
            .ShouldBe([
                "อบจ." + laos[0].NameTh,
                "ทม." + laos[1].NameTh,
                "อำเภอ" + scene.District.NameTh,
                "อำเภอ" + scene.OtherDistrict.NameTh,
            ]);
        var below = await district.GetAsync(board);
        RowHeads(below).ShouldBe(["อบต." + laos[2].NameTh, "อบต." + laos[3].NameTh], ignoreOrder: true);
        var alone = await lao.GetAsync(board);
        RowHeads(alone).ShouldBe(["ทม." + laos[1].NameTh]);
        alone.TextOf("tbody").ShouldContain("ส่งกลับแก้ไข");
        alone.TextOf("tbody").ShouldContain("เกินกำหนด");
        alone.Document.QuerySelector($"a[href='/submissions/{laos[1].UnitId}/{forms[0]}/2563']").ShouldNotBeNull();

        country.TextOf("thead").ShouldContain("เลยกำหนดมา 1 วัน");
        foreach (
            var (browser, address) in new[]
            {
                (department, board),
                (department, board + "&show=summary&kind=sao"),
                (department, board + "&unit=" + ProgressScene.Text(scene.Province.UnitId)),
                (province, board),
                (district, board),
            }
        )
        {
            await EveryNumberOpensItsListAsync(browser, address);
        }
        // somebody else's place is nobody's board
        foreach (
            var (browser, unit) in new[]
            {
                (province, scene.OtherProvince),
                (district, scene.OtherDistrict),
                (lao, laos[0]),
            }
        )
        {
            (await browser.GetAsync($"{board}&unit={unit.UnitId}")).Status.ShouldBe(HttpStatusCode.NotFound);
        }
        (await department.GetAsync("/board?round=no-such-round")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Board_Table_Map_AndChart_HaveTheSameFigures()
    {
        var web = await TestWeb.OpenAsync();
        var scene = await ProgressScene.CreateAsync(web.Data);
        var before = await web.Data.OpenRoundAsync(
            scene.Forms,
            [.. scene.Laos, scene.LaoOfOtherProvince],
            new RoundOptions
            {
                FiscalYear = 2562,
                OpensOn = new DateOnly(2019, 1, 1),
                Deadline = new DateOnly(2019, 1, 29),
                ClosesOn = new DateOnly(2019, 2, 14),
            }
        );
        var topic = scene.Forms[0];
        await scene.RecordAsync(scene.Laos[0], 3, topic);
        await scene.RecordAsync(scene.Laos[2], 1, topic);
        await scene.RecordAsync(scene.LaoOfOtherProvince, 1);
        using var browser = await web.SignInAsync(await scene.DepartmentAsync());

        var table = await browser.GetAsync($"{scene.Path}?topic={topic}");
        var map = await browser.GetAsync($"{scene.Path}/map?topic={topic}");
        var board = await browser.Client.GetStringAsync($"/board?round={scene.Round.Slug}&format=csv");
        var chart = await browser.Client.GetStringAsync($"{scene.Path}/chart?topic={topic}&format=csv");

        table.TextOf("tfoot").ShouldContain("6 3 3 50.00");
        map.TextOf("tfoot").ShouldContain("6 3 3 50.00");
        var lines = board
            .Split("\r\n")
            .Select(line => line.Split(','))
            .Where(cells => cells.ElementAtOrDefault(3) == topic);
        lines.Sum(cells => Number(cells[5])).ShouldBe(6);
        lines.Sum(cells => Number(cells[6])).ShouldBe(3);
        chart.TrimEnd().Split("\r\n")[^1].ShouldBe("2020-01-15,-14,0,3,6,50,0");
        chart.ShouldContain("2020-01-14,-15,2,3,6,50,0");
        var page = await browser.GetAsync(scene.Path + "/chart");
        page.TextOf(".lead").ShouldContain("1 จาก 6 แห่ง ร้อยละ 16.67");
        page.Document.QuerySelector($".chart-legend a[href='/progress/{before.Slug}/chart']").ShouldNotBeNull();
        var ofProvince = await browser.GetAsync($"{scene.Path}/chart?province={scene.OtherProvince.UnitId}");
        ofProvince.TextOf(".lead").ShouldContain("1 จาก 1 แห่ง ร้อยละ 100.00");
        map.Document.QuerySelectorAll(".map use").Length.ShouldBe(77);
        var xlsx = XlsxCells.Read(
            await browser.Client.GetByteArrayAsync($"/board?round={scene.Round.Slug}&format=xlsx")
        );
        xlsx.ShouldContain(scene.Province.NameTh + "|");
    }

    [Fact]
    public async Task FollowUpList_IsOfTheReadersScope_WithStateLastChangeSupervisorAndDaysLate()
    {
        var web = await TestWeb.OpenAsync();
        var scene = await ProgressScene.CreateAsync(web.Data, deadline: Yesterday);
        var (laos, forms) = (scene.Laos, scene.Forms);
        await scene.RecordAsync(laos[3], 3);
        await scene.MoveAsync(laos[2], forms[0], "save", "in_progress", 2);
        using var district = await web.SignInAsync(await scene.PersonAsync(scene.District));
        using var stranger = await web.SignInAsync(await scene.PersonAsync(scene.OtherProvince));
        var list = scene.Path + "/units";

        var mine = await district.GetAsync($"{list}?state=not_done&within=mine");
        mine.Heading.ShouldStartWith("รายชื่อ อปท. ที่ต้องติดตาม");
        var row = mine.Document.QuerySelectorAll("tbody tr").ShouldHaveSingleItem();
        var text = string.Join(' ', row.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        text.ShouldContain("สถ.อำเภอ" + scene.District.NameTh);
        text.ShouldContain("เกินกำหนด 1 วัน");
        text.ShouldContain("13 มกราคม 2563");
        (await district.GetAsync(list + "?state=late")).Document.QuerySelectorAll("tbody tr").Length.ShouldBe(1);
        (await district.GetAsync($"{list}?supervisor={scene.Province.UnitId}"))
            .Document.QuerySelectorAll("tbody tr")
            .Length.ShouldBe(2);
        var changed = await district.GetAsync(list + "?within=mine&sort=changed");
        changed.Document.QuerySelector("tbody th")!.TextContent.Trim().ShouldBe("อบต." + laos[3].NameTh);
        var csv = await district.Client.GetStringAsync(list + "?state=late&format=csv");
        csv.ShouldContain($"สถ.อำเภอ{scene.District.NameTh},false,false,not_started,2020-01-13,1\r\n");
        // who is late says a state: only in scope
        (await stranger.GetAsync($"{list}?state=late&province={scene.Province.UnitId}"))
            .Document.QuerySelector("tbody")
            .ShouldBeNull();
    }

    [Fact]
    public async Task Homes_OfOffices_LeadToBoardMapChartAndFollowUp_WithTheLateOnes()
    {
        var web = await TestWeb.OpenAsync();
        var scene = await ProgressScene.CreateAsync(web.Data, deadline: Yesterday);
        using var province = await web.SignInAsync(await scene.PersonAsync(scene.Province));
        using var department = await web.SignInAsync(await scene.DepartmentAsync());
        using var recorder = await web.SignInAsync(await scene.PersonAsync(scene.Laos[0], Role.Recorder));

        var home = await province.GetAsync("/");
        var late = home.Document.QuerySelector("a.count-late")!;
        late.TextContent.Trim().ShouldStartWith("5");
        (await province.GetAsync(late.GetAttribute("href")!)).Document.QuerySelectorAll("tbody tr").Length.ShouldBe(5);
        home.Document.QuerySelector("main a[href='/board']").ShouldNotBeNull();
        home.Document.QuerySelector($"a[href='{scene.Path}/chart?province={scene.Province.UnitId}']").ShouldNotBeNull();
        var top = await department.GetAsync("/");
        top.Document.QuerySelector($"a[href='{scene.Path}/map']").ShouldNotBeNull();
        (await recorder.GetAsync("/")).Document.QuerySelector("main a[href='/board']").ShouldNotBeNull();
    }

    private static async Task EveryNumberOpensItsListAsync(TestBrowser browser, string address)
    {
        var page = await browser.GetAsync(address);
        page.Status.ShouldBe(HttpStatusCode.OK, address);
        var links = page.Document.QuerySelectorAll("main .board a[href*='/units?']");
        links.Length.ShouldBeGreaterThan(3, address);
        foreach (var link in links.DistinctBy(l => l.GetAttribute("href")))
        {
            var number = Number(Digits().Match(link.TextContent).Value);
            var list = await browser.GetAsync(link.GetAttribute("href")!);
            list.Document.QuerySelectorAll("main tbody tr")
                .Length.ShouldBe(number, $"{address} → {link.GetAttribute("href")}");
        }
    }

    private static List<string> RowHeads(TestPage page) =>
        [.. page.Document.QuerySelectorAll("main .board tbody th").Select(head => head.TextContent.Trim())];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}

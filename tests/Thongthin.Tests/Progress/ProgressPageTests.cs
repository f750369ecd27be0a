using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using Thongthin.Features.Rounds;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Progress;

/// <summary>The three tables and the lists behind their numbers, over HTTP. Noon is 15 January 2020 (2563).</summary>
public sealed class ProgressPageTests
{
    [Fact]
    public async Task National_CountsByProvince_WithShareBarAndATotalOfItsRows()
    {
        var (web, scene) = await CreateAsync();
        await scene.RecordAsync(scene.Laos[0], 3);
        await scene.RecordAsync(scene.Laos[1], 2, scene.Forms[0]);
        using var browser = await web.SignInAsync(await scene.DepartmentAsync());

        var page = await browser.GetAsync(scene.Path);

        Cells(page, "thead th")
            .ShouldBe([
                "ลำดับ",
                "จังหวัด",
                "จำนวน อปท. (แห่ง)",
                "บันทึกข้อมูลเรียบร้อยแล้ว (แห่ง)",
                "อยู่ระหว่างบันทึกข้อมูล/ยังไม่บันทึกข้อมูล (แห่ง)",
                "ร้อยละของ อปท. ที่บันทึกข้อมูลเรียบร้อยแล้ว",
                "แถบสีแสดงการเปรียบเทียบสถานะการบันทึกข้อมูล",
            ]);
        Rows(page, "tbody tr")
            .ShouldBe([$"1|{scene.Province.NameTh}|5|1|4|20.00|", $"2|{scene.OtherProvince.NameTh}|1|0|1|0.00|"]);
        Rows(page, "tfoot tr").ShouldBe(["|รวม|6|1|5|16.67|"]);
        page.Document.QuerySelector("tbody svg")!.GetAttribute("aria-label").ShouldBe("1 จาก 5");
        page.TextOf(".table-end").ShouldStartWith("ข้อมูล ณ วันที่ 15 มกราคม 2563");
        page.Text.ShouldContain(
            "องค์กรปกครองส่วนท้องถิ่นทั่วประเทศ จำนวน 6 แห่ง บันทึกข้อมูลเรียบร้อยแล้ว จำนวน 1 แห่ง คิดเป็นร้อยละ 16.67"
        );
        page.Text.ShouldContain("อยู่ระหว่างบันทึกข้อมูล/ยังไม่บันทึกข้อมูล จำนวน 5 แห่ง คิดเป็นร้อยละ 83.33");
        page.Text.ShouldContain("สีเขียว หมายถึง บันทึกข้อมูลเรียบร้อยแล้ว");
    }

    [Fact]
    public async Task National_AsOfAPastDay_ShowsTheEndOfThatDay()
    {
        var (web, scene) = await CreateAsync();
        await scene.RecordAsync(scene.Laos[2], 5);
        await scene.MoveAsync(scene.Laos[2], scene.Forms[0], "return", "returned", 2);
        using var browser = await web.SignInAsync(await scene.DepartmentAsync());

        (await CountsAsync("๙/๑/๒๕๖๓")).ShouldBe("|รวม|6|0|6|0.00|");
        (await CountsAsync("2020-01-10")).ShouldBe("|รวม|6|1|5|16.67|");
        (await CountsAsync("12 ม.ค. 2563")).ShouldBe("|รวม|6|1|5|16.67|");
        (await CountsAsync("13/1/2563")).ShouldBe("|รวม|6|0|6|0.00|");
        (await browser.GetAsync(scene.Path + "?as_of=10/1/2563")).Text.ShouldContain("ข้อมูล ณ วันที่ 10 มกราคม 2563");

        async Task<string> CountsAsync(string day) =>
            Rows(await browser.GetAsync($"{scene.Path}?as_of={Uri.EscapeDataString(day)}"), "tfoot tr").Single();
    }

    [Theory]
    [InlineData("31/2/2563", "อ่านวันที่นี้ไม่ได้")]
    [InlineData("16/1/2563", "ไม่เกินวันนี้")]
    public async Task National_WithADayThatCannotBe_SaysWhyKeepsItAndShowsNoFigures(string day, string says)
    {
        var (web, scene) = await CreateAsync();
        using var browser = await web.SignInAsync(await scene.DepartmentAsync());

        var page = await browser.GetAsync($"{scene.Path}?as_of={Uri.EscapeDataString(day)}");

        page.Errors.ShouldHaveSingleItem().Field.ShouldBe("as_of");
        page.Errors[0].Message.ShouldContain(says);
        page.Document.QuerySelector("#as_of")!.GetAttribute("value").ShouldBe(day);
        page.Document.QuerySelector("table").ShouldBeNull();
    }

    [Fact]
    public async Task National_FilteredByTopicAndKind_LooksAtThoseAlone()
    {
        var (web, scene) = await CreateAsync();
        await scene.RecordAsync(scene.Laos[1], 2, scene.Forms[0]);
        await scene.RecordAsync(scene.LaoOfOtherProvince, 2);
        using var browser = await web.SignInAsync(await scene.DepartmentAsync());

        Rows(await browser.GetAsync($"{scene.Path}?topic={scene.Forms[0]}"), "tfoot tr")
            .ShouldBe(["|รวม|6|2|4|33.33|"]);
        Rows(await browser.GetAsync($"{scene.Path}?topic={scene.Forms[1]}"), "tfoot tr")
            .ShouldBe(["|รวม|6|1|5|16.67|"]);
        Rows(await browser.GetAsync($"{scene.Path}?kind=sao"), "tfoot tr").ShouldBe(["|รวม|4|1|3|25.00|"]);
        var allDone = await browser.GetAsync($"{scene.Path}?state=done");
        Rows(allDone, "tbody tr").ShouldBe([$"2|{scene.OtherProvince.NameTh}|1|1|0|100.00|"]);
        allDone.TextOf(".table-title").ShouldContain("เฉพาะ จังหวัดที่บันทึกครบทุกแห่ง");
        foreach (var wrong in new[] { "topic=none", "kind=none", "state=none", "sector=x", "sector=8" })
        {
            (await browser.GetAsync($"{scene.Path}?{wrong}")).Status.ShouldBe(HttpStatusCode.NotFound, wrong);
        }
    }

    [Fact]
    public async Task EveryNumber_OpensTheListThatItCounts()
    {
        var (web, scene) = await CreateAsync();
        await scene.RecordAsync(scene.Laos[0], 3);
        await scene.RecordAsync(scene.Laos[3], 3, scene.Forms[1]);
        using var browser = await web.SignInAsync(await scene.DepartmentAsync());
        string[] addresses =
        [
            scene.Path,
            $"{scene.Path}?topic={scene.Forms[1]}&kind=sao",
            $"{scene.Path}?as_of=11/1/2563",
            scene.ProvincePath,
            scene.DistrictPath,
        ];

        foreach (var address in addresses)
        {
            var page = await browser.GetAsync(address);
            var links = page.Document.QuerySelectorAll("main table a[href*='/units?']");
            links.Length.ShouldBeGreaterThan(2, address);
            foreach (var link in links)
            {
                var number = int.Parse(link.TextContent.Split(' ')[0], CultureInfo.InvariantCulture);
                var list = await browser.GetAsync(link.GetAttribute("href")!);
                Rows(list, "tbody tr").Count.ShouldBe(number, $"{address} → {link.GetAttribute("href")}");
            }
        }
    }

    [Fact]
    public async Task Province_ListsLaosInReportOrder_WithTicksCrossesAndTotal()
    {
        var (web, scene) = await CreateAsync();
        await scene.RecordAsync(scene.Laos[1], 3);
        using var browser = await web.SignInAsync(await scene.PersonAsync(scene.Laos[0], Role.Viewer));

        var page = await browser.GetAsync(scene.ProvincePath);

        page.Heading.ShouldEndWith("จังหวัด" + scene.Province.NameTh);
        Cells(page, "thead th")
            .ShouldBe([
                "ลำดับ",
                "อำเภอ",
                "อปท.",
                "บันทึกข้อมูลเรียบร้อยแล้ว (แห่ง)",
                "ยังบันทึกข้อมูลไม่ถูกต้อง สมบูรณ์/ยังไม่บันทึกข้อมูล (แห่ง)",
            ]);
        var (district, laos) = (scene.District.NameTh, scene.Laos);
        Rows(page, "tbody tr")
            .ShouldBe([
                $"1|{district}|อบจ.{laos[0].NameTh}||×",
                $"2|{district}|ทม.{laos[1].NameTh}|✓|",
                $"3|{district}|อบต.{laos[2].NameTh}||×",
                $"4|{district}|อบต.{laos[3].NameTh}||×",
                $"5|{scene.OtherDistrict.NameTh}|อบต.{scene.LaoOfOtherDistrict.NameTh}||×",
            ]);
        Rows(page, "tfoot tr").ShouldBe(["|รวมทั้งสิ้น|5 แห่ง|1|4"]);
        var sorted = await browser.GetAsync(scene.ProvincePath + "?sort=-recorded");
        Rows(sorted, "tbody tr")[0].ShouldStartWith("2|");
    }

    [Fact]
    public async Task District_MarksTheLaosThatItDoesNotSupervise()
    {
        var (web, scene) = await CreateAsync();
        using var browser = await web.SignInAsync(await scene.PersonAsync(scene.District));

        var page = await browser.GetAsync(scene.DistrictPath);

        Rows(page, "tbody tr")
            .Select(row => row.Contains('*', StringComparison.Ordinal))
            .ShouldBe([true, true, false, false]);
        page.Text.ShouldContain("* ตั้งอยู่ในอำเภอนี้ แต่หน่วยงานอื่นเป็นหน่วยกำกับ");
        // its own two in six states, the province's two as done or not alone
        Rows(page, "tbody tr")
            .Select(row => row.EndsWith("ยังไม่บันทึกข้อมูล", StringComparison.Ordinal))
            .ShouldBe([false, false, true, true]);
    }

    [Fact]
    public async Task SixStates_AreForTheManagersOfThatTable()
    {
        var (web, scene) = await CreateAsync();
        await scene.MoveAsync(scene.Laos[2], scene.Forms[0], "save", "in_progress", 1);
        using var department = await web.SignInAsync(await scene.DepartmentAsync(Role.Viewer));
        using var province = await web.SignInAsync(await scene.PersonAsync(scene.Province));
        using var other = await web.SignInAsync(await scene.PersonAsync(scene.OtherProvince));

        var national = await department.GetAsync(scene.Path + "?states=true");
        Rows(national, "section tbody tr")[0].ShouldBe($"{scene.Province.NameTh}|5|0|0|0|0|0");
        (await other.GetAsync(scene.Path + "?states=true")).Document.QuerySelector("section table").ShouldBeNull();
        (await province.GetAsync(scene.ProvincePath)).Document.QuerySelectorAll(".state").Length.ShouldBe(5);
        (await other.GetAsync(scene.ProvincePath)).Document.QuerySelector(".state").ShouldBeNull();
        (await province.GetAsync(scene.ProvincePath + "?as_of=14/1/2563"))
            .Document.QuerySelector(".state")
            .ShouldBeNull();
        var topic = await province.GetAsync($"{scene.ProvincePath}?topic={scene.Forms[0]}");
        topic.Document.QuerySelectorAll(".state-active").Length.ShouldBe(1);
    }

    [Fact]
    public async Task Unit_InScope_ShowsStatesAndTheWayIn_ElsewhereDoneOrNotAlone()
    {
        var (web, scene) = await CreateAsync();
        await scene.RecordAsync(scene.Laos[2], 3, scene.Forms[0]);
        using var officer = await web.SignInAsync(await scene.PersonAsync(scene.District));
        using var stranger = await web.SignInAsync(await scene.PersonAsync(scene.LaoOfOtherProvince, Role.Recorder));

        var inScope = await officer.GetAsync(scene.UnitPath(scene.Laos[2]));
        var outside = await stranger.GetAsync(scene.UnitPath(scene.Laos[2]));

        inScope
            .Document.QuerySelectorAll(".state")
            .Select(Text)
            .ShouldBe(["บันทึกข้อมูลเรียบร้อยแล้ว", "ยังไม่บันทึกข้อมูล"], ignoreOrder: true);
        var way = inScope.Document.QuerySelectorAll(
            $"a[href='/submissions/{scene.Laos[2].UnitId}/{scene.Forms[0]}/2563']"
        );
        (await officer.GetAsync(way.ShouldHaveSingleItem().GetAttribute("href")!)).Status.ShouldBe(HttpStatusCode.OK);
        outside.Document.QuerySelector(".state").ShouldBeNull();
        outside.Document.QuerySelector("main a[href^='/submissions/']").ShouldBeNull();
        outside.Text.ShouldContain("ไม่อยู่ในความดูแลของท่าน");
        Rows(outside, "tbody tr").Count(row => row.EndsWith("✓ เรียบร้อยแล้ว", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Units_AreSearchedSortedFilteredAndPaged()
    {
        var (web, scene) = await CreateAsync();
        await scene.RecordAsync(scene.Laos[1], 3);
        using var browser = await web.SignInAsync(await scene.PersonAsync(scene.Province));
        var path = scene.Path + "/units";

        Rows(await browser.GetAsync(path), "tbody tr").Count.ShouldBe(6);
        Rows(await browser.GetAsync($"{path}?q={Uri.EscapeDataString(scene.Laos[3].NameTh)}"), "tbody tr")
            .Count.ShouldBe(1);
        Rows(await browser.GetAsync(path + "?state=done"), "tbody tr").ShouldHaveSingleItem().ShouldStartWith("ทม.");
        Rows(await browser.GetAsync(path + "?state=not_started"), "tbody tr").Count.ShouldBe(4);
        Rows(await browser.GetAsync(path + "?sort=-province"), "tbody tr").Count.ShouldBe(6);
        Rows(await browser.GetAsync(path + "?sort=kind"), "tbody tr")[0].ShouldStartWith("อบจ.");
        var second = await browser.GetAsync(path + "?page=2");
        second.Text.ShouldContain("ไม่มี อปท. ตามที่เลือก");
    }

    [Fact]
    public async Task Addresses_ThatNameNothing_Are404()
    {
        var (web, scene) = await CreateAsync();
        var draft = await web.Data.CreateRoundAsync(scene.Forms, scene.Laos, new RoundOptions { FiscalYear = 2564 });
        using var browser = await web.SignInAsync(await scene.PersonAsync(scene.Province));
        string[] addresses =
        [
            "/progress/no-such-round",
            "/progress/" + draft.Slug,
            scene.Path + "/provinces/" + ProgressScene.Text(scene.District.UnitId),
            scene.Path + "/districts/" + ProgressScene.Text(scene.Province.UnitId),
            scene.Path + "/units?province=" + ProgressScene.Text(scene.District.UnitId),
            scene.Path + "/units/" + ProgressScene.Text(scene.Province.UnitId),
            "/progress/snapshots/2563/999999",
        ];
        foreach (var address in addresses)
        {
            (await browser.GetAsync(address)).Status.ShouldBe(HttpStatusCode.NotFound, address);
        }
    }

    [Fact]
    public async Task Files_HaveTheFiguresOfThePage()
    {
        var (web, scene) = await CreateAsync(DoneMeans.Certified);
        await scene.RecordAsync(scene.Laos[0], 3);
        await scene.MoveAsync(scene.LaoOfOtherProvince, scene.Forms[0], "import", "certified", 3);
        await scene.MoveAsync(scene.LaoOfOtherProvince, scene.Forms[1], "import", "certified", 3);
        using var browser = await web.SignInAsync(await scene.DepartmentAsync());

        var csv = await browser.Client.GetStringAsync(scene.Path + "?format=csv&sort=-recorded");
        csv.TrimStart('\uFEFF')
            .ShouldBe(
                "no,province_th,lao_count,recorded,not_recorded,percent\r\n"
                    + $"1,{scene.Province.NameTh},5,0,5,0.00\r\n2,{scene.OtherProvince.NameTh},1,1,0,100.00\r\n"
            );
        var province = await browser.Client.GetStringAsync(scene.ProvincePath + "?format=csv");
        province.ShouldContain($"3,{scene.District.NameTh},อบต.{scene.Laos[2].NameTh},false\r\n");
        var units = await browser.Client.GetStringAsync(scene.Path + "/units?format=csv&state=done");
        units.Split("\r\n").Length.ShouldBe(3);
        var xlsx = XlsxCells.Read(await browser.Client.GetByteArrayAsync(scene.Path + "?format=xlsx"));
        xlsx.ShouldContain("รวม|6|1|5|16.67");
        xlsx.ShouldContain("ข้อมูล ณ วันที่ 15 มกราคม 2563");
        xlsx.ShouldContain("นับว่าบันทึกข้อมูลเรียบร้อยแล้วเมื่อผู้บริหารท้องถิ่นรับรองข้อมูลแล้ว");
    }

    [Fact]
    public async Task Print_HasThaiDigits_AndTheScreenTurnsThemOnRequest()
    {
        var (web, scene) = await CreateAsync();
        using var browser = await web.SignInAsync(await scene.DepartmentAsync());

        var arabic = await browser.GetAsync(scene.Path);
        arabic.Document.QuerySelector("tfoot .digits")!.GetAttribute("data-thai").ShouldBe("๖");
        browser.SetCookie("digits", "thai");
        var thai = await browser.GetAsync(scene.Path);
        Rows(thai, "tfoot tr").ShouldBe(["|รวม|๖|๐|๖|๐.๐๐|"]);
        thai.Text.ShouldContain("ข้อมูล ณ วันที่ ๑๕ มกราคม ๒๕๖๓");
    }

    [Fact]
    public async Task Pages_InEnglish_AreWholeAndCallLaosByKind()
    {
        var (web, scene) = await CreateAsync();
        using var browser = await web.SignInAsync(await scene.DepartmentAsync(), "en");

        var national = await browser.GetAsync(scene.Path);
        national.Heading.ShouldStartWith("Progress: Invented round");
        national.Text.ShouldContain("Of the country's 6 local authorities, 0 have recorded their data, 0.00%.");
        var province = await browser.GetAsync(scene.ProvincePath);
        Rows(province, "tbody tr")[0].ShouldContain($"{scene.Laos[0].NameEn} PAO");
        Rows(province, "tfoot tr")[0].ShouldStartWith("|Total|5 local authorities|0|5");
    }

    private static async Task<(TestWeb, ProgressScene)> CreateAsync(DoneMeans doneMeans = DoneMeans.Recorded)
    {
        var web = await TestWeb.OpenAsync();
        return (web, await ProgressScene.CreateAsync(web.Data, doneMeans));
    }

    private static List<string> Cells(TestPage page, string selector) =>
        [.. page.Document.QuerySelectorAll("main table:first-of-type " + selector).Select(Text)];

    private static List<string> Rows(TestPage page, string selector) =>
        [
            .. page
                .Document.QuerySelectorAll("main " + selector)
                .Select(row => string.Join('|', row.QuerySelectorAll("td, th").Select(Text))),
        ];

    private static string Text(IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

using System.Net;
using Thongthin.Platform.Security;
using Thongthin.Platform.Spreadsheets;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Units;

public sealed class DirectoryPageTests
{
    [Theory]
    [InlineData("th")]
    [InlineData("en")]
    public async Task List_SearchedByAbbreviation_LinksToTheUnitsPage(string language)
    {
        var (web, district, lao) = await CountryAsync();
        var officer = await web.Data.CreatePersonAsync(district, Role.Officer);
        using var browser = await web.SignInAsync(officer, language);
        var page = await browser.GetAsync("/directory?q=" + Uri.EscapeDataString("อบต." + lao.NameTh));
        page.Status.ShouldBe(HttpStatusCode.OK);
        var link = page.Document.QuerySelector($"a[href='/directory/units/{lao.UnitId}']").ShouldNotBeNull();
        link.TextContent.ShouldBe(language == "th" ? "อบต." + lao.NameTh : lao.NameEn + " SAO");
        page.Document.QuerySelectorAll("tbody tr").Length.ShouldBe(1);
    }

    [Fact]
    public async Task List_WithNothingFound_SaysWhatToDo()
    {
        var (web, district, _) = await CountryAsync();
        using var browser = await web.SignInAsync(await web.Data.CreatePersonAsync(district, Role.Officer));
        var page = await browser.GetAsync("/directory?q=ฮฮฮฮฮฮ&kind=sao&sort=-name&page=7");
        page.TextOf(".empty").ShouldContain("ไม่พบหน่วยงานตามเงื่อนไขนี้");
    }

    [Theory]
    [InlineData("name")]
    [InlineData("-name")]
    [InlineData("kind")]
    [InlineData("-code")]
    [InlineData("district")]
    [InlineData("-province")]
    [InlineData("nonsense")]
    public async Task List_InAnyOrder_IsShown(string sort)
    {
        var (web, district, _) = await CountryAsync();
        using var browser = await web.SignInAsync(await web.Data.CreatePersonAsync(district, Role.Viewer));
        var page = await browser.GetAsync($"/directory?sort={sort}&page=1&kind=nonsense&province=nonsense");
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Document.QuerySelectorAll("tbody tr").Length.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task Export_HoldsWhatTheListHolds(string format)
    {
        var (web, district, lao) = await CountryAsync();
        using var browser = await web.SignInAsync(await web.Data.CreatePersonAsync(district, Role.Officer));
        var page = await browser.GetAsync("/directory?q=" + Uri.EscapeDataString(lao.NameTh));
        var link = page.Document.QuerySelector($"a[href*='format={format}']").ShouldNotBeNull().GetAttribute("href")!;
        var bytes = await browser.Client.GetByteArrayAsync(link);
        var reading = TableReader.Read(bytes, TableLimits.Default);
        reading.Fault.ShouldBeNull();
        reading.Rows[^1].Cells.ShouldContain("อบต." + lao.NameTh);
        reading.Rows[^1].Cells.ShouldContain(lao.Code!);
    }

    [Fact]
    public async Task Unit_ThatDoesNotExist_IsNotFound()
    {
        var (web, district, _) = await CountryAsync();
        using var browser = await web.SignInAsync(await web.Data.CreatePersonAsync(district, Role.Officer));
        (await browser.GetAsync("/directory/units/999999999")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Unit_OfEveryKind_ShowsItsPage()
    {
        var (web, district, lao) = await CountryAsync();
        using var browser = await web.SignInAsync(await web.Data.CreatePersonAsync(district, Role.Officer));
        foreach (
            var (unit, words) in new[]
            {
                (lao.UnitId, lao.NameTh),
                (district.UnitId, "องค์การบริหารส่วนตำบล (อบต.) 1 แห่ง"),
                (district.ProvinceId!.Value, "องค์การบริหารส่วนตำบล (อบต.) 1 แห่ง"),
                ((await web.Data.DepartmentAsync()).UnitId, "กรมส่งเสริมการปกครองท้องถิ่น"),
            }
        )
        {
            var page = await browser.GetAsync($"/directory/units/{unit}");
            page.Status.ShouldBe(HttpStatusCode.OK);
            page.Text.ShouldContain(words);
        }
    }

    [Fact]
    public async Task Event_EnteredByTheDepartment_IsOnTheUnitsPageWithItsOldName()
    {
        var (web, _, lao) = await CountryAsync();
        using var browser = await SignInAdministratorAsync(web);
        var page = await browser.GetAsync($"/directory/units/{lao.UnitId}/event/rename");
        var shown = await browser.SubmitAsync(
            page,
            "main form",
            ("Form.EffectiveOn", "1 ธันวาคม 2562"),
            ("Form.NameTh", "ใหม่" + lao.NameTh),
            ("Form.Reason", "ประกาศสมมติ")
        );
        shown.Path.ShouldBe($"/directory/units/{lao.UnitId}");
        shown.Heading.ShouldBe("อบต.ใหม่" + lao.NameTh);
        shown.Text.ShouldContain("1 ตุลาคม 2533 ถึง 30 พฤศจิกายน 2562 อบต." + lao.NameTh);
        shown.Text.ShouldContain("เปลี่ยนชื่อ 1 ธันวาคม 2562 ประกาศสมมติ");
    }

    [Fact]
    public async Task Event_WithMistakes_KeepsWhatWasTypedAndNamesTheFields()
    {
        var (web, _, lao) = await CountryAsync();
        using var browser = await SignInAdministratorAsync(web);
        var page = await browser.GetAsync($"/directory/units/{lao.UnitId}/event/change-kind");
        var again = await browser.SubmitAsync(
            page,
            "main form",
            ("Form.EffectiveOn", "31/2/2562"),
            ("Form.Code", "05")
        );
        again.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        again.Errors.Select(e => e.Field).ShouldBe(["Form_EffectiveOn", "Form_Reason"], ignoreOrder: true);
        again.Form().QuerySelector("[name='Form.EffectiveOn']")!.GetAttribute("value").ShouldBe("31/2/2562");
        again.Form().QuerySelector("[name='Form.Code']")!.GetAttribute("value").ShouldBe("05");
        var refused = await browser.SubmitAsync(
            again,
            "main form",
            ("Form.EffectiveOn", "1/12/2562"),
            ("Form.Reason", "เหตุสมมติ"),
            ("Form.Kind", "town_municipality")
        );
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Errors.ShouldHaveSingleItem().Message.ShouldStartWith("รหัสต้องเป็นตัวเลข");
    }

    [Theory]
    [InlineData("change-kind", "Form.Kind", "town_municipality")]
    [InlineData("move", "Form.District", null)]
    [InlineData("change-code", "Form.Code", "06999999")]
    [InlineData("change-supervision", "Form.Supervisor", null)]
    [InlineData("abolish", "Form.Reference", "มท 1/2562")]
    [InlineData("split", "Form.NameTh", "แยกสมมติ")]
    [InlineData("merge", "Form.Successor", null)]
    public async Task Event_OfEveryKind_CanBeEntered(string slug, string field, string? value)
    {
        var (web, district, lao) = await CountryAsync();
        var neighbour = await web.Data.CreateLaoAsync(district, "subdistrict_municipality");
        value ??= slug switch
        {
            "move" => $"{(await web.Data.CreateDistrictAsync(await web.Data.CreateProvinceAsync())).UnitId}",
            "merge" => neighbour.Code!,
            _ => $"{lao.ProvinceId}",
        };
        using var browser = await SignInAdministratorAsync(web);
        var page = await browser.GetAsync($"/directory/units/{lao.UnitId}/event/{slug}");
        page.Document.QuerySelector($"[name='{field}']").ShouldNotBeNull();
        var shown = await browser.SubmitAsync(
            page,
            "main form",
            ("Form.EffectiveOn", "1/12/2562"),
            ("Form.Reason", "เหตุสมมติ"),
            (field, value),
            ("Form.Kind", slug is "split" or "change-kind" ? "town_municipality" : "")
        );
        shown.Errors.ShouldBeEmpty();
        shown.Path.ShouldBe($"/directory/units/{(slug == "merge" ? neighbour : lao).UnitId}");
        shown.TextOf(".events").ShouldContain("1 ธันวาคม 2562");
    }

    [Fact]
    public async Task NewUnit_WithoutADistrict_NamesTheField_AndWithOneIsMade()
    {
        var (web, district, _) = await CountryAsync();
        using var browser = await SignInAdministratorAsync(web);
        var page = await browser.GetAsync("/directory/new");
        var name = "เกิดใหม่" + TestData.Next();
        var again = await browser.SubmitAsync(
            page,
            "main form",
            ("Form.Kind", "sao"),
            ("Form.NameTh", name),
            ("Form.EffectiveOn", "๑/๑/๒๕๖๓"),
            ("Form.Reason", "จัดตั้งสมมติ")
        );
        again.Errors.ShouldHaveSingleItem().Field.ShouldBe("Form_District");
        var shown = await browser.SubmitAsync(again, "main form", ("Form.District", $"{district.UnitId}"));
        shown.Heading.ShouldBe("อบต." + name);
        shown.Text.ShouldContain("ตั้งแต่ 1 มกราคม 2563");
    }

    [Theory]
    [InlineData("/event/rename")]
    [InlineData("/order")]
    public async Task DepartmentsPages_ForAProvincesAdministrator_AreForbidden(string page)
    {
        var (web, district, lao) = await CountryAsync();
        var person = await web.Data.CreatePersonAsync(district, Role.Administrator);
        using var browser = await web.SignInAsync(person);
        (await browser.GetAsync($"/directory/units/{lao.UnitId}{page}")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Group_MadeByTheUnitsAdministrator_IsListedAndTakesMembers()
    {
        var (web, district, _) = await CountryAsync();
        var administrator = await web.Data.CreatePersonAsync(district, Role.Administrator);
        var officer = await web.Data.CreatePersonAsync(district, Role.Officer);
        using var browser = await web.SignInAsync(administrator);
        var page = await browser.GetAsync($"/directory/units/{district.UnitId}/groups/new");
        var wrong = await browser.SubmitAsync(
            page,
            "main form",
            ("Form.NameTh", ""),
            ("Form.Telephone", "055 41"),
            ("Form.Email", "ไม่ใช่อีเมล")
        );
        wrong.Errors.Select(e => e.Field).ShouldBe(["Form_Telephone", "Form_Email"], ignoreOrder: true);
        var list = await browser.SubmitAsync(
            wrong,
            "main form",
            ("Form.NameTh", "กลุ่มงานสมมติ"),
            ("Form.Code", ".๒"),
            ("Form.Telephone", "๐๕๕-๔๑๑๒๓๔ ต่อ ๑๒"),
            ("Form.Email", "group@example.org")
        );
        list.Path.ShouldBe($"/directory/units/{district.UnitId}/groups");
        list.Text.ShouldContain(".2 กลุ่มงานสมมติ 055-411234 ต่อ 12");
        var groupId = (Guid)
            (
                await web.Data.ScalarAsync(
                    TestData.JobActor(),
                    "select unit_group_id from unit_group where unit_id = $1",
                    district.UnitId
                )
            )!;
        var assigned = await browser.SubmitAsync(list, "main form", ($"Group[{officer.MembershipId}]", $"{groupId}"));
        assigned.Status.ShouldBe(HttpStatusCode.OK);
        assigned.TextOf("tbody tr").ShouldEndWith(" 1");
    }

    [Fact]
    public async Task Group_OfAnotherUnit_CannotBeReached()
    {
        var (web, district, _) = await CountryAsync();
        var stranger = await web.Data.CreatePersonAsync(
            await web.Data.CreateDistrictAsync(await web.Data.CreateProvinceAsync()),
            Role.Administrator
        );
        using var browser = await web.SignInAsync(stranger);
        (await browser.GetAsync($"/directory/units/{district.UnitId}/groups/new")).Status.ShouldBe(
            HttpStatusCode.NotFound
        );
        var list = await browser.GetAsync($"/directory/units/{district.UnitId}/groups");
        list.Status.ShouldBe(HttpStatusCode.OK);
        list.Document.QuerySelector("main form").ShouldBeNull();
    }

    [Fact]
    public async Task Order_TypedByTheDepartment_OrdersTheProvincesUnits()
    {
        var (web, district, lao) = await CountryAsync();
        var other = await web.Data.CreateLaoAsync(district);
        using var browser = await SignInAdministratorAsync(web);
        var page = await browser.GetAsync($"/directory/units/{district.ProvinceId}/order");
        var wrong = await browser.SubmitAsync(page, "main form", ($"Place[{lao.UnitId}]", "สิบ"));
        wrong.Errors.ShouldHaveSingleItem().Field.ShouldBe($"Place_{lao.UnitId}_");
        var saved = await browser.SubmitAsync(
            wrong,
            "main form",
            ($"Place[{lao.UnitId}]", "๙"),
            ($"Place[{other.UnitId}]", "8")
        );
        saved.Status.ShouldBe(HttpStatusCode.OK);
        (
            await web.Data.ScalarAsync(
                TestData.JobActor(),
                "select array_agg(report_order order by report_order) from unit_version where unit_id = any ($1)",
                new[] { lao.UnitId, other.UnitId }
            )
        ).ShouldBe(new[] { 8, 9 });
        var list = await browser.GetAsync(
            $"/directory?q={Uri.EscapeDataString(district.NameTh + " " + "สมมติ")}&kind=sao"
        );
        list.Document.QuerySelectorAll("tbody th a")
            .Select(a => a.TextContent)
            .ShouldBe(["อบต." + other.NameTh, "อบต." + lao.NameTh]);
    }

    private static async Task<(TestWeb Web, TestUnit District, TestUnit Lao)> CountryAsync()
    {
        var web = await TestWeb.OpenAsync();
        var district = await web.Data.CreateDistrictAsync(await web.Data.CreateProvinceAsync());
        return (web, district, await web.Data.CreateLaoAsync(district));
    }

    private static async Task<TestBrowser> SignInAdministratorAsync(TestWeb web) =>
        await web.SignInAsync(await web.Data.CreatePersonAsync(await web.Data.DepartmentAsync(), Role.Administrator));
}

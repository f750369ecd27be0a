using System.Net;
using System.Text;
using Thongthin.Platform.Security;
using Thongthin.Platform.Spreadsheets;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Accounts;

public sealed class InvitationTests
{
    private const string NewPassword = "แมวดำกินปลาทู";

    [Fact]
    public async Task Accept_ByAnInvitedPerson_MakesTheAccountAndSignsIn()
    {
        var web = await TestWeb.OpenAsync();
        var (unit, link) = await InviteAsync(web, Role.Recorder);
        using var browser = web.NewBrowser();
        var userName = $"accepts{TestData.Next()}";

        var offer = await browser.GetAsync(link);
        offer.Text.ShouldContain("ผู้บันทึก");
        offer.Text.ShouldContain("ยาวอย่างน้อย 10 ตัวอักษร");
        var home = await AcceptAsync(browser, offer, userName, NewPassword);

        home.Path.ShouldBe("/");
        home.TextOf(".account-menu").ShouldContain(unit.NameTh);
        using var later = web.NewBrowser();
        (await later.SignInAsync(userName, NewPassword)).Path.ShouldBe("/");
    }

    [Fact]
    public async Task Accept_ASecondTime_FindsTheLinkClosed()
    {
        var web = await TestWeb.OpenAsync();
        var (_, link) = await InviteAsync(web, Role.Recorder);
        using var first = web.NewBrowser();
        using var second = web.NewBrowser();
        var open = await second.GetAsync(link);
        await AcceptAsync(first, await first.GetAsync(link), $"first{TestData.Next()}", NewPassword);

        var refused = await AcceptAsync(second, open, $"second{TestData.Next()}", NewPassword);
        var closed = await second.GetAsync(link);

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        closed.Status.ShouldBe(HttpStatusCode.Gone);
    }

    [Theory]
    [InlineData("short", "PasswordTooShort")]
    [InlineData("1111111111", "PasswordCommon")]
    [InlineData("Password12345", "PasswordCommon")]
    public async Task Accept_WithAWeakPassword_SaysWhyAndKeepsTheName(string password, string finding)
    {
        var web = await TestWeb.OpenAsync();
        var (_, link) = await InviteAsync(web, Role.Recorder);
        using var browser = web.NewBrowser();
        var userName = $"weak{TestData.Next()}";

        var page = await AcceptAsync(browser, await browser.GetAsync(link), userName, password);

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var expected = finding == "PasswordTooShort" ? "ยาวอย่างน้อย" : "เดาง่าย";
        page.Errors.ShouldHaveSingleItem().Message.ShouldContain(expected);
        page.Document.QuerySelector("#UserName")!.GetAttribute("value").ShouldBe(userName);
    }

    [Fact]
    public async Task Accept_WithATakenUserName_SaysSo()
    {
        var web = await TestWeb.OpenAsync();
        var taken = await web.Data.CreatePersonAsync(await web.Data.DepartmentAsync(), Role.Viewer);
        var (_, link) = await InviteAsync(web, Role.Recorder);
        using var browser = web.NewBrowser();

        var page = await AcceptAsync(browser, await browser.GetAsync(link), taken.UserName, NewPassword);

        page.Errors.ShouldHaveSingleItem().Field.ShouldBe("UserName");
    }

    [Fact]
    public async Task Accept_WhenSignedIn_AddsTheRoleToThatAccount()
    {
        var web = await TestWeb.OpenAsync();
        var person = await web.Data.CreatePersonAsync(await web.Data.DepartmentAsync(), Role.Viewer);
        var (unit, link) = await InviteAsync(web, Role.Certifier);
        using var browser = await web.SignInAsync(person);

        var home = await browser.SubmitAsync(await browser.GetAsync(link));

        home.TextOf(".account-menu").ShouldContain(unit.NameTh);
        (await browser.GetAsync("/account/role")).Text.ShouldContain("ผู้ดูข้อมูล");
    }

    [Fact]
    public async Task Revoke_ClosesTheLinkAndRenewOpensAnother()
    {
        var web = await TestWeb.OpenAsync();
        var province = await web.Data.CreateProvinceAsync();
        var administrator = await web.Data.CreatePersonAsync(province, Role.Administrator);
        using var browser = await web.SignInAsync(administrator);
        var link = LinkOf(await InvitePersonAsync(browser, "สถจ." + province.NameTh, "Officer"));
        using var guest = web.NewBrowser();

        var list = await browser.GetAsync("/accounts/invitations");
        var id = list.Form("form.row-acts").QuerySelector("input[name=id]")!.GetAttribute("value");
        await PostToAsync(browser, list, "/accounts/invitations?handler=Revoke", id!);
        (await guest.GetAsync(link)).Status.ShouldBe(HttpStatusCode.Gone);
        var renewed = await PostToAsync(browser, list, "/accounts/invitations?handler=Renew", id!);

        (await guest.GetAsync(link)).Status.ShouldBe(HttpStatusCode.Gone);
        (await guest.GetAsync(LinkOf(renewed))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Invite_ToAUnitOutsideTheScope_FindsNoSuchUnit()
    {
        var web = await TestWeb.OpenAsync();
        var administrator = await web.Data.CreatePersonAsync(await web.Data.CreateProvinceAsync(), Role.Administrator);
        var elsewhere = await web.Data.CreateProvinceAsync();
        using var browser = await web.SignInAsync(administrator);

        var page = await InvitePersonAsync(browser, "สถจ." + elsewhere.NameTh, "Officer");

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Errors.ShouldHaveSingleItem().Field.ShouldBe("UnitText");
    }

    [Fact]
    public async Task Invite_ARecorderToAnOffice_IsRefusedAtTheRole()
    {
        var web = await TestWeb.OpenAsync();
        var province = await web.Data.CreateProvinceAsync();
        using var browser = await web.SignInAsync(await web.Data.CreatePersonAsync(province, Role.Administrator));

        var page = await InvitePersonAsync(browser, "สถจ." + province.NameTh, "Recorder");

        page.Errors.ShouldHaveSingleItem().Field.ShouldBe("RoleText");
    }

    [Fact]
    public async Task InviteMany_WithAWrongRow_NamesTheLineAndInvitesNobody()
    {
        var web = await TestWeb.OpenAsync();
        var province = await web.Data.CreateProvinceAsync();
        using var browser = await web.SignInAsync(await web.Data.CreatePersonAsync(province, Role.Administrator));
        var csv =
            $"unit,role,name,email\nสถจ.{province.NameTh},officer,สมมติ หนึ่ง,\nไม่มีหน่วยนี้,king,,not-an-address\n";

        var page = await UploadAsync(browser, csv);

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var lines = page.Document.QuerySelectorAll("tbody tr td:first-child").Select(cell => cell.TextContent);
        lines.ShouldBe(["3", "3", "3", "3"]);
        (await browser.GetAsync("/accounts/invitations")).Text.ShouldContain("ไม่มีคำเชิญ");
    }

    [Fact]
    public async Task InviteMany_AfterThePreview_InvitesAllAndGivesTheLinksAsAFile()
    {
        var web = await TestWeb.OpenAsync();
        var province = await web.Data.CreateProvinceAsync();
        using var browser = await web.SignInAsync(await web.Data.CreatePersonAsync(province, Role.Administrator));
        var csv =
            $"หน่วยงาน,บทบาท,ชื่อ–นามสกุล\nสถจ.{province.NameTh},ผู้ดูข้อมูล,สมมติ หนึ่ง\nสถจ.{province.NameTh},ผู้ดูแลระบบ,สมมติ สอง\n";

        var preview = await UploadAsync(browser, csv);
        preview.Text.ShouldContain("สมมติ สอง");
        (await browser.GetAsync("/accounts/invitations")).Text.ShouldContain("ไม่มีคำเชิญ");
        var done = await browser.SubmitAsync(preview);
        var file = await browser.PostRawAsync(done, "main form");

        var reading = TableReader.Read(await file.Content.ReadAsByteArrayAsync(), TableLimits.Default);
        reading.Rows.Count.ShouldBe(3);
        using var guest = web.NewBrowser();
        var offer = await guest.GetAsync(new Uri(reading.Rows[2][4]).AbsolutePath);
        offer.Text.ShouldContain("สมมติ สอง");
    }

    [Fact]
    public async Task InviteMany_WithAFileThatIsNoTable_SaysSo()
    {
        var web = await TestWeb.OpenAsync();
        var province = await web.Data.CreateProvinceAsync();
        using var browser = await web.SignInAsync(await web.Data.CreatePersonAsync(province, Role.Administrator));
        var start = await browser.GetAsync("/accounts/invite-many");

        var page = await browser.UploadAsync(start, "form[enctype]", "Upload", "x.xlsx", [0x50, 0x4B, 3, 4, 0, 1, 2]);

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Document.QuerySelector("tbody")!.TextContent.Trim().ShouldNotBeEmpty();
    }

    /// <summary>A text file by a spreadsheet's name: its first line has none of the columns.</summary>
    [Fact]
    public async Task InviteMany_WithATextFile_NamesTheColumnsThatAreMissing()
    {
        var web = await TestWeb.OpenAsync();
        var province = await web.Data.CreateProvinceAsync();
        using var browser = await web.SignInAsync(await web.Data.CreatePersonAsync(province, Role.Administrator));
        var start = await browser.GetAsync("/accounts/invite-many");

        var page = await browser.UploadAsync(start, "form[enctype]", "Upload", "x.xlsx", "no spreadsheet"u8.ToArray());

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.TextOf("tbody").ShouldContain("unit");
        page.Document.QuerySelectorAll("tbody tr").Length.ShouldBe(3);
    }

    private static async Task<(TestUnit Unit, string Link)> InviteAsync(TestWeb web, Role role)
    {
        var province = await web.Data.CreateProvinceAsync();
        var unit = await web.Data.CreateLaoAsync(await web.Data.CreateDistrictAsync(province));
        using var browser = await web.SignInAsync(await web.Data.CreatePersonAsync(unit, Role.Administrator));
        return (unit, LinkOf(await InvitePersonAsync(browser, unit: null, role.ToString())));
    }

    private static async Task<TestPage> InvitePersonAsync(TestBrowser browser, string? unit, string role) =>
        await browser.SubmitAsync(
            await browser.GetAsync("/accounts/invite"),
            "main form",
            ("UnitText", unit),
            ("RoleText", role),
            ("DisplayName", "สมมติ ผู้รับเชิญ")
        );

    private static string LinkOf(TestPage page) =>
        new Uri(page.Document.QuerySelector("#link")!.GetAttribute("value")!).AbsolutePath;

    private static Task<TestPage> AcceptAsync(TestBrowser browser, TestPage offer, string userName, string password) =>
        browser.SubmitAsync(
            offer,
            "form.panel",
            ("UserName", userName),
            ("NewPassword", password),
            ("Repeated", password)
        );

    private static async Task<TestPage> PostToAsync(TestBrowser browser, TestPage page, string path, string id)
    {
        page.Form("form.row-acts").SetAttribute("action", path);
        return await browser.SubmitAsync(page, "form.row-acts", ("id", id));
    }

    private static async Task<TestPage> UploadAsync(TestBrowser browser, string csv) =>
        await browser.UploadAsync(
            await browser.GetAsync("/accounts/invite-many"),
            "form[enctype]",
            "Upload",
            "people.csv",
            Encoding.UTF8.GetBytes(csv)
        );
}

using System.Net;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Accounts;

public sealed class PeopleTests
{
    [Fact]
    public async Task List_ShowsTheScopeAndNothingElse()
    {
        var web = await TestWeb.OpenAsync();
        var province = await web.Data.CreateProvinceAsync();
        var below = await web.Data.CreatePersonAsync(await web.Data.CreateDistrictAsync(province), Role.Officer);
        var elsewhere = await web.Data.CreatePersonAsync(await web.Data.CreateProvinceAsync(), Role.Officer);
        using var browser = await web.SignInAsync(await web.Data.CreatePersonAsync(province, Role.Administrator));

        var list = await browser.GetAsync("/accounts");

        list.Text.ShouldContain(below.UserName);
        list.Text.ShouldNotContain(elsewhere.UserName);
        (await browser.GetAsync($"/accounts/person/{elsewhere.UserId}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task List_SearchedAndExported_HasTheSameRows()
    {
        var web = await TestWeb.OpenAsync();
        var province = await web.Data.CreateProvinceAsync();
        var found = await web.Data.CreatePersonAsync(province, Role.Officer);
        await web.Data.CreatePersonAsync(province, Role.Viewer);
        using var browser = await web.SignInAsync(await web.Data.CreatePersonAsync(province, Role.Administrator));

        var list = await browser.GetAsync($"/accounts?q={found.UserName}&sort=-from&page=1");
        var csv = await browser.Client.GetStringAsync($"/accounts?handler=Export&format=csv&q={found.UserName}");

        list.Document.QuerySelectorAll("tbody tr").Length.ShouldBe(1);
        csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        csv.ShouldContain(found.DisplayName);
    }

    [Fact]
    public async Task List_OfSomebodyWhoIsNoAdministrator_IsTheOwnUnitWithoutActs()
    {
        var web = await TestWeb.OpenAsync();
        var province = await web.Data.CreateProvinceAsync();
        var below = await web.Data.CreatePersonAsync(await web.Data.CreateDistrictAsync(province), Role.Officer);
        var officer = await web.Data.CreatePersonAsync(province, Role.Officer);
        using var browser = await web.SignInAsync(officer);

        var list = await browser.GetAsync("/accounts");

        list.Text.ShouldContain(officer.UserName);
        list.Text.ShouldNotContain(below.UserName);
        list.Document.QuerySelector("main a[href^='/accounts/']").ShouldBeNull();
    }

    [Fact]
    public async Task End_FromToday_StopsThePersonAtTheNextRequest()
    {
        var web = await TestWeb.OpenAsync();
        var province = await web.Data.CreateProvinceAsync();
        var officer = await web.Data.CreatePersonAsync(province, Role.Officer);
        using var theirs = await web.SignInAsync(officer);
        using var browser = await web.SignInAsync(await web.Data.CreatePersonAsync(province, Role.Administrator));

        var person = await browser.SubmitAsync(
            await browser.GetAsync($"/accounts/membership/{officer.MembershipId}/end"),
            "main form",
            ("From", "๑๕/๑/๒๕๖๓")
        );

        person.Text.ShouldContain("สิ้นสุดตั้งแต่ 15 มกราคม 2563");
        var stopped = await theirs.GetAsync("/account");
        stopped.Path.ShouldBe("/sign-in");
        stopped.Text.ShouldContain("สิ้นสุดแล้ว");
    }

    [Theory]
    [InlineData("31/2/2563")]
    [InlineData("tomorrow")]
    public async Task End_OnADayThatDoesNotExist_KeepsWhatWasTyped(string typed)
    {
        var web = await TestWeb.OpenAsync();
        var province = await web.Data.CreateProvinceAsync();
        var officer = await web.Data.CreatePersonAsync(province, Role.Officer);
        using var browser = await web.SignInAsync(await web.Data.CreatePersonAsync(province, Role.Administrator));

        var page = await browser.SubmitAsync(
            await browser.GetAsync($"/accounts/membership/{officer.MembershipId}/end"),
            "main form",
            ("From", typed)
        );

        page.Errors.ShouldHaveSingleItem().Field.ShouldBe("From");
        page.Document.QuerySelector("#From")!.GetAttribute("value").ShouldBe(typed);
    }

    [Fact]
    public async Task End_TheOwnMembership_IsRefused()
    {
        var web = await TestWeb.OpenAsync();
        var administrator = await web.Data.CreatePersonAsync(await web.Data.CreateProvinceAsync(), Role.Administrator);
        using var browser = await web.SignInAsync(administrator);

        var page = await browser.SubmitAsync(
            await browser.GetAsync($"/accounts/membership/{administrator.MembershipId}/end")
        );

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await browser.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Add_AFurtherRole_LetsThePersonChoose()
    {
        var web = await TestWeb.OpenAsync();
        var province = await web.Data.CreateProvinceAsync();
        var district = await web.Data.CreateDistrictAsync(province);
        var officer = await web.Data.CreatePersonAsync(province, Role.Officer);
        using var browser = await web.SignInAsync(await web.Data.CreatePersonAsync(province, Role.Administrator));
        var page = await browser.GetAsync($"/accounts/person/{officer.UserId}");

        var added = await browser.SubmitAsync(
            page,
            "form.panel",
            ("UnitText", "สถ.อำเภอ" + district.NameTh),
            ("RoleText", "Officer")
        );

        added.Text.ShouldContain("สถ.อำเภอ" + district.NameTh);
        using var theirs = web.NewBrowser();
        (await theirs.SignInAsync(officer.UserName, TestData.Password)).Path.ShouldBe("/account/role");
        var again = await browser.SubmitAsync(
            page,
            "form.panel",
            ("UnitText", "สถ.อำเภอ" + district.NameTh),
            ("RoleText", "Officer")
        );
        again.Errors.ShouldHaveSingleItem().Message.ShouldContain("อยู่แล้ว");
    }

    [Fact]
    public async Task PasswordLink_SetsANewPasswordOnce()
    {
        var web = await TestWeb.OpenAsync();
        var province = await web.Data.CreateProvinceAsync();
        var officer = await web.Data.CreatePersonAsync(province, Role.Officer);
        using var browser = await web.SignInAsync(await web.Data.CreatePersonAsync(province, Role.Administrator));
        const string password = "ปลาทูสองตัวกับน้ำพริก";

        var made = await browser.SubmitAsync(await browser.GetAsync($"/accounts/person/{officer.UserId}"));
        var link = new Uri(made.Document.QuerySelector("#link")!.GetAttribute("value")!).AbsolutePath;
        using var theirs = web.NewBrowser();
        var form = await theirs.GetAsync(link);
        var set = await theirs.SubmitAsync(form, "main form", ("NewPassword", password), ("Repeated", password));
        var twice = await theirs.SubmitAsync(
            form,
            "main form",
            ("NewPassword", "อีกรหัสหนึ่งที่ยาว"),
            ("Repeated", "อีกรหัสหนึ่งที่ยาว")
        );

        set.Path.ShouldBe("/sign-in");
        twice.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await theirs.SignInAsync(officer.UserName, password)).Path.ShouldBe("/");
    }

    [Fact]
    public async Task PasswordLink_ForSomebodyWithARoleAboveTheScope_IsRefused()
    {
        var web = await TestWeb.OpenAsync();
        var province = await web.Data.CreateProvinceAsync();
        var officer = await web.Data.CreatePersonAsync(province, Role.Officer);
        await web.Data.AddMembershipAsync(officer, await web.Data.DepartmentAsync(), Role.Administrator);
        using var browser = await web.SignInAsync(await web.Data.CreatePersonAsync(province, Role.Administrator));

        var page = await browser.SubmitAsync(await browser.GetAsync($"/accounts/person/{officer.UserId}"));

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Document.QuerySelector("#link").ShouldBeNull();
    }

    [Fact]
    public async Task ChangePassword_KeepsThisSessionAndClosesTheOldPassword()
    {
        var web = await TestWeb.OpenAsync();
        var person = await web.Data.CreatePersonAsync(await web.Data.CreateProvinceAsync(), Role.Officer);
        using var browser = await web.SignInAsync(person);
        const string password = "ช้างสามเชือกเดินข้ามคลอง";

        var done = await browser.SubmitAsync(
            await browser.GetAsync("/account/password"),
            "main form",
            ("CurrentPassword", TestData.Password),
            ("NewPassword", password),
            ("Repeated", password)
        );

        done.Path.ShouldBe("/account");
        done.Text.ShouldContain("เปลี่ยนรหัสผ่านเรียบร้อยแล้ว");
        using var later = web.NewBrowser();
        (await later.SignInAsync(person.UserName, TestData.Password)).Path.ShouldBe("/sign-in");
        (await later.SignInAsync(person.UserName, password)).Path.ShouldBe("/");
    }
}

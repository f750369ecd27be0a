using System.Net;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Accounts;

public sealed class SignInTests
{
    [Fact]
    public async Task Get_WhenNotSignedIn_AsksToSignInAndComesBack()
    {
        var web = await TestWeb.OpenAsync();
        var person = await web.Data.CreatePersonAsync(await web.Data.DepartmentAsync(), Role.Viewer);
        using var browser = web.NewBrowser();

        var asked = await browser.GetAsync("/account");
        asked.Path.ShouldBe("/sign-in");
        var page = await browser.SubmitAsync(
            asked,
            "main form",
            ("Name", person.UserName),
            ("Password", TestData.Password)
        );

        page.Path.ShouldBe("/account");
        page.Text.ShouldContain(person.DisplayName);
    }

    [Fact]
    public async Task Post_WithAWrongPassword_KeepsTheNameAndSaysSo()
    {
        var web = await TestWeb.OpenAsync();
        var person = await web.Data.CreatePersonAsync(await web.Data.DepartmentAsync(), Role.Viewer);
        using var browser = web.NewBrowser();

        var page = await browser.SignInAsync(person.UserName, "not the password");

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Errors.ShouldHaveSingleItem();
        page.Document.QuerySelector("#Name")!.GetAttribute("value").ShouldBe(person.UserName);
        page.Document.QuerySelector("#Password")!.GetAttribute("value").ShouldBeNull();
    }

    [Fact]
    public async Task Post_WithNothingTyped_NamesBothFields()
    {
        var web = await TestWeb.OpenAsync();
        using var browser = web.NewBrowser();

        var page = await browser.SignInAsync("", "");

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Errors.Select(error => error.Field).ShouldBe(["Name", "Password"]);
    }

    [Fact]
    public async Task Post_AfterFiveWrongPasswords_LocksTheAccountAndSaysHowLong()
    {
        var web = await TestWeb.OpenAsync();
        var person = await web.Data.CreatePersonAsync(await web.Data.DepartmentAsync(), Role.Viewer);
        using var browser = web.NewBrowser();
        for (var i = 0; i < 5; i++)
        {
            await browser.SignInAsync(person.UserName, "not the password");
        }

        var page = await browser.SignInAsync(person.UserName, TestData.Password);

        page.Path.ShouldBe("/sign-in");
        page.Errors.ShouldHaveSingleItem().Message.ShouldContain("15 นาที");
    }

    [Fact]
    public async Task Post_TooOftenForOneName_IsSlowedDownWhetherItExistsOrNot()
    {
        var web = await TestWeb.OpenAsync();
        using var browser = web.NewBrowser();
        var name = $"nobody{TestData.Next()}";
        for (var i = 0; i < 20; i++)
        {
            (await browser.SignInAsync(name, "guess")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }

        var page = await browser.SignInAsync(name, "guess");

        page.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        page.Response.Headers.RetryAfter.ShouldNotBeNull();
        page.Document.QuerySelector("#Name")!.GetAttribute("value").ShouldBe(name);
    }

    [Fact]
    public async Task Post_ByAPersonWithTwoMemberships_AsksWhichAndSwitches()
    {
        var web = await TestWeb.OpenAsync();
        var province = await web.Data.CreateProvinceAsync();
        var district = await web.Data.CreateDistrictAsync(province);
        var officer = await web.Data.CreatePersonAsync(district, Role.Officer);
        var both = await web.Data.AddMembershipAsync(officer, province, Role.Officer);
        using var browser = web.NewBrowser();

        var choose = await browser.SignInAsync(officer.UserName, TestData.Password);
        choose.Path.ShouldBe("/account/role");
        var refused = await browser.GetAsync("/account");
        refused.Path.ShouldBe("/account/role");
        var home = await browser.SubmitAsync(choose, "form.choice-list", ("Membership", both.MembershipId.ToString()));

        home.TextOf(".account-menu").ShouldContain("สถจ." + province.NameTh);
        var again = await browser.GetAsync("/account/role");
        home = await browser.SubmitAsync(again, "form.choice-list", ("Membership", officer.MembershipId.ToString()));
        home.TextOf(".account-menu").ShouldContain("สถ.อำเภอ" + district.NameTh);
    }

    [Fact]
    public async Task SignOut_EndsTheSession()
    {
        var web = await TestWeb.OpenAsync();
        var person = await web.Data.CreatePersonAsync(await web.Data.DepartmentAsync(), Role.Viewer);
        using var browser = await web.SignInAsync(person);

        await browser.SubmitAsync(await browser.GetAsync("/account"), "form[action='/sign-out']");

        (await browser.GetAsync("/account")).Path.ShouldBe("/sign-in");
    }

    [Fact]
    public async Task Account_ShowsTheOwnSignIns()
    {
        var web = await TestWeb.OpenAsync();
        var person = await web.Data.CreatePersonAsync(await web.Data.DepartmentAsync(), Role.Viewer);
        using var browser = web.NewBrowser();
        await browser.SignInAsync(person.UserName, "not the password");
        await browser.SignInAsync(person.UserName, TestData.Password);

        var page = await browser.GetAsync("/account");

        page.Text.ShouldContain("ใส่รหัสผ่านผิด");
        page.Text.ShouldContain("127.0.0.1");
    }
}

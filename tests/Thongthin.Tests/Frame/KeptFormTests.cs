using System.Net;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Frame;

/// <summary>A session that ends before a form is sent loses nothing of it; the preferences form stands for any form.</summary>
public sealed class KeptFormTests
{
    private const string Form = "main form";

    [Fact]
    public async Task Post_WhenTheSessionEnded_IsKeptThroughSignInAndSentAgain()
    {
        var web = await TestWeb.OpenAsync();
        var person = await web.Data.CreatePersonAsync(await web.Data.DepartmentAsync(), Role.Viewer);
        using var browser = await web.SignInAsync(person);
        var page = await browser.GetAsync("/account/password");
        browser.DropCookie("thongthin.session");

        var ended = await browser.SubmitAsync(
            page,
            Form,
            ("Note", "ข้อความ <ยาว> & \"ยาก\""),
            ("CurrentPassword", "secret")
        );
        ended.Status.ShouldBe(HttpStatusCode.Unauthorized);
        ended.Path.ShouldBe("/account/password");
        ended.Html.ShouldNotContain("ยาว");
        var again = await browser.SubmitAsync(ended, Form, ("Name", person.UserName), ("Password", TestData.Password));

        again.Heading.ShouldBe("ข้อมูลที่ท่านพิมพ์ยังอยู่");
        var form = again.Form();
        form.GetAttribute("action").ShouldBe("/account/password");
        again.Document.QuerySelector("input[name=Note]")!.GetAttribute("value").ShouldBe("ข้อความ <ยาว> & \"ยาก\"");
        again.Document.QuerySelector("input[name*=assword]").ShouldBeNull();
        var sent = await browser.SubmitAsync(again);
        sent.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        sent.Errors.ShouldContain(error => error.Field == "CurrentPassword");
    }

    [Fact]
    public async Task Post_WhenTheSessionEnded_IsNeverGivenToAnotherPerson()
    {
        var web = await TestWeb.OpenAsync();
        var author = await web.Data.CreatePersonAsync(await web.Data.DepartmentAsync(), Role.Viewer);
        var other = await web.Data.CreatePersonAsync(await web.Data.DepartmentAsync(), Role.Viewer);
        using var browser = await web.SignInAsync(author);
        var page = await browser.GetAsync("/account/password");
        browser.DropCookie("thongthin.session");
        var ended = await browser.SubmitAsync(page, Form, ("Note", "ความลับของผู้เขียน"));

        var signedIn = await browser.SubmitAsync(
            ended,
            Form,
            ("Name", other.UserName),
            ("Password", TestData.Password)
        );

        signedIn.Html.ShouldNotContain("ความลับของผู้เขียน");
        signedIn.Path.ShouldBe("/");
    }

    [Fact]
    public async Task Post_WithAnotherPersonsForm_ShowsNothingOfIt()
    {
        var web = await TestWeb.OpenAsync();
        var author = await web.Data.CreatePersonAsync(await web.Data.DepartmentAsync(), Role.Viewer);
        var other = await web.Data.CreatePersonAsync(await web.Data.DepartmentAsync(), Role.Viewer);
        using var browser = await web.SignInAsync(author);
        var page = await browser.GetAsync("/account/password");
        browser.DropCookie("thongthin.session");
        await browser.SignInAsync(other.UserName, TestData.Password);

        var refused = await browser.SubmitAsync(page, Form, ("Note", "ความลับของผู้เขียน"));

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Html.ShouldNotContain("ความลับของผู้เขียน");
        refused.Text.ShouldContain("บัญชีอื่น");
    }

    [Fact]
    public async Task Post_WithoutAFormToken_OffersItsAuthorToSendAgain()
    {
        var web = await TestWeb.OpenAsync();
        var person = await web.Data.CreatePersonAsync(await web.Data.DepartmentAsync(), Role.Viewer);
        using var browser = await web.SignInAsync(person);
        var page = await browser.GetAsync("/account/password");

        var refused = await browser.SubmitAsync(page, Form, ("Note", "พิมพ์ไว้แล้ว"), ("_token", "damaged"));

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Document.QuerySelector("main input[name=Note]")!.GetAttribute("value").ShouldBe("พิมพ์ไว้แล้ว");
    }

    [Fact]
    public async Task Post_FromElsewhereWithoutAnAuthor_IsNotOffered()
    {
        var web = await TestWeb.OpenAsync();
        var person = await web.Data.CreatePersonAsync(await web.Data.DepartmentAsync(), Role.Viewer);
        using var browser = await web.SignInAsync(person);
        using var planted = new FormUrlEncodedContent([KeyValuePair.Create("Note", "planted")]);

        var refused = await TestBrowser.ReadAsync(await browser.Client.PostAsync("/account/password", planted));

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Html.ShouldNotContain("planted");
        refused.Document.QuerySelector("main form").ShouldBeNull();
    }
}

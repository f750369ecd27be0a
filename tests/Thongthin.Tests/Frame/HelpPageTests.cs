using System.Globalization;
using System.Net;
using Npgsql;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Frame;

/// <summary>Refusals and faults are pages that help, in the reader's language, with the right status.</summary>
public sealed class HelpPageTests
{
    [Theory]
    [InlineData("th", "ไม่พบหน้านี้")]
    [InlineData("en", "There is no such page")]
    public async Task Get_OfNothing_IsAPageInTheReadersLanguage(string language, string heading)
    {
        var web = await TestWeb.OpenAsync();
        var person = await web.Data.CreatePersonAsync(await web.Data.DepartmentAsync(), Role.Viewer);
        using var browser = await web.SignInAsync(person, language);

        var page = await browser.GetAsync("/no/such/page");

        page.Status.ShouldBe(HttpStatusCode.NotFound);
        page.Heading.ShouldBe(heading);
        page.Document.QuerySelector("nav.site-nav").ShouldNotBeNull();
    }

    [Fact]
    public async Task Get_OfAPageOfAnotherRole_SaysWhatToDo()
    {
        var web = await TestWeb.OpenAsync();
        var person = await web.Data.CreatePersonAsync(await web.Data.DepartmentAsync(), Role.Viewer);
        using var browser = await web.SignInAsync(person);

        var page = await browser.GetAsync("/accounts/invite");

        page.Status.ShouldBe(HttpStatusCode.Forbidden);
        page.Heading.ShouldBe("ท่านไม่มีสิทธิ์เปิดหน้านี้");
    }

    [Fact]
    public async Task Post_ToAPageThatOnlyReads_Is405AndNoSuccess()
    {
        var web = await TestWeb.OpenAsync();
        var person = await web.Data.CreatePersonAsync(await web.Data.DepartmentAsync(), Role.Viewer);
        using var browser = await web.SignInAsync(person);
        var page = await browser.GetAsync("/account");
        page.Form("form[action='/sign-out']").SetAttribute("action", "/account");

        var refused = await browser.SubmitAsync(page, "form[action='/account']");

        refused.Status.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Theory]
    [InlineData(2_500, HttpStatusCode.UnprocessableEntity)]
    [InlineData(10_001, HttpStatusCode.BadRequest)]
    public async Task Post_WithManyFields_IsTakenUpToTheLimitAndThenNamesIt(int fields, HttpStatusCode expected)
    {
        var web = await TestWeb.OpenAsync();
        using var browser = web.NewBrowser();
        var extra = Enumerable
            .Range(0, fields)
            .Select(i => (string.Create(CultureInfo.InvariantCulture, $"unknown{i}"), (string?)"x"));

        var page = await browser.SubmitAsync(await browser.GetAsync("/sign-in"), "main form", [.. extra]);

        page.Status.ShouldBe(expected);
        if (expected == HttpStatusCode.BadRequest)
        {
            page.Text.ShouldContain("10,000");
        }
    }

    [Fact]
    public async Task Post_OfMoreThanTheLimit_Is413()
    {
        var web = await TestWeb.OpenAsync();
        using var browser = web.NewBrowser();
        using var body = new FormUrlEncodedContent([KeyValuePair.Create("Name", new string('x', 33 * 1024 * 1024))]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = body };
        // The server answers from the announced length; without this the whole body would be sent first.
        request.Headers.ExpectContinue = true;

        var page = await TestBrowser.ReadAsync(await browser.Client.SendAsync(request));

        page.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        page.Text.ShouldContain("32 MB");
    }

    [Fact]
    public async Task Get_WhenTheDatabaseIsGone_ShowsAReferenceAndNoCause()
    {
        var data = await TestData.CreateAsync();
        var person = await data.CreatePersonAsync(await data.DepartmentAsync(), Role.Viewer);
        await using var app = await TestWeb.StartAppAsync(data);
        using var browser = new TestBrowser(new Uri(app.Urls.Single()));
        (await browser.SignInAsync(person.UserName, TestData.Password)).Path.ShouldBe("/");
        (await browser.Client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await CloseAsync(data.Database);

        var page = await browser.GetAsync("/account");

        page.Status.ShouldBe(HttpStatusCode.InternalServerError);
        page.TextOf(".reference").ShouldMatch("รหัสอ้างอิง *[0-9a-f]{32}");
        page.Html.ShouldNotContain("Npgsql");
        page.Html.ShouldNotContain(" at Thongthin");
        (await browser.Client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await browser.Client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task EveryAnswer_CarriesThePolicyOfItsOwnNonce()
    {
        var web = await TestWeb.OpenAsync();
        using var browser = web.NewBrowser();

        var first = (await browser.GetAsync("/sign-in")).Response.Headers;
        var second = (await browser.GetAsync("/sign-in")).Response.Headers;

        var policy = first.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe");
        policy.ShouldNotBe(second.GetValues("Content-Security-Policy").Single());
        first.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
    }

    [Fact]
    public async Task Preferences_Chosen_HoldForThePageAndTheNextSignIn()
    {
        var web = await TestWeb.OpenAsync();
        var person = await web.Data.CreatePersonAsync(await web.Data.DepartmentAsync(), Role.Viewer);
        using var browser = await web.SignInAsync(person);

        var english = await browser.SubmitAsync(
            await browser.GetAsync("/account"),
            "form.site-preferences",
            ("language", "en")
        );
        english.Path.ShouldBe("/account");
        english.Heading.ShouldBe("My account");
        using var later = web.NewBrowser();
        (await later.SignInAsync(person.UserName, TestData.Password, "/sign-in?return=/account")).Heading.ShouldBe(
            "My account"
        );
        var thai = await browser.SubmitAsync(english, "form.site-preferences", ("language", "th"), ("digits", "thai"));
        thai.Text.ShouldContain("๑๕ มกราคม ๒๕๖๓");
    }

    /// <summary>Nobody gets in any more, and whoever is in is thrown out.</summary>
    private static async Task CloseAsync(TestDatabase database)
    {
        await using var inside = new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
        await inside.OpenAsync();
        var owner = new NpgsqlConnectionStringBuilder(database.OwnerConnectionString);
        var name = owner.Database!;
        owner.Database = "postgres";
        await using var outside = new NpgsqlConnection(owner.ConnectionString + ";Pooling=false");
        await outside.OpenAsync();
        await ExecuteAsync(outside, $"alter database {name} with allow_connections false");
        await ExecuteAsync(
            inside,
            "select pg_terminate_backend(pid) from pg_stat_activity "
                + "where datname = current_database() and usename = current_user and pid <> pg_backend_pid()"
        );
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

using System.Net;
using Microsoft.AspNetCore.Builder;
using Thongthin.Platform.Print;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;
using Thongthin.Startup;

[assembly: AssemblyFixture(typeof(Thongthin.Tests.Support.TestWeb))]

namespace Thongthin.Tests.Support;

/// <summary>
/// The web application on a real port over the database that tests share, built exactly as the program builds it; one for the
/// process, started by the first test that asks. Its clock stands at <see cref="TestData.Noon"/>.
/// <c>var web = await TestWeb.OpenAsync(); var browser = await web.SignInAsync(person);</c>
/// </summary>
public sealed class TestWeb : IAsyncDisposable
{
    private static readonly Lazy<Task<TestWeb>> Shared = new(StartAsync);

    private WebApplication? _app;
    private TestData? _data;

    internal TestData Data => _data!;

    internal IServiceProvider Services => _app!.Services;

    internal Uri Address => new(_app!.Urls.Single());

    internal static Task<TestWeb> OpenAsync() => Shared.Value;

    /// <summary>A second application over the same database, with other settings; the test disposes it.</summary>
    internal static Task<WebApplication> StartAppAsync(TestData data, Func<WebSettings, WebSettings>? change = null)
    {
        var settings = new WebSettings
        {
            Urls = ["http://127.0.0.1:0"],
            ConnectionString = data.Database.ConnectionString,
            OwnerConnectionString = data.Database.OwnerConnectionString,
            WrappingKey = TestData.Key,
            TimeProvider = new TestClock(TestData.Noon),
            Browser = InstalledBrowser.Named,
            MissingTextIsAnError = true,
            SignInsPerMinuteAndAddress = 100_000,
            ChecksPerMinuteAndAddress = 100_000,
        };
        return StartAppAsync(Web.Build(change?.Invoke(settings) ?? settings));
    }

    /// <summary>A browser without a session.</summary>
    internal TestBrowser NewBrowser() => new(Address);

    /// <summary>A browser in which the person has signed in, under the membership of <paramref name="person"/>.</summary>
    internal async Task<TestBrowser> SignInAsync(TestPerson person, string language = "th")
    {
        var browser = NewBrowser();
        var page = await browser.SignInAsync(person.UserName, TestData.Password);
        if (page.Path == "/account/role")
        {
            page = await browser.SubmitAsync(page, "form.choice-list", ("Membership", person.MembershipId.ToString()));
        }
        page.Status.ShouldBe(HttpStatusCode.OK);
        browser.SetCookie("language", language);
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        if (Shared.IsValueCreated)
        {
            await (await Shared.Value)._app!.DisposeAsync();
        }
    }

    private static async Task<TestWeb> StartAsync()
    {
        var data = await TestData.OpenAsync();
        return new TestWeb { _data = data, _app = await StartAppAsync(data) };
    }

    private static async Task<WebApplication> StartAppAsync(WebApplication app)
    {
        await app.StartAsync();
        return app;
    }
}

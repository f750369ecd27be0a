using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Npgsql;
using Thongthin.Data;
using Thongthin.Features.Demonstration;
using Thongthin.Features.Submissions.Signing;
using Thongthin.Platform.Postgres;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;
using Thongthin.Startup;
using Thongthin.Tests.Support;

[assembly: AssemblyFixture(typeof(Thongthin.Browser.Tests.Support.DemonstrationSite))]

namespace Thongthin.Browser.Tests.Support;

/// <summary>
/// The program as the verb <c>demo</c> serves it: a private PostgreSQL, the demonstration country, a real port, and one
/// browser in which every test opens contexts of its own. Started once for the assembly.
/// </summary>
public sealed class DemonstrationSite : IAsyncLifetime
{
    private const string Password = "Invented-pass-2569";

    private EmbeddedPostgres _postgres = null!;
    private WebApplication _app = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public string Address { get; private set; } = "";

    /// <summary>The patterns of all pages, without the leading slash.</summary>
    public IReadOnlyList<string> PageRoutes { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        var browserPath = await ChromiumFamily.PathAsync();
        _postgres = await EmbeddedPostgres.StartAsync(
            EmbeddedPostgresSettings.FromEnvironment() with
            {
                DataFolder = TemporaryFolder.Create(),
                Durable = false,
            },
            CancellationToken.None
        );
        await Migrator.Embedded(_postgres.OwnerConnectionString).MigrateAsync(CancellationToken.None);
        await DemonstrationCountry.LoadAsync(
            _postgres.OwnerConnectionString,
            Password,
            TimeProvider.System,
            _ => { },
            CancellationToken.None
        );
        _app = Web.Build(
            new WebSettings
            {
                Urls = ["http://127.0.0.1:0"],
                ConnectionString = _postgres.ConnectionString,
                OwnerConnectionString = _postgres.OwnerConnectionString,
                WrappingKey = WrappingKey.Ephemeral(),
                Demonstration = true,
                MissingTextIsAnError = true,
                SignInsPerMinuteAndAddress = 100_000,
            }
        );
        await _app.StartAsync();
        await SignCertificatesAsync(_app.Services);
        Address = _app.Urls.Single();
        PageRoutes =
        [
            .. _app
                .Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .Where(endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null)
                .Select(endpoint => endpoint.RoutePattern.RawText!.Trim('/'))
                .Distinct()
                // of several patterns that fit an address the one that says most wins
                .OrderBy(route => route.Count(letter => letter == '{')),
        ];
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = browserPath,
                Headless = true,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
    }

    /// <summary>A browser window in which that person has signed in.</summary>
    /// <param name="language">th or en</param>
    /// <param name="width">of the window in CSS pixels; 390 is a phone</param>
    public Task<Visitor> SignInAsync(
        string userName,
        string language = "th",
        bool javaScript = true,
        int width = 1280
    ) => SignInAtAsync(Address, userName, Password, language, javaScript, width);

    /// <summary>The same at another site, in this site's browser.</summary>
    public async Task<Visitor> SignInAtAsync(
        string address,
        string userName,
        string password,
        string language = "th",
        bool javaScript = true,
        int width = 1280
    )
    {
        var context = await _browser.NewContextAsync(
            new()
            {
                BaseURL = address,
                JavaScriptEnabled = javaScript,
                ViewportSize = new() { Width = width, Height = 900 },
                Locale = language == "en" ? "en-GB" : "th-TH",
                TimezoneId = "Asia/Bangkok",
            }
        );
        await context.AddCookiesAsync([
            new()
            {
                Name = "language",
                Value = language,
                Url = address,
            },
        ]);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(15_000);
        var visitor = new Visitor(context, page, javaScript);
        await visitor.SignInAsync(userName, password);
        if (await page.Locator("html").GetAttributeAsync("lang") != language)
        {
            // the account remembers the language that was chosen last
            await visitor.ClickAsync(page.Locator($"button[name=language][value={language}]"));
        }
        return visitor;
    }

    /// <summary>The pattern of the page that an address opens; null when it is none.</summary>
    public string? PageRouteOf(string address)
    {
        var path = new PathString(new Uri(new Uri(Address), address).AbsolutePath);
        return PageRoutes.FirstOrDefault(route =>
        {
            var template = TemplateParser.Parse(route);
            var values = new RouteValueDictionary();
            return new TemplateMatcher(template, []).TryMatch(path, values)
                && template.Parameters.All(parameter => Fits(parameter, values[parameter.Name!] as string));
        });
    }

    /// <summary>Two pages may differ only in what a part of the address must be, as a certificate and a fiscal year.</summary>
    private static bool Fits(TemplatePart parameter, string? value) =>
        value is null
        || parameter.InlineConstraints.All(constraint =>
            constraint.Constraint switch
            {
                "int" => int.TryParse(value, CultureInfo.InvariantCulture, out _),
                "guid" => Guid.TryParse(value, CultureInfo.InvariantCulture, out _),
                _ => true,
            }
        );

    public const string EveryonesPassword = Password;

    /// <summary>Publishes a form and opens a round in which only the unit of this person is asked. Returns the address of its answers.</summary>
    internal Task<string> AskAsync(string userName, string formId, string markdown) =>
        SiteTopic.AskAsync(_postgres.ConnectionString, userName, formId, markdown);

    /// <summary>As the verbs do before they serve.</summary>
    private static async Task SignCertificatesAsync(IServiceProvider services)
    {
        var actor = Actor.Job(TimeProvider.System, "certificates");
        await using var db = services.GetRequiredService<AppDbFactory>().Create(actor);
        var sign = new SignCertificates(db, services.GetRequiredService<CertificateSigner>());
        await sign.ExecuteAsync(actor, _ => { }, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await _app.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await _postgres.DisposeAsync();
        Directory.Delete(_postgres.DataFolder, recursive: true);
    }
}

/// <summary>One person at a browser window. Every page that is visited through it is checked by axe.</summary>
public sealed class Visitor(IBrowserContext context, IPage page, bool javaScript) : IAsyncDisposable
{
    public IPage Page => page;

    public IBrowserContext Context => context;

    /// <summary>The pages that follow come in this language.</summary>
    public Task ReadInAsync(string language) =>
        context.AddCookiesAsync([
            new()
            {
                Name = "language",
                Value = language,
                Url = new Uri(page.Url).GetLeftPart(UriPartial.Authority),
            },
        ]);

    /// <summary>In this window, where nobody is signed in.</summary>
    public async Task SignInAsync(string userName, string password)
    {
        await GoAsync("/sign-in");
        await page.Locator("input[name=Name]").FillAsync(userName);
        await page.Locator("input[name=Password]").FillAsync(password);
        await page.Locator("main form button").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    public async Task GoAsync(string path)
    {
        var response = await page.GotoAsync(path);
        response!.Status.ShouldBeLessThan(400, path);
        await CheckAsync();
    }

    /// <summary>Clicks a link or button by its words and waits for the page that comes.</summary>
    public async Task ClickAsync(ILocator target)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Arrive(object? sender, IFrame frame)
        {
            if (frame == page.MainFrame)
            {
                arrived.TrySetResult();
            }
        }
        page.FrameNavigated += Arrive;
        try
        {
            await target.ClickAsync();
            await arrived.Task.WaitAsync(TimeSpan.FromSeconds(15));
        }
        finally
        {
            page.FrameNavigated -= Arrive;
        }
        await CheckAsync();
    }

    public Task ClickAsync(string words) =>
        ClickAsync(page.Locator("main").Locator("a, button").Filter(new() { HasText = words }).First);

    /// <summary>The page has a title of its own, no violation that axe knows of, and nothing sticks out of the window sideways.</summary>
    public async Task CheckAsync()
    {
        await page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
        (await page.TitleAsync()).ShouldContain(" – ", customMessage: $"{page.Url} has no title of its own");
        if (!javaScript)
        {
            // axe itself is a script; the same pages are checked by the visitors who have it
            return;
        }
        (await Axe.ViolationsAsync(page)).ShouldBeEmpty(page.Url);
        var overflow = await page.EvaluateAsync<int>(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        );
        overflow.ShouldBeLessThanOrEqualTo(0, $"{page.Url} is wider than its window");
    }

    public async Task<string> MainTextAsync() => await page.Locator("main").InnerTextAsync();

    public ValueTask DisposeAsync() => context.DisposeAsync();
}

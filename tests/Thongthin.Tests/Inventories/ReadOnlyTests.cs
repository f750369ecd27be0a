using System.Net;
using Npgsql;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Inventories;

/// <summary>
/// Reading changes nothing, and every link leads somewhere. People of every kind follow all links they are shown, on an
/// application whose database sessions are read-only: a page that wrote would be a fault.
/// </summary>
public sealed class ReadOnlyTests
{
    private const int MostPages = 60;

    [Theory]
    [InlineData(UnitLevel.Lao, Role.Recorder)]
    [InlineData(UnitLevel.Lao, Role.Certifier)]
    [InlineData(UnitLevel.Lao, Role.Administrator)]
    [InlineData(UnitLevel.District, Role.Officer)]
    [InlineData(UnitLevel.Province, Role.Administrator)]
    [InlineData(UnitLevel.Department, Role.Officer)]
    [InlineData(UnitLevel.Department, Role.Administrator)]
    internal async Task EveryLinkThatIsShown_LeadsSomewhereAndWritesNothing(UnitLevel level, Role role)
    {
        var web = await TestWeb.OpenAsync();
        var data = web.Data;
        var province = await data.CreateProvinceAsync();
        var district = await data.CreateDistrictAsync(province);
        var lao = await data.CreateLaoAsync(district);
        var forms = new[] { await data.PublishAnnualFormAsync(), await data.PublishRegisterAsync() };
        await data.OpenRoundAsync(forms, [lao]);
        var unit = level switch
        {
            UnitLevel.Lao => lao,
            UnitLevel.District => district,
            UnitLevel.Province => province,
            _ => await data.DepartmentAsync(),
        };
        using var browser = await web.SignInAsync(await data.CreatePersonAsync(unit, role));
        await using var app = await TestWeb.StartAppAsync(data, ReadOnly);
        using var reader = browser.At(new Uri(app.Urls.Single()));

        (await FollowAsync(reader)).ShouldBeEmpty();
    }

    [Fact]
    public async Task AWriteOnTheReadOnlyApplication_IsAFault()
    {
        var web = await TestWeb.OpenAsync();
        var person = await web.Data.CreatePersonAsync(await web.Data.DepartmentAsync(), Role.Viewer);
        using var browser = await web.SignInAsync(person);
        await using var app = await TestWeb.StartAppAsync(web.Data, ReadOnly);
        using var reader = browser.At(new Uri(app.Urls.Single()));

        var page = await reader.SubmitAsync(await reader.GetAsync("/account"), "form[action='/sign-out']");

        page.Status.ShouldBe(HttpStatusCode.InternalServerError);
    }

    private static WebSettings ReadOnly(WebSettings settings) =>
        settings with
        {
            ConnectionString = new NpgsqlConnectionStringBuilder(settings.ConnectionString)
            {
                Options = "-c default_transaction_read_only=on",
            }.ConnectionString,
        };

    /// <summary>What does not open, and from where it was linked.</summary>
    private static async Task<List<string>> FollowAsync(TestBrowser browser)
    {
        var found = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { "/" };
        var waiting = new Queue<(string Address, string From)>([("/", "the start")]);
        while (waiting.TryDequeue(out var next) && seen.Count - waiting.Count <= MostPages)
        {
            var response = await browser.Client.GetAsync(next.Address);
            if (!response.IsSuccessStatusCode)
            {
                found.Add($"{next.Address} from {next.From}: {(int)response.StatusCode}");
            }
            if (response.Content.Headers.ContentType?.MediaType != "text/html")
            {
                continue;
            }
            var page = await TestBrowser.ReadAsync(response);
            foreach (var address in LinksOf(page).Where(address => seen.Add(address)))
            {
                waiting.Enqueue((address, next.Address));
            }
        }
        return found;
    }

    /// <summary>The page's own links; of lists that differ only in their query, one of each page is enough.</summary>
    private static IEnumerable<string> LinksOf(TestPage page) =>
        page
            .Document.QuerySelectorAll("a[href]")
            .Select(link => link.GetAttribute("href")!)
            .Where(href => !href.StartsWith('#') && !href.StartsWith("mailto:", StringComparison.Ordinal))
            .Select(href => new Uri(page.Response.RequestMessage!.RequestUri!, href))
            .Where(address => address.Authority == page.Response.RequestMessage!.RequestUri!.Authority)
            .GroupBy(address => (address.AbsolutePath, address.Query.Split('=')[0]))
            .Select(same => same.First().PathAndQuery);
}

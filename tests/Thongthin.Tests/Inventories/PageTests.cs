using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Thongthin.Tests.Pages;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Inventories;

/// <summary>
/// What opening a page costs and does: every page has its budget of queries, and a GET writes nothing. A page that is not
/// in <see cref="PageVisit"/> fails here.
/// </summary>
public sealed class PageTests(PageTests.Visitors visitors) : IClassFixture<PageTests.Visitors>
{
    public static TheoryData<string> Pages => [.. PageVisit.All.Select(visit => visit.Page)];

    [Fact]
    public async Task EveryPage_IsVisited()
    {
        var web = await TestWeb.OpenAsync();
        var pages = web
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/'))
            .Distinct()
            .ToList();
        var placed = PageVisit.All.Select(visit => visit.Page).Concat(PageVisit.Elsewhere.Keys).ToList();

        pages.Count.ShouldBeGreaterThan(40);
        pages.Except(placed).ShouldBeEmpty("say in PageVisit who opens these and what they may cost");
        placed.Except(pages).ShouldBeEmpty("no such page");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Get_StaysWithinItsBudgetOfQueries(string page)
    {
        var visit = PageVisit.All.Single(visit => visit.Page == page);
        var web = await TestWeb.OpenAsync();
        var country = await VisitedCountry.OpenAsync();
        var browser = await visitors.SignInAsync(web, visit.Who(country));
        // what is read once for the process is read before
        var first = await browser.GetAsync(visit.Address(country));
        first.Status.ShouldBe(Expected(visit), first.Text);

        var queries = await QueriesOfAsync(browser, visit.Address(country));

        queries.Count.ShouldBeLessThanOrEqualTo(visit.Budget, string.Join("\n\n", queries));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Get_WritesNothing(string page)
    {
        var visit = PageVisit.All.Single(visit => visit.Page == page);
        var web = await TestWeb.OpenAsync();
        var country = await VisitedCountry.OpenAsync();
        var signedIn = await visitors.SignInAsync(web, visit.Who(country));
        using var browser = signedIn.At(await visitors.ReadOnlyAddressAsync(web));

        (await browser.GetAsync(visit.Address(country))).Status.ShouldBe(
            Expected(visit),
            "nothing can be written here"
        );
    }

    /// <summary>The application that cannot write would have shown it: a page that saves fails there.</summary>
    [Fact]
    public async Task Post_WhereNothingCanBeWritten_Fails()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateAnnualTopicAsync();
        using var signedIn = await web.SignInAsync(topic.Recorder);
        using var browser = signedIn.At(await visitors.ReadOnlyAddressAsync(web));
        var entry = await browser.GetAsync(PageAddress.Of(topic).Answers);

        var saved = await browser.SubmitAsync(entry, "form#entry", ("f.roads", "3"));

        saved.Status.ShouldBe(HttpStatusCode.InternalServerError);
    }

    /// <summary>The count is of the request that was made: it grows with the queries.</summary>
    [Fact]
    public async Task Queries_AreThoseOfTheRequest()
    {
        var web = await TestWeb.OpenAsync();
        var country = await VisitedCountry.OpenAsync();
        var browser = await visitors.SignInAsync(web, country.InProgress.Recorder);

        (await QueriesOfAsync(browser, "/yardstick")).ShouldHaveSingleItem().ShouldContain("select 1");
        (await QueriesOfAsync(browser, PageAddress.Of(country.InProgress).Overview)).Count.ShouldBeGreaterThan(1);
    }

    private static HttpStatusCode Expected(PageVisit visit) =>
        visit.Page.StartsWith("/error/", StringComparison.Ordinal) ? HttpStatusCode.NotFound : HttpStatusCode.OK;

    /// <summary>The statements that one request runs, but for naming the actor. They carry the trace that the request began.</summary>
    private static async Task<List<string>> QueriesOfAsync(TestBrowser browser, string address)
    {
        var trace = ActivityTraceId.CreateRandom();
        var statements = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.TraceId == trace ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == trace && activity.Source.Name == "Npgsql")
                {
                    var text = activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement");
                    statements.Enqueue(text as string ?? activity.DisplayName);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        using var response = await browser.Client.SendAsync(request);
        // a connection that the pool opens anew is reported as well
        return
        [
            .. statements.Where(text =>
                !text.Contains("enter_actor", StringComparison.Ordinal)
                && !text.StartsWith("CONNECT ", StringComparison.Ordinal)
            ),
        ];
    }

    /// <summary>One session for each person, and the application over the same database that cannot write.</summary>
    public sealed class Visitors : IAsyncDisposable
    {
        private readonly Dictionary<Guid, TestBrowser> _sessions = [];
        private WebApplication? _readOnly;

        internal async Task<TestBrowser> SignInAsync(TestWeb web, TestPerson person)
        {
            if (!_sessions.TryGetValue(person.UserId, out var browser))
            {
                _sessions[person.UserId] = browser = await web.SignInAsync(person);
            }
            return browser;
        }

        internal async Task<Uri> ReadOnlyAddressAsync(TestWeb web)
        {
            _readOnly ??= await TestWeb.StartAppAsync(
                web.Data,
                settings =>
                    settings with
                    {
                        ConnectionString = new NpgsqlConnectionStringBuilder(settings.ConnectionString)
                        {
                            Options = "-c default_transaction_read_only=on",
                        }.ConnectionString,
                    }
            );
            return new Uri(_readOnly.Urls.Single());
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var browser in _sessions.Values)
            {
                browser.Dispose();
            }
            if (_readOnly is not null)
            {
                await _readOnly.DisposeAsync();
            }
        }
    }
}

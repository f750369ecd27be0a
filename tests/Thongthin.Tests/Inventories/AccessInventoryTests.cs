using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Inventories;

/// <summary>
/// Who may open what: the program's endpoints equal <see cref="AccessTable"/>, and every one of them is called, by GET and by
/// POST, as everybody there is.
/// </summary>
public sealed partial class AccessInventoryTests
{
    private static readonly (UnitLevel Level, Role Role)[] Memberships =
    [
        (UnitLevel.Lao, Role.Recorder),
        (UnitLevel.Lao, Role.Certifier),
        (UnitLevel.Lao, Role.Viewer),
        (UnitLevel.Lao, Role.Administrator),
        (UnitLevel.District, Role.Officer),
        (UnitLevel.District, Role.Administrator),
        (UnitLevel.Province, Role.Officer),
        (UnitLevel.Province, Role.Administrator),
        (UnitLevel.Department, Role.Officer),
        (UnitLevel.Department, Role.Administrator),
        (UnitLevel.Department, Role.Viewer),
    ];

    [Fact]
    public async Task EveryEndpoint_IsPlacedInTheTableWithItsPolicy()
    {
        var web = await TestWeb.OpenAsync();

        Findings(EndpointsOf(web.Services.GetRequiredService<EndpointDataSource>())).ShouldBeEmpty();
    }

    [Fact]
    public async Task AnEndpointThatNobodyPlaced_IsFound()
    {
        var web = await TestWeb.OpenAsync();
        var endpoints = EndpointsOf(web.Services.GetRequiredService<EndpointDataSource>());
        var planted = new RouteEndpointBuilder(_ => Task.CompletedTask, RoutePatternFactory.Parse("/planted"), 0);
        var opened = new RouteEndpointBuilder(
            _ => Task.CompletedTask,
            RoutePatternFactory.Parse("/accounts/invite"),
            0
        );
        opened.Metadata.Add(new AllowAnonymousAttribute());

        var known = Findings(endpoints).ToList();
        Findings(endpoints.Append((RouteEndpoint)planted.Build()))
            .Except(known)
            .ShouldBe(["planted is not in the table; its policy is Member"]);
        Findings(endpoints.Append((RouteEndpoint)opened.Build()))
            .Except(known)
            .ShouldBe(["accounts/invite has the policy Anybody, not Administrator"]);
        Findings(endpoints.Where(endpoint => Path(endpoint) != "account"))
            .Except(known)
            .ShouldBe(["account is in the table and not in the program"]);
    }

    [Fact]
    public async Task EveryEndpoint_CalledWithoutASession_AsksToSignIn()
    {
        var web = await TestWeb.OpenAsync();
        using var browser = web.NewBrowser();

        await CallAllAsync(browser, policy => AccessTable.Allows(policy, signedIn: false, level: null, role: null));
    }

    [Fact]
    public async Task EveryEndpoint_CalledBeforeAMembershipIsChosen_OpensOnlyTheAccount()
    {
        var web = await TestWeb.OpenAsync();
        var province = await web.Data.CreateProvinceAsync();
        var person = await web.Data.CreatePersonAsync(province, Role.Officer);
        await web.Data.AddMembershipAsync(person, province, Role.Viewer);
        using var browser = web.NewBrowser();
        (await browser.SignInAsync(person.UserName, TestData.Password)).Path.ShouldBe("/account/role");

        await CallAllAsync(browser, policy => AccessTable.Allows(policy, signedIn: true, level: null, role: null));
    }

    [Fact]
    public async Task EveryEndpoint_CalledInEveryRole_OpensAsTheTableSays()
    {
        var web = await TestWeb.OpenAsync();
        var province = await web.Data.CreateProvinceAsync();
        var district = await web.Data.CreateDistrictAsync(province);
        var lao = await web.Data.CreateLaoAsync(district);
        foreach (var (level, role) in Memberships)
        {
            var unit = level switch
            {
                UnitLevel.Lao => lao,
                UnitLevel.District => district,
                UnitLevel.Province => province,
                _ => await web.Data.DepartmentAsync(),
            };
            using var browser = await web.SignInAsync(await web.Data.CreatePersonAsync(unit, role));
            await CallAllAsync(browser, policy => AccessTable.Allows(policy, signedIn: true, level, role));
        }
    }

    /// <summary>A refused page is 403, or leads to sign-in or to choosing a role; an allowed one never is, and nothing fails.</summary>
    private static async Task CallAllAsync(TestBrowser browser, Func<string, bool> mayOpen)
    {
        foreach (var (pattern, policy) in AccessTable.Endpoints)
        {
            // Signing out and changing the language would change the caller itself.
            var address = Sample(pattern);
            var page = await browser.GetAsync(address);
            var isRefused =
                page.Status is HttpStatusCode.Forbidden
                || (page.Path is "/sign-in" && pattern != "sign-in")
                || (
                    page.Path is "/account/role"
                    && pattern != "account/role"
                    && pattern != "sign-in"
                    && !mayOpen(policy)
                );
            isRefused.ShouldBe(!mayOpen(policy), $"GET {address} ended at {page.Path} with {page.Status}");
            ((int)page.Status).ShouldBeLessThan(500, $"GET {address}");
            using var body = new FormUrlEncodedContent([]);
            var posted = await browser.Client.PostAsync(address, body);
            if (!mayOpen(policy))
            {
                ((int)posted.StatusCode).ShouldBeOneOf([401, 403], $"POST {address}");
            }
            else
            {
                // Without a form token nothing may be done; health takes no forms at all.
                posted.StatusCode.ShouldBeOneOf(
                    [
                        HttpStatusCode.BadRequest,
                        HttpStatusCode.NotFound,
                        HttpStatusCode.OK,
                        HttpStatusCode.MethodNotAllowed,
                    ],
                    $"POST {address}"
                );
            }
        }
    }

    private static List<RouteEndpoint> EndpointsOf(EndpointDataSource source) =>
        [.. source.Endpoints.OfType<RouteEndpoint>()];

    private static IEnumerable<string> Findings(IEnumerable<RouteEndpoint> endpoints)
    {
        var found = endpoints
            .Select(endpoint => (Path: Path(endpoint), Policy: PolicyOf(endpoint)))
            .Distinct()
            .ToList();
        foreach (var (path, policy) in found)
        {
            if (!AccessTable.Endpoints.TryGetValue(path, out var placed))
            {
                yield return $"{path} is not in the table; its policy is {policy}";
            }
            else if (placed != policy)
            {
                yield return $"{path} has the policy {policy}, not {placed}";
            }
        }
        foreach (var path in AccessTable.Endpoints.Keys.Except(found.Select(one => one.Path)))
        {
            yield return $"{path} is in the table and not in the program";
        }
    }

    private static string Path(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText!.Trim('/');

    private static string PolicyOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            ? AccessTable.Anybody
            : endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>() switch
            {
                [] => Policies.Member,
                [{ Policy: { } policy }] => policy,
                var several => string.Join('+', several.Select(one => one.Policy)),
            };

    /// <summary>An address of the pattern; what it names does not exist.</summary>
    private static string Sample(string pattern) =>
        "/"
        + Parameter()
            .Replace(
                pattern,
                match =>
                    match.Groups["type"].Value switch
                    {
                        "guid" => "018f0000-0000-7000-8000-000000000000",
                        "int" => "404",
                        _ => "none",
                    }
            );

    [GeneratedRegex(@"\{\*?\w+\??(:(?<type>\w+)(\([^)]*\))?)*\??\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Parameter();
}

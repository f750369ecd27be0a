using System.Net;
using Thongthin.Platform.Security;

namespace Thongthin.Platform.Web;

/// <summary>What the web application must be told from outside; verbs and tests fill it, nothing else is read later.</summary>
internal sealed record WebSettings
{
    /// <summary>Addresses to listen on, for example <c>http://127.0.0.1:0</c> (port 0: any free one).</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>The application role's connection: row-level security applies to it.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The owner role's connection, for migrations and checks of the schema.</summary>
    public required string OwnerConnectionString { get; init; }

    /// <summary>Wraps the keys that the database holds; one for all nodes and all starts.</summary>
    public required WrappingKey WrappingKey { get; init; }

    /// <summary>Demonstration data: a banner on every page, loopback only.</summary>
    public bool Demonstration { get; init; }

    /// <summary>The browser's program that prints; null = search for an installed one.</summary>
    public string? Browser { get; init; }

    /// <summary>The only clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Do what has its hour besides answering: the daily tables, rounds that open by themselves.</summary>
    public bool RunsClockwork { get; init; }

    /// <summary>A missing text is an exception (tests) instead of its key on the page (production).</summary>
    public bool MissingTextIsAnError { get; init; }

    /// <summary>How long a session lives without a request.</summary>
    public TimeSpan SessionLength { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Sign-in attempts per minute from one address; an office shares one address.</summary>
    public int SignInsPerMinuteAndAddress { get; init; } = 60;

    /// <summary>Sign-in attempts per five minutes for one account name; lockout after wrong passwords comes before it.</summary>
    public int SignInsPerFiveMinutesAndAccount { get; init; } = 20;

    /// <summary>Certificates that one address may check in a minute, without a session.</summary>
    public int ChecksPerMinuteAndAddress { get; init; } = 60;

    /// <summary>Proxies whose X-Forwarded-* headers are believed, besides loopback.</summary>
    public IReadOnlyList<IPAddress> TrustedProxies { get; init; } = [];

    /// <summary>True when every address is plain http on loopback: cookies then follow the request's scheme.</summary>
    public bool IsPlainLoopback => ArePlainLoopback(Urls);

    public static bool ArePlainLoopback(IReadOnlyList<string> urls) =>
        urls.All(url =>
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme == Uri.UriSchemeHttp
                && (
                    address.Host == "localhost"
                    || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip))
                );
        });
}

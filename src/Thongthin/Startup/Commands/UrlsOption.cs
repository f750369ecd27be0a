using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Thongthin.Startup.Commands;

/// <summary><c>--urls</c> of the verbs that serve: one or more addresses, separated by semicolons.</summary>
internal static class UrlsOption
{
    private const int UsualPort = 5080;

    public static Option<string?> Create()
    {
        var option = new Option<string?>("--urls")
        {
            Description = "Addresses to listen on, separated by semicolons; port 0 takes any free port",
            HelpName = "URLS",
        };
        option.Validators.Add(result =>
        {
            foreach (var url in Split(result.GetValueOrDefault<string?>()))
            {
                try
                {
                    BindingAddress.Parse(url);
                }
                catch (FormatException)
                {
                    result.AddError($"'{url}' is not an address like http://127.0.0.1:{UsualPort}");
                }
            }
        });
        return option;
    }

    /// <summary>The addresses named, or the usual one on loopback; where that port is taken, any free one.</summary>
    public static IReadOnlyList<string> Resolve(string? value) =>
        Split(value) is { Length: > 0 } named ? named : [$"http://127.0.0.1:{(IsFree(UsualPort) ? UsualPort : 0)}"];

    private static string[] Split(string? value) =>
        value?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

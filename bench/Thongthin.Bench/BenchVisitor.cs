using System.Net;
using System.Text.RegularExpressions;

namespace Thongthin.Bench;

/// <summary>One signed-in person at the other end of the loopback, with the few things of a browser that a request needs.</summary>
internal sealed partial class BenchVisitor : IDisposable
{
    private readonly HttpClient _http;

    private BenchVisitor(HttpClient http) => _http = http;

    public static async Task<BenchVisitor> SignInAsync(Uri address, string userName)
    {
        var http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() })
        {
            BaseAddress = address,
        };
        var visitor = new BenchVisitor(http);
        var page = await visitor.GetAsync("/sign-in");
        using var answer = await http.PostAsync(
            new Uri("/sign-in", UriKind.Relative),
            new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["_token"] = Hidden(page, "_token"),
                    ["Name"] = userName,
                    ["Password"] = BenchSite.Password,
                }
            )
        );
        answer.EnsureSuccessStatusCode();
        if (answer.RequestMessage!.RequestUri!.AbsolutePath.StartsWith("/sign-in", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{userName} could not sign in");
        }
        return visitor;
    }

    /// <summary>The page as text; anything but success is an error.</summary>
    public async Task<string> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }

    public Task<byte[]> GetBytesAsync(string path) => _http.GetByteArrayAsync(new Uri(path, UriKind.Relative));

    /// <summary>Sends a form; the page that it leads to, and where that is.</summary>
    public async Task<(string Text, string Path)> PostAsync(string path, Dictionary<string, string> fields) =>
        await ReadAsync(await _http.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(fields)));

    /// <summary>Sends a form with a file.</summary>
    public async Task<(string Text, string Path)> UploadAsync(string path, string token, string field, byte[] content)
    {
        using var body = new MultipartFormDataContent();
        body.Add(new StringContent(token), "_token");
        body.Add(new ByteArrayContent(content), field, "bench.xlsx");
        return await ReadAsync(await _http.PostAsync(new Uri(path, UriKind.Relative), body));
    }

    private static async Task<(string Text, string Path)> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            answer.EnsureSuccessStatusCode();
            return (await answer.Content.ReadAsStringAsync(), answer.RequestMessage!.RequestUri!.AbsolutePath);
        }
    }

    /// <summary>Sends fields as the entry page's own script does.</summary>
    public async Task<string> PostScriptAsync(string path, Dictionary<string, string> fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new FormUrlEncodedContent(fields),
        };
        request.Headers.Add("X-Requested-With", "fetch");
        request.Headers.Accept.ParseAdd("application/json");
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>The value of a hidden field, of the last form that has it; empty where it has none.</summary>
    public static string Hidden(string page, string name)
    {
        var field = HiddenField()
            .Matches(page)
            .Last(m => m.Value.Contains($"name=\"{name}\"", StringComparison.Ordinal))
            .Value;
        return WebUtility.HtmlDecode(Value().Match(field).Groups["value"].Value);
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("""<input(?=[^>]*\btype="hidden")[^>]*>""")]
    private static partial Regex HiddenField();

    [GeneratedRegex("""\bvalue="(?<value>[^"]*)["]""")]
    private static partial Regex Value();
}

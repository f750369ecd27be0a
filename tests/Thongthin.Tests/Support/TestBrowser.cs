using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Thongthin.Tests.Support;

/// <summary>A page as it came: after redirects, parsed.</summary>
internal sealed record TestPage(HttpResponseMessage Response, IHtmlDocument Document)
{
    public HttpStatusCode Status => Response.StatusCode;

    public string Path => Response.RequestMessage!.RequestUri!.AbsolutePath;

    public string PathAndQuery => Response.RequestMessage!.RequestUri!.PathAndQuery;

    public string Html => Document.DocumentElement.OuterHtml;

    /// <summary>The text inside main, with spaces as one reads them.</summary>
    public string Text => TextOf("main");

    /// <summary>The page's heading.</summary>
    public string Heading => TextOf("h1");

    /// <summary>The links of the error summary: field id → message.</summary>
    public IReadOnlyList<(string Field, string Message)> Errors =>
        [
            .. Document
                .QuerySelectorAll(".error-summary li")
                .Select(item =>
                    (item.QuerySelector("a")?.GetAttribute("href")?.TrimStart('#') ?? "", item.TextContent.Trim())
                ),
        ];

    public string TextOf(string selector) =>
        string.Join(
            ' ',
            (Document.QuerySelector(selector)?.TextContent ?? "").Split(
                (char[]?)null,
                StringSplitOptions.RemoveEmptyEntries
            )
        );

    public IHtmlFormElement Form(string selector = "main form") =>
        Document.QuerySelector(selector) as IHtmlFormElement
        ?? throw new InvalidOperationException($"No form '{selector}' in:{Environment.NewLine}{Html}");
}

/// <summary>
/// What a person's browser does without scripts: keeps cookies, follows redirects, sends forms with all their fields.
/// </summary>
internal sealed class TestBrowser : IDisposable
{
    private readonly CookieContainer _cookies;
    private readonly HttpClientHandler _handler;

    public TestBrowser(Uri address)
        : this(address, new CookieContainer()) { }

    private TestBrowser(Uri address, CookieContainer cookies)
    {
        _cookies = cookies;
        _handler = new HttpClientHandler { CookieContainer = _cookies };
        Client = new HttpClient(_handler) { BaseAddress = address };
    }

    public HttpClient Client { get; }

    /// <summary>The same browser, with its cookies, at another application.</summary>
    public TestBrowser At(Uri address) => new(address, _cookies);

    public void SetCookie(string name, string value) => _cookies.Add(Client.BaseAddress!, new Cookie(name, value));

    /// <summary>What happens when a session's cookie is gone.</summary>
    public void DropCookie(string name)
    {
        foreach (Cookie cookie in _cookies.GetCookies(Client.BaseAddress!))
        {
            cookie.Expired |= cookie.Name == name;
        }
    }

    public async Task<TestPage> GetAsync(string path) => await ReadAsync(await Client.GetAsync(path));

    /// <summary>Opens sign-in and signs in; the page it leads to.</summary>
    public async Task<TestPage> SignInAsync(string name, string password, string path = "/sign-in") =>
        await SubmitAsync(await GetAsync(path), "main form", ("Name", name), ("Password", password));

    /// <summary>Sends a form of the page with all fields it has, some of them filled in or (null) left out.</summary>
    public async Task<TestPage> SubmitAsync(
        TestPage page,
        string form = "main form",
        params (string Name, string? Value)[] fill
    )
    {
        var element = page.Form(form);
        var fields = FieldsOf(element).Where(field => !fill.Any(change => change.Name == field.Key)).ToList();
        fields.AddRange(
            fill.Where(change => change.Value is not null)
                .Select(change => KeyValuePair.Create(change.Name, change.Value!))
        );
        var action = ActionOf(page, element);
        return await ReadAsync(await Client.PostAsync(action, new FormUrlEncodedContent(fields)));
    }

    /// <summary>Sends a form as it stands; for answers that are no pages.</summary>
    public async Task<HttpResponseMessage> PostRawAsync(TestPage page, string form)
    {
        var element = page.Form(form);
        var action = ActionOf(page, element);
        return await Client.PostAsync(action, new FormUrlEncodedContent(FieldsOf(element)));
    }

    /// <summary>Sends a form with a file; the other fields as they stand on the page, but for some that are filled in.</summary>
    public async Task<TestPage> UploadAsync(
        TestPage page,
        string form,
        string field,
        string fileName,
        byte[] content,
        params (string Name, string Value)[] fill
    )
    {
        var element = page.Form(form);
        using var body = new MultipartFormDataContent();
        foreach (var (name, value) in FieldsOf(element).Where(f => !fill.Any(change => change.Name == f.Key)))
        {
            body.Add(new StringContent(value), name);
        }
        foreach (var (name, value) in fill)
        {
            body.Add(new StringContent(value), name);
        }
        body.Add(new ByteArrayContent(content), field, fileName);
        var action = ActionOf(page, element);
        return await ReadAsync(await Client.PostAsync(action, body));
    }

    public static async Task<TestPage> ReadAsync(HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync();
        return new TestPage(response, new HtmlParser().ParseDocument(html));
    }

    public void Dispose()
    {
        Client.Dispose();
        _handler.Dispose();
    }

    /// <summary>Where the form goes: relative to the page, or the page's own address.</summary>
    private static Uri ActionOf(TestPage page, IHtmlFormElement form) =>
        new(page.Response.RequestMessage!.RequestUri!, form.GetAttribute("action") is { Length: > 0 } path ? path : "");

    /// <summary>The fields that a browser would send: no buttons, no unticked boxes, no files.</summary>
    public static IEnumerable<KeyValuePair<string, string>> FieldsOf(IHtmlFormElement form)
    {
        foreach (var element in form.Elements)
        {
            var name = element.GetAttribute("name");
            if (string.IsNullOrEmpty(name))
            {
                continue;
            }
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false }:
                case IHtmlInputElement { Type: "file" or "submit" or "button" }:
                    break;
                case IHtmlInputElement input:
                    yield return KeyValuePair.Create(name, input.Value);
                    break;
                case IHtmlTextAreaElement area:
                    yield return KeyValuePair.Create(name, area.Value);
                    break;
                case IHtmlSelectElement select:
                    foreach (var option in select.Options.Where(option => option.IsSelected))
                    {
                        yield return KeyValuePair.Create(name, option.Value);
                    }
                    break;
            }
        }
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using Thongthin.Platform.Files;

namespace Thongthin.Tests.Support;

/// <summary>What js/attachments.js does, one request at a time: a person who sends files for one submission.</summary>
internal sealed class TestUploads(TestBrowser browser, string address, string token)
{
    public const string Survey = """
        | survey |
        |        | type         | name       | label::ไทย (th) | label::English (en) | required |
        |        | integer      | roads      | จำนวนถนน        | Roads               | yes      |
        |        | file         | plan       | แผนงาน          | Plan                |          |
        |        | image        | photo      | ภาพถ่าย          | Photo               |          |
        |        | begin_repeat | road       | สายทาง          | Road                |          |
        |        | text         | road_name  | ชื่อ              | Name                |          |
        |        | image        | road_photo | ภาพสายทาง       | Picture of the road |          |
        |        | end_repeat   | road       |                 |                     |          |
        """;

    /// <summary>A new อบต. asked an annual form with questions for files.</summary>
    public static async Task<TestTopic> CreateTopicAsync(TestData data, RoundOptions? round = null) =>
        await data.CreateTopicAsync(await data.PublishFormAsync("annual", Survey), round);

    /// <param name="entry">the entry page, or any other page of the same session</param>
    public static TestUploads From(TestBrowser browser, TestPage entry, string uploads) =>
        new(browser, uploads, ((IHtmlInputElement)entry.Document.QuerySelector("input[name='_token']")!).Value);

    /// <summary>Sends a whole file; the answer's text.</summary>
    public async Task<string> SendAsync(string path, string name, byte[] bytes, byte[]? thumbnail = null)
    {
        var started = await StartAsync(path, name, bytes);
        started.StatusCode.ShouldBe(HttpStatusCode.Created);
        var id = await IdOfAsync(started);
        for (var offset = 0; offset < bytes.Length; offset += FileLimits.PieceBytes)
        {
            (await PutAsync(id, bytes, offset)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        var attached = await FinishAsync(id, thumbnail);
        attached.StatusCode.ShouldBe(HttpStatusCode.Created, await attached.Content.ReadAsStringAsync());
        return (await JsonOfAsync(attached))["text"]!.GetValue<string>();
    }

    public Task<HttpResponseMessage> StartAsync(
        string path,
        string name,
        byte[] bytes,
        long? size = null,
        byte[]? sha256 = null
    ) =>
        CallAsync(
            HttpMethod.Post,
            address,
            new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["path"] = path,
                    ["name"] = name,
                    ["size"] = $"{size ?? bytes.Length}",
                    ["sha256"] = Convert.ToHexStringLower(sha256 ?? SHA256.HashData(bytes)),
                }
            )
        );

    /// <summary>The piece of the file that begins at the offset; its hash is of what it should be.</summary>
    /// <param name="sent">what is sent instead</param>
    public Task<HttpResponseMessage> PutAsync(string id, byte[] file, int offset, byte[]? sent = null)
    {
        var piece = file.AsMemory(offset, Math.Min(FileLimits.PieceBytes, file.Length - offset));
        var content = new ReadOnlyMemoryContent(sent ?? piece);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return CallAsync(
            HttpMethod.Put,
            $"{address}/{id}?offset={offset}",
            content,
            ("Piece-SHA256", Convert.ToHexStringLower(SHA256.HashData(piece.Span)))
        );
    }

    public Task<HttpResponseMessage> FinishAsync(string id, byte[]? thumbnail = null)
    {
        var content = new ByteArrayContent(thumbnail ?? []);
        if (thumbnail is not null)
        {
            content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        }
        return CallAsync(HttpMethod.Post, $"{address}/{id}", content);
    }

    public Task<HttpResponseMessage> GetAsync(string id = "") =>
        CallAsync(HttpMethod.Get, id.Length == 0 ? address : $"{address}/{id}", null);

    public Task<HttpResponseMessage> CancelAsync(string id) => CallAsync(HttpMethod.Delete, $"{address}/{id}", null);

    public static async Task<string> IdOfAsync(HttpResponseMessage started) =>
        (await JsonOfAsync(started))["id"]!.GetValue<string>();

    public static async Task<int> OffsetOfAsync(HttpResponseMessage response) =>
        (await JsonOfAsync(response))["offset"]!.GetValue<int>();

    /// <summary>Code of a refusal; the message must be there too.</summary>
    public static async Task<string> CodeOfAsync(HttpResponseMessage response)
    {
        var json = await JsonOfAsync(response);
        json["message"]!.GetValue<string>().ShouldNotBeEmpty();
        return json["code"]!.GetValue<string>();
    }

    public static async Task<JsonNode> JsonOfAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    private Task<HttpResponseMessage> CallAsync(
        HttpMethod method,
        string to,
        HttpContent? content,
        params (string Name, string Value)[] headers
    )
    {
        var request = new HttpRequestMessage(method, to) { Content = content };
        request.Headers.Add("X-Requested-With", "fetch");
        request.Headers.Add("RequestVerificationToken", token);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }
        return browser.Client.SendAsync(request);
    }
}

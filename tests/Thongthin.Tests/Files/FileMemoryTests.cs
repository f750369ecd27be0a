using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Thongthin.Features.Submissions.Attachments;
using Thongthin.Platform.Files;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Files;

/// <summary>Runs alone: it counts what the whole process allocates.</summary>
[CollectionDefinition(nameof(FileMemoryTests), DisableParallelization = true)]
public sealed class FileMemoryCollection;

/// <summary>
/// Twenty megabytes go in, by either way, and out, and are never held whole: all that is allocated for one file stays below
/// its size, most of the time far below. The figures stand in docs/operations.md.
/// </summary>
[Collection(nameof(FileMemoryTests))]
public sealed class FileMemoryTests(ITestOutputHelper output)
{
    private const int Megabyte = 1024 * 1024;
    private const int Most = 8 * Megabyte;
    private static readonly CancellationToken Token = CancellationToken.None;

    /// <summary>Taking in, hashing, looking into and reading out, without the requests around them.</summary>
    [Fact]
    public async Task LargestFile_InPieces_IsNeverHeldWhole()
    {
        var data = await TestData.OpenAsync();
        var topic = await TestUploads.CreateTopicAsync(data);
        await TakeInAsync(topic, TestFiles.PdfOf(2 * Megabyte));
        var file = TestFiles.PdfOf(FileLimits.Bytes);

        var (allocated, attachment) = await AllocatedAsync(() => TakeInAsync(topic, file));
        var (read, hash) = await AllocatedAsync(() => ReadAsync(topic, attachment));

        output.WriteLine($"20 MB in, in pieces: {allocated / 1024:N0} KB allocated; out: {read / 1024:N0} KB");
        allocated.ShouldBeLessThan(Most);
        read.ShouldBeLessThan(Most);
        hash.ShouldBe(SHA256.HashData(file));
    }

    /// <summary>Over HTTP the eighty requests cost something of their own, on both sides, and still less than the file.</summary>
    [Fact]
    public async Task LargestFile_OverHttp_IsNeverHeldWhole()
    {
        await using var desk = await Desk.OpenAsync();
        await DownloadAsync(desk, desk.AddressOf(await SendAsync(desk, TestFiles.PdfOf(2 * Megabyte))));
        var file = TestFiles.PdfOf(FileLimits.Bytes);

        var (allocated, answer) = await AllocatedAsync(() => SendAsync(desk, file));
        var (read, hash) = await AllocatedAsync(() => DownloadAsync(desk, desk.AddressOf(answer)));

        output.WriteLine(
            $"20 MB in, in pieces over HTTP: {allocated / 1024:N0} KB allocated; out: {read / 1024:N0} KB"
        );
        allocated.ShouldBeLessThan(FileLimits.Bytes);
        read.ShouldBeLessThan(Most);
        hash.ShouldBe(SHA256.HashData(file));
    }

    [Fact]
    public async Task LargestFile_WithTheForm_IsNeverHeldWhole()
    {
        await using var desk = await Desk.OpenAsync();
        await PostAsync(desk, TestFiles.PdfOf(2 * Megabyte));
        var file = TestFiles.PdfOf(FileLimits.Bytes);

        var (allocated, status) = await AllocatedAsync(() => PostAsync(desk, file));

        output.WriteLine($"20 MB in, with the form: {allocated / 1024:N0} KB allocated");
        status.ShouldBe(HttpStatusCode.OK);
        allocated.ShouldBeLessThan(Most);
    }

    /// <summary>The bound can be broken: holding the file once does.</summary>
    [Fact]
    public async Task Allocation_OfTheWholeFile_WouldBeSeen()
    {
        var (allocated, _) = await AllocatedAsync(() => Task.FromResult(new byte[FileLimits.Bytes]));

        allocated.ShouldBeGreaterThan(Most);
    }

    private static async Task<(long Bytes, T Result)> AllocatedAsync<T>(Func<Task<T>> act)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var result = await act();
        return (GC.GetTotalAllocatedBytes(precise: true) - before, result);
    }

    private static async Task<Guid> TakeInAsync(TestTopic topic, byte[] file)
    {
        await using var session = topic.Data.As(topic.Recorder);
        var (uploads, actor, lao) = (session.Get<Uploads>(), session.Actor, topic.Lao.UnitId);
        var place = new AttachmentPlace(topic.Key.SubmissionId, null, "plan");
        var announced = new AnnouncedFile(place.Subject, "a.pdf", file.Length, SHA256.HashData(file));
        var upload = await uploads.StartAsync(actor, lao, announced, Token);
        for (var at = 0; at < file.Length; at += FileLimits.PieceBytes)
        {
            var length = Math.Min(FileLimits.PieceBytes, file.Length - at);
            var piece = new MemoryStream(file, at, length);
            var hash = SHA256.HashData(file.AsSpan(at, length));
            var result = await uploads.ReceiveAsync(actor, lao, upload.FileUploadId, at, hash, piece, Token);
            result.Outcome.ShouldBe(PieceOutcome.Received);
        }
        return (await session.Get<AttachFile>().ExecuteAsync(actor, topic.Key, upload.FileUploadId, null, Token)).Id;
    }

    private static async Task<byte[]> ReadAsync(TestTopic topic, Guid attachmentId)
    {
        await using var session = topic.Data.As(topic.Recorder);
        var attachments = session.Get<AttachmentQueries>();
        var attachment = await attachments.FindAsync(topic.Lao.UnitId, attachmentId, Token);
        await using var content = await attachments.OpenAsync(attachment!);
        return await SHA256.HashDataAsync(content);
    }

    private static async Task<string> SendAsync(Desk desk, byte[] file) =>
        await desk.Uploads.SendAsync("plan", "a.pdf", file);

    private static async Task<byte[]> DownloadAsync(Desk desk, string address)
    {
        using var response = await desk.Browser.Client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
        await using var content = await response.Content.ReadAsStreamAsync();
        return await SHA256.HashDataAsync(content);
    }

    private static async Task<HttpStatusCode> PostAsync(Desk desk, byte[] file)
    {
        var page = await desk.Browser.GetAsync(desk.Page.Path);
        using var body = new MultipartFormDataContent();
        foreach (var (name, value) in TestBrowser.FieldsOf(page.Form("form#entry")))
        {
            body.Add(new StringContent(value), name);
        }
        var content = new StreamContent(new MemoryStream(file));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        body.Add(content, "u.plan", "a.pdf");
        using var response = await desk.Browser.Client.PostAsync(desk.Page.Path, body);
        return response.StatusCode;
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Thongthin.Features.Submissions.Attachments;
using Thongthin.Forms.Answers;
using Thongthin.Platform.Files;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Files;

/// <summary>Attachments given out: to whom, how, and with which headers.</summary>
public sealed class AttachmentPageTests
{
    [Theory]
    [InlineData(UnitLevel.Lao, Role.Recorder)]
    [InlineData(UnitLevel.Lao, Role.Certifier)]
    [InlineData(UnitLevel.Lao, Role.Viewer)]
    [InlineData(UnitLevel.Lao, Role.Administrator)]
    [InlineData(UnitLevel.District, Role.Officer)]
    [InlineData(UnitLevel.District, Role.Viewer)]
    [InlineData(UnitLevel.Province, Role.Officer)]
    [InlineData(UnitLevel.Province, Role.Administrator)]
    [InlineData(UnitLevel.Department, Role.Officer)]
    [InlineData(UnitLevel.Department, Role.Viewer)]
    internal async Task Get_ByEveryRole_IsOpenInScopeAndNotFoundOutside(UnitLevel level, Role role)
    {
        await using var own = await Desk.OpenAsync();
        await using var foreign = await Desk.OpenAsync();
        var (picture, document) = (TestFiles.JpegPicture(), TestFiles.PdfOf());
        var inside = own.AddressOf(await own.Uploads.SendAsync("photo", "a.jpg", picture));
        var outside = foreign.AddressOf(await foreign.Uploads.SendAsync("photo", "a.jpg", picture));
        var (web, data) = (await TestWeb.OpenAsync(), own.Topic.Data);
        var unit = level switch
        {
            UnitLevel.Lao => own.Topic.Lao,
            UnitLevel.District => own.Topic.District,
            UnitLevel.Province => own.Topic.Province,
            _ => await data.DepartmentAsync(),
        };
        using var browser = await web.SignInAsync(await data.CreatePersonAsync(unit, role));
        var elsewhere = level == UnitLevel.Department ? HttpStatusCode.OK : HttpStatusCode.NotFound;

        (await browser.Client.GetByteArrayAsync(inside)).ShouldBe(picture);
        (await browser.Client.GetAsync(inside + "/thumbnail")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.Client.GetAsync(outside)).StatusCode.ShouldBe(elsewhere);
        (await browser.Client.GetAsync(outside + "/thumbnail")).StatusCode.ShouldBe(elsewhere);
        // the right file under the wrong LAO is no way in
        (await browser.Client.GetAsync(Swap(outside, foreign, own))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Get_SaysWhatItIsAndLetsItRunNothing()
    {
        await using var desk = await Desk.OpenAsync();
        var document = desk.AddressOf(await desk.Uploads.SendAsync("plan", "แผน งาน.pdf", TestFiles.PdfOf()));
        var picture = desk.AddressOf(await desk.Uploads.SendAsync("photo", "ภาพ.png", TestFiles.PngPicture()));

        var response = await desk.Browser.Client.GetAsync(document);
        var headers = response.Content.Headers;
        headers.ContentType!.ToString().ShouldBe("application/pdf");
        headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        headers.ContentDisposition.FileNameStar.ShouldBe("แผน งาน.pdf");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldNotContain("script-src");
        response.Headers.CacheControl!.Private.ShouldBeTrue();
        var shown = await desk.Browser.Client.GetAsync(picture);
        shown.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("inline");
        shown.Content.Headers.ContentType!.ToString().ShouldBe("image/png");
    }

    [Fact]
    public async Task Get_WithTheTagOfBefore_IsNotSentAgain()
    {
        await using var desk = await Desk.OpenAsync();
        var file = TestFiles.PdfOf();
        var address = desk.AddressOf(await desk.Uploads.SendAsync("plan", "a.pdf", file));
        var tag = (await desk.Browser.Client.GetAsync(address)).Headers.ETag!;
        tag.Tag.ShouldBe($"\"{Convert.ToHexStringLower(SHA256.HashData(file))}\"");
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.IfNoneMatch.Add(tag);

        (await desk.Browser.Client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Theory]
    [InlineData(0L, 99L)]
    [InlineData(FileLimits.PieceBytes - 10L, FileLimits.PieceBytes + 9L)]
    [InlineData(FileLimits.PieceBytes + 0L, null)]
    [InlineData(null, 50L)]
    public async Task Get_OfARange_SendsThatPartAlone(long? from, long? to)
    {
        await using var desk = await Desk.OpenAsync();
        var file = TestFiles.PdfOf(FileLimits.PieceBytes + 5_000);
        var address = desk.AddressOf(await desk.Uploads.SendAsync("plan", "a.pdf", file));
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Range = new RangeHeaderValue(from, to);

        var part = await desk.Browser.Client.SendAsync(request);

        part.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        var expected =
            from is null ? file[^(int)to!.Value..]
            : to is null ? file[(int)from.Value..]
            : file[(int)from.Value..((int)to.Value + 1)];
        (await part.Content.ReadAsByteArrayAsync()).ShouldBe(expected);
    }

    [Fact]
    public async Task Head_SaysTheLengthAndSendsNothing()
    {
        await using var desk = await Desk.OpenAsync();
        var address = desk.AddressOf(await desk.Uploads.SendAsync("plan", "a.pdf", TestFiles.PdfOf(7_000)));

        var head = await desk.Browser.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, address));

        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        head.Content.Headers.ContentLength.ShouldBe(7_000);
        (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Thumbnail_IsTheOneThatWasSent_ElseASmallPictureItselfOrASign()
    {
        await using var desk = await Desk.OpenAsync();
        var (thumbnail, small) = (TestFiles.JpegPicture(), TestFiles.PngPicture());
        byte[] large = [.. TestFiles.PngPicture(), .. new byte[400 * 1024]];
        var withOne = desk.AddressOf(await desk.Uploads.SendAsync("photo", "a.png", TestFiles.PngPicture(), thumbnail));
        var withoutOne = desk.AddressOf(await desk.Uploads.SendAsync("photo", "b.png", small));
        var tooLarge = desk.AddressOf(await desk.Uploads.SendAsync("photo", "c.png", large));
        var document = desk.AddressOf(await desk.Uploads.SendAsync("plan", "d.pdf", TestFiles.PdfOf()));

        (await desk.Browser.Client.GetByteArrayAsync(withOne + "/thumbnail")).ShouldBe(thumbnail);
        (await desk.Browser.Client.GetByteArrayAsync(withoutOne + "/thumbnail")).ShouldBe(small);
        (await desk.Browser.Client.GetAsync(tooLarge + "/thumbnail")).RequestMessage!.RequestUri!.AbsolutePath.ShouldBe(
            "/img/picture.svg"
        );
        (await desk.Browser.Client.GetAsync(document + "/thumbnail")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Get_WithoutASession_AsksToSignIn()
    {
        await using var desk = await Desk.OpenAsync();
        var address = desk.AddressOf(await desk.Uploads.SendAsync("plan", "a.pdf", TestFiles.PdfOf()));
        using var stranger = (await TestWeb.OpenAsync()).NewBrowser();

        (await stranger.GetAsync(address)).Path.ShouldBe("/sign-in");
    }

    private static string Swap(string address, Desk from, Desk to) =>
        AttachmentPath.Of(to.Topic.Lao.UnitId, Guid.Parse(address.Split('/')[^1]));
}

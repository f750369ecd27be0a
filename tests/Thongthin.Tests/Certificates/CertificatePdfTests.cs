using System.Net;
using System.Text;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Print;
using Thongthin.Startup.Commands;
using Thongthin.Tests.Print;
using Thongthin.Tests.Support;
using UglyToad.PdfPig;

namespace Thongthin.Tests.Certificates;

/// <summary>Certificates as PDF: what is printed, and the signed files in it, found by another reader and checked offline.</summary>
public sealed class CertificatePdfTests
{
    [Fact]
    public async Task Year_AsPdf_ListsEveryCertificateAndCarriesItSigned()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        await topic.BringToAsync(SubmissionState.Recorded);
        var first = await topic.CertifyAsync();
        await topic.ReturnAsync();
        await topic.AddConfirmedRecordAsync("เพิ่ม");
        (await topic.SubmitAsync()).ShouldBeEmpty();
        await topic.CertifyAsync();
        using var officer = await web.SignInAsync(topic.Officer);
        var address = CertificatePath.OfYear(topic.Lao.UnitId, 2563);
        var page = await officer.GetAsync(address);
        page.Text.ShouldContain("รับรองแล้ว 1 จาก 1 หัวข้อ");
        var link = page.Document.QuerySelector("a[href$='format=pdf']")!.GetAttribute("href")!;

        var pdf = await DownloadAsync(officer, link, $"certificates-{topic.Lao.UnitId}-2563.pdf");

        var text = string.Concat(PdfPages.Read(pdf));
        text.ShouldContain("งบประมาณ๒๕๖๓");
        text.ShouldContain("มีผล");
        text.ShouldContain("โมฆะ");
        text.ShouldContain("๒๙มกราคม๒๕๖๓");
        text.ShouldContain(Spaceless(topic.Certifier.Position));
        text.ShouldNotContain(Spaceless(topic.Certifier.DisplayName));
        using var document = PdfDocument.Open(pdf);
        document.Advanced.TryGetEmbeddedFiles(out var files).ShouldBeTrue();
        var signed = await officer.Client.GetByteArrayAsync(CertificatePath.Signed(topic.Lao.UnitId, first));
        files!.Count.ShouldBe(2);
        files.ShouldContain(file => file.Memory.ToArray().SequenceEqual(signed));
        foreach (var file in files)
        {
            text.ShouldContain(file.Name.Replace("signed-certificate-", "", StringComparison.Ordinal)[..19]);
        }
        var stranger = await web.Data.CreateRegisterTopicAsync();
        using var other = await web.SignInAsync(stranger.Certifier);
        (await other.GetAsync(link)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Certificate_AsPdf_IsOnePageAndVerifiesOffline()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        await topic.BringToAsync(SubmissionState.Recorded);
        var path = CertificatePath.Of(topic.Lao.UnitId, await topic.CertifyAsync());
        using var certifier = await web.SignInAsync(topic.Certifier);
        certifier.SetCookie("language", "en");
        var page = await certifier.GetAsync(path);
        var code = page.TextOf(".check-code");
        var pem = await certifier.Client.GetByteArrayAsync("/certificates/key.pem");

        var pdf = await DownloadAsync(certifier, path + "?format=pdf", $"certificate-{code}.pdf");

        var text = PdfPages.Read(pdf).ShouldHaveSingleItem();
        text.ShouldContain(page.TextOf(".hash"));
        text.ShouldContain(Spaceless(topic.Certifier.DisplayName));
        var (done, said) = await VerifyAsync(pdf, pem);
        done.ShouldBe(CommandLine.Done, said);
        said.ShouldContain($"signed-certificate-{code}.json: ถูกต้อง / valid");
        said.ShouldContain(topic.Lao.NameTh);
        said.ShouldContain(topic.Certifier.Position);
        var attached = PdfAttachments.Read(pdf).ShouldHaveSingleItem();
        var changed = Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(attached.Content).Replace("2563", "2564", StringComparison.Ordinal)
        );
        var forged = PdfAttachments.Add(pdf, [new("signed-certificate-other.json", changed)]);
        (done, said) = await VerifyAsync(forged, pem);
        done.ShouldBe(CommandLine.Findings);
        said.ShouldContain("signed-certificate-other.json: ถูกแก้ไข");
    }

    [Fact]
    public async Task Verify_OfAPdfThatCarriesNothingOrIsBroken_SaysSo()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        await topic.BringToAsync(SubmissionState.Recorded);
        using var recorder = await web.SignInAsync(topic.Recorder);
        var none = await DownloadAsync(
            recorder,
            CertificatePath.OfYear(topic.Lao.UnitId, 2563) + "?format=pdf",
            $"certificates-{topic.Lao.UnitId}-2563.pdf"
        );

        foreach (var pdf in new[] { none, none[..(none.Length / 2)], "%PDF-1.7 nothing"u8.ToArray() })
        {
            var (code, said) = await VerifyAsync(pdf, null);
            code.ShouldBe(CommandLine.Findings);
            said.ShouldContain("is no signed certificate, or is damaged");
        }
    }

    private static async Task<byte[]> DownloadAsync(TestBrowser browser, string address, string name)
    {
        var answer = await browser.Client.GetAsync(address);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe(name);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private static async Task<(int Code, string Said)> VerifyAsync(byte[] pdf, byte[]? pem)
    {
        var folder = TemporaryFolder.Create();
        try
        {
            var file = Path.Combine(folder, "certificates.pdf");
            await File.WriteAllBytesAsync(file, pdf);
            List<string> arguments = ["certificates", "verify", file];
            if (pem is not null)
            {
                var key = Path.Combine(folder, "key.pem");
                await File.WriteAllBytesAsync(key, pem);
                arguments.AddRange(["--key", key]);
            }
            await using var said = new StringWriter();
            var code = await CommandLine.RunAsync(
                [.. arguments],
                new CommandServices
                {
                    Out = said,
                    Error = said,
                    TimeProvider = new TestClock(TestData.Noon),
                    DatabaseSettings = () => throw new InvalidOperationException("this verb asks no database"),
                },
                CancellationToken.None
            );
            return (code, said.ToString());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>As <see cref="PdfPages"/> reads it: without spaces, and sara am in its two parts.</summary>
    private static string Spaceless(string text) =>
        string.Concat(text.Where(c => !char.IsWhiteSpace(c)))
            .Replace("\u0e33", "\u0e4d\u0e32", StringComparison.Ordinal);
}

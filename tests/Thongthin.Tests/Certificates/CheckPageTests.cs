using System.Net;
using System.Text;
using Thongthin.Features.Submissions;
using Thongthin.Features.Submissions.Signing;
using Thongthin.Platform.Security;
using Thongthin.Tests.Pages;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Certificates;

/// <summary>Anybody checks a certificate by its code and learns whether it stands, and nothing of people or answers.</summary>
public sealed class CheckPageTests
{
    private static readonly CancellationToken Token = CancellationToken.None;

    [Fact]
    public async Task Check_OfAValidCertificate_SaysWhatItIsAndNamesNobody()
    {
        var (web, topic, certificate) = await CertifyAsync();
        using var anybody = web.NewBrowser();

        var page = await anybody.GetAsync(CheckCode.PathOf(certificate.CheckCode!));

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.TextOf(".certificate-validity").ShouldContain("มีผล");
        page.Text.ShouldContain(topic.Lao.NameTh);
        page.Text.ShouldContain("ปีงบประมาณ 2563");
        page.Text.ShouldContain("วันพุธที่ 15 มกราคม 2563");
        page.Text.ShouldContain("ภายในกำหนด");
        page.Text.ShouldContain(topic.Certifier.Position);
        page.TextOf(".hash").ShouldBe(certificate.Sha256);
        var html = page.Document.DocumentElement.OuterHtml;
        foreach (
            var secret in new[]
            {
                topic.Certifier.DisplayName,
                topic.Recorder.DisplayName,
                topic.Certifier.UserName,
                topic.Certifier.UserId.ToString(),
                certificate.CertificateId.ToString(),
                "รายการสมมติ",
            }
        )
        {
            html.ShouldNotContain(secret);
        }
    }

    [Fact]
    public async Task Check_OfACodeAsSomebodyTypesIt_FindsTheCertificate()
    {
        var (web, _, certificate) = await CertifyAsync();
        using var anybody = web.NewBrowser();
        var typed = Uri.EscapeDataString(
            CheckCode.Grouped(certificate.CheckCode!).ToLowerInvariant().Replace('-', ' ')
        );

        (await anybody.GetAsync("/sign-in")).Document.QuerySelector("main a[href='/check']").ShouldNotBeNull();
        (await anybody.GetAsync($"/check?code={typed}")).TextOf(".hash").ShouldBe(certificate.Sha256);
    }

    [Fact]
    public async Task Check_AfterAnAmendment_SaysVoidedWhenAndByWhatKindAndNotTheReason()
    {
        var (web, topic, certificate) = await CertifyAsync();
        var at = TestData.Noon.AddHours(3);
        await using (var recorder = topic.Data.As(topic.Recorder, at))
        {
            await recorder.Get<AmendSubmission>().ExecuteAsync(recorder.Actor, topic.Key, "ชื่อบุคคลในเหตุผล", Token);
        }
        using var anybody = web.NewBrowser();

        var page = await anybody.GetAsync(CheckCode.PathOf(certificate.CheckCode!));

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.TextOf(".certificate-validity").ShouldContain("โมฆะ");
        page.Text.ShouldContain("15 มกราคม 2563 เวลา 15:00 น.");
        page.Text.ShouldContain("เปิดแก้ไขหลังรับรอง");
        page.Text.ShouldNotContain("ชื่อบุคคลในเหตุผล");
    }

    [Fact]
    public async Task Check_AfterAReturnAndAnotherCertificate_TellsEachItsOwn()
    {
        var (web, topic, first) = await CertifyAsync();
        await topic.ReturnAsync();
        await topic.AddConfirmedRecordAsync("เพิ่ม");
        (await topic.SubmitAsync()).ShouldBeEmpty();
        var second = await FindAsync(topic, await topic.CertifyAsync());
        using var anybody = web.NewBrowser();
        anybody.SetCookie("language", "en");

        (await anybody.GetAsync(CheckCode.PathOf(first.CheckCode!))).Text.ShouldContain(
            "the supervising office returned it"
        );
        var page = await anybody.GetAsync(CheckCode.PathOf(second.CheckCode!));
        page.TextOf(".certificate-validity").ShouldContain("Valid");
        page.TextOf(".hash").ShouldBe(second.Sha256);
    }

    [Theory]
    [InlineData("/check/0000-0000-0000-0000")]
    [InlineData("/check/not-a-code")]
    [InlineData("/check?code=%27%20or%201%3D1")]
    public async Task Check_OfAnUnknownCode_SaysSo(string address)
    {
        using var anybody = (await TestWeb.OpenAsync()).NewBrowser();

        var page = await anybody.GetAsync(address);

        page.Status.ShouldBe(HttpStatusCode.NotFound);
        page.Text.ShouldContain("ไม่พบใบรับรองตามรหัสนี้");
        page.Document.QuerySelector(".certificate").ShouldBeNull();
    }

    [Fact]
    public async Task Check_TooOftenFromOneAddress_HasToWait()
    {
        var (web, _, certificate) = await CertifyAsync();
        await using var app = await TestWeb.StartAppAsync(
            web.Data,
            settings => settings with { ChecksPerMinuteAndAddress = 2 }
        );
        using var browser = web.NewBrowser();
        using var anybody = browser.At(new Uri(app.Urls.Single()));
        var address = CheckCode.PathOf(certificate.CheckCode!);

        (await anybody.GetAsync(address)).Status.ShouldBe(HttpStatusCode.OK);
        (await anybody.GetAsync("/check/none")).Status.ShouldBe(HttpStatusCode.NotFound);
        var third = await anybody.GetAsync(address);

        third.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        third.Response.Headers.RetryAfter.ShouldNotBeNull();
        third.Document.QuerySelector(".hash").ShouldBeNull();
        (await anybody.GetAsync("/check")).Status.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>What the public's role may read is decided by the database: these columns, by a code, and no row of any table.</summary>
    [Fact]
    public async Task Public_ReadsNothingElse()
    {
        var (web, _, certificate) = await CertifyAsync();
        var anybody = Actor.Public(TimeProvider.System);

        foreach (var table in new[] { "certificate", "signing_key", "submission", "submission_event", "round_roster" })
        {
            (await web.Data.ScalarAsync(anybody, $"select count(*) from {table}")).ShouldBe(0L, table);
        }
        (
            await web.Data.ScalarAsync(
                anybody,
                "select string_agg(key, ' ' order by key) from check_certificate($1) c, jsonb_object_keys(to_jsonb(c)) key",
                certificate.CheckCode
            )
        ).ShouldBe(
            "certified_at certifier_position deadline district_en district_th fiscal_year province_en province_th sha256 "
                + "title_en title_th unit_kind unit_name_en unit_name_th voided_at voided_by"
        );
    }

    [Fact]
    public async Task Certificate_ShowsItsQrAndItsSignedFileChecksWithThePublishedKeys()
    {
        var (web, topic, certificate) = await CertifyAsync();
        using var officer = await web.SignInAsync(topic.Officer);
        using var anybody = web.NewBrowser();

        var page = await officer.GetAsync(CertificatePath.Of(topic.Lao.UnitId, certificate.CertificateId));

        var code = CheckCode.Grouped(certificate.CheckCode!);
        page.Document.QuerySelector("svg.qr path")!.GetAttribute("d")!.Length.ShouldBeGreaterThan(500);
        page.TextOf(".check").ShouldContain($"{web.Address.Authority}/check/{code}");
        var link = page.Document.QuerySelector("a[download][href$='/signed']")!.GetAttribute("href")!;
        var file = await officer.Client.GetByteArrayAsync(link);
        var pem = Encoding.UTF8.GetString(await anybody.Client.GetByteArrayAsync("/certificates/key.pem"));
        SignedCertificate.Check(file, SignedCertificate.KeysOf(pem)).ShouldBe(SignatureCheck.Valid);
        Encoding.UTF8.GetString(file).ShouldContain($"http://{web.Address.Authority}/check/{code}");
    }

    [Fact]
    public async Task Year_ListsValidAndVoidWithTheirQr_InScopeOnly()
    {
        var (web, topic, first) = await CertifyAsync();
        await topic.ReturnAsync();
        await topic.AddConfirmedRecordAsync("เพิ่ม");
        (await topic.SubmitAsync()).ShouldBeEmpty();
        await topic.CertifyAsync();
        var address = CertificatePath.OfYear(topic.Lao.UnitId, 2563);
        using var certifier = await web.SignInAsync(topic.Certifier);
        using var officer = await web.SignInAsync(topic.Officer);
        var stranger = await web.Data.CreateRegisterTopicAsync();
        using var other = await web.SignInAsync(stranger.Certifier);

        (await certifier.GetAsync("/certification")).Document.QuerySelector($"a[href='{address}']").ShouldNotBeNull();
        var page = await officer.GetAsync(address);

        page.Document.QuerySelectorAll("tbody tr").Length.ShouldBe(2);
        page.Document.QuerySelectorAll("svg.qr").Length.ShouldBe(2);
        page.Text.ShouldContain(topic.Lao.NameTh);
        page.Text.ShouldContain("โมฆะ");
        page.Text.ShouldContain("มีผล");
        page.Text.ShouldContain(topic.Certifier.Position);
        page.Text.ShouldContain("29 มกราคม 2563");
        page.Text.ShouldContain(CheckCode.Grouped(first.CheckCode!));
        (await officer.GetAsync(CertificatePath.OfYear(topic.Lao.UnitId, 2570))).Status.ShouldBe(
            HttpStatusCode.NotFound
        );
        (await other.GetAsync(address)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.GetAsync(CertificatePath.Signed(topic.Lao.UnitId, first.CertificateId))).Status.ShouldBe(
            HttpStatusCode.NotFound
        );
    }

    [Fact]
    public async Task Year_OfATopicThatNobodyCertified_SaysSo()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        using var browser = await web.SignInAsync(topic.Recorder);

        var page = await browser.GetAsync(CertificatePath.OfYear(topic.Lao.UnitId, 2563));

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.ShouldContain("ยังไม่มีใบรับรองในปีนี้");
    }

    private static async Task<(TestWeb Web, TestTopic Topic, CertificateDetail Certificate)> CertifyAsync()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        await topic.BringToAsync(SubmissionState.Recorded);
        return (web, topic, await FindAsync(topic, await topic.CertifyAsync()));
    }

    private static async Task<CertificateDetail> FindAsync(TestTopic topic, Guid id)
    {
        await using var session = topic.Data.As(topic.Recorder);
        return (await session.Get<SubmissionQueries>().FindCertificateAsync(topic.Lao.UnitId, id, Token))!;
    }
}

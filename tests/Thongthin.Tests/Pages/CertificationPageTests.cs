using System.Net;
using System.Security.Cryptography;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Pages;

/// <summary>The certifier's path: the list, exactly what will be certified, the password again, the certificate; sending back; amending.</summary>
public sealed class CertificationPageTests
{
    private const string Sign = "form:has(input[name='Password'])";

    [Fact]
    public async Task Certify_FromTheList_ShowsEverythingAndGivesTheCertificate()
    {
        var (web, topic) = await CreateAsync(SubmissionState.Recorded);
        using var browser = await web.SignInAsync(topic.Certifier);

        (await browser.GetAsync("/")).Text.ShouldContain("มี 1 หัวข้อรอท่านรับรอง");
        var list = await browser.GetAsync("/certification");
        list.Text.ShouldContain(topic.Recorder.DisplayName);
        var confirm = await browser.GetAsync($"/certification/confirm?submission={topic.Key.SubmissionId}");
        confirm.TextOf(".certifiable").ShouldContain("รายการสมมติ");
        var certificate = await browser.SubmitAsync(confirm, Sign, ("Password", TestData.Password));

        certificate.Path.ShouldStartWith($"/certificates/{topic.Lao.UnitId}/");
        certificate.Text.ShouldContain("มีผล");
        certificate.Text.ShouldContain("วันพุธที่ 15 มกราคม 2563");
        certificate.Text.ShouldContain(topic.Certifier.DisplayName);
        (await topic.StateAsync()).ShouldBe(SubmissionState.Certified);

        var bytes = await browser.Client.GetByteArrayAsync(certificate.Path + "/content");
        certificate.TextOf(".hash").ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));

        var twice = await browser.SubmitAsync(confirm, Sign, ("Password", TestData.Password));
        twice.Path.ShouldBe(certificate.Path);
    }

    [Theory]
    [InlineData("ผิด-แน่นอน-1", "รหัสผ่านไม่ถูกต้อง")]
    [InlineData("", "รหัสผ่านไม่ถูกต้อง")]
    public async Task Certify_WithAWrongPassword_CertifiesNothing(string password, string message)
    {
        var (web, topic) = await CreateAsync(SubmissionState.Recorded);
        using var browser = await web.SignInAsync(topic.Certifier);
        var confirm = await browser.GetAsync($"/certification/confirm?submission={topic.Key.SubmissionId}");

        var refused = await browser.SubmitAsync(confirm, Sign, ("Password", password));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Errors.ShouldHaveSingleItem().Message.ShouldContain(message);
        refused.TextOf(".certifiable").ShouldContain("รายการสมมติ");
        refused.Document.QuerySelector("input[name='Password']")!.GetAttribute("value").ShouldBeNullOrEmpty();
        (await topic.StateAsync()).ShouldBe(SubmissionState.Recorded);
    }

    [Fact]
    public async Task Certify_AfterFiveWrongPasswords_IsLocked()
    {
        var (web, topic) = await CreateAsync(SubmissionState.Recorded);
        using var browser = await web.SignInAsync(topic.Certifier);
        var confirm = await browser.GetAsync($"/certification/confirm?submission={topic.Key.SubmissionId}");
        for (var i = 0; i < 5; i++)
        {
            await browser.SubmitAsync(confirm, Sign, ("Password", "ผิด-แน่นอน-1"));
        }

        var locked = await browser.SubmitAsync(confirm, Sign, ("Password", TestData.Password));

        locked.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await topic.StateAsync()).ShouldBe(SubmissionState.Recorded);
    }

    [Fact]
    public async Task Certify_WhenItChangedAfterThePageWasOpened_CertifiesNothingAndShowsWhatIsThereNow()
    {
        var (web, topic) = await CreateAsync(SubmissionState.Recorded);
        using var browser = await web.SignInAsync(topic.Certifier);
        var confirm = await browser.GetAsync($"/certification/confirm?submission={topic.Key.SubmissionId}");
        using (var recorder = await web.SignInAsync(topic.Recorder))
        {
            await recorder.SubmitAsync(await recorder.GetAsync(PageAddress.Of(topic).Recall));
            (await topic.SubmitAsync()).ShouldBeEmpty();
        }

        var refused = await browser.SubmitAsync(confirm, Sign, ("Password", TestData.Password));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Errors[0].Message.ShouldContain("เปลี่ยนไปหลังจากที่ท่านเปิดหน้านี้");
        (await topic.StateAsync()).ShouldBe(SubmissionState.Recorded);
    }

    [Fact]
    public async Task List_WhenTheCertifierRecordedIt_DoesNotOfferIt()
    {
        var (web, topic) = await CreateAsync(SubmissionState.Recorded);
        var both = await web.Data.AddMembershipAsync(topic.Recorder, topic.Lao, Role.Certifier);
        using var browser = await web.SignInAsync(both);

        var list = await browser.GetAsync("/certification");

        list.Document.QuerySelector("input[name='submission']")!.HasAttribute("disabled").ShouldBeTrue();
        list.Text.ShouldContain("ท่านเป็นผู้บันทึกข้อมูลนี้");
        list.Document.QuerySelector("main button").ShouldBeNull();
    }

    [Fact]
    public async Task Confirm_AfterAReturn_ShowsWhatChangedSinceTheLastCertificate()
    {
        var (web, topic) = await CreateAsync(SubmissionState.Certified);
        await topic.ReturnAsync();
        await topic.AddConfirmedRecordAsync("เพิ่มภายหลัง");
        (await topic.SubmitAsync()).ShouldBeEmpty();
        using var browser = await web.SignInAsync(topic.Certifier);

        var changed = await browser.GetAsync($"/certification/confirm?submission={topic.Key.SubmissionId}");
        var first = await browser.SubmitAsync(changed, Sign, ("Password", TestData.Password));
        await topic.ReturnAsync();
        (await topic.SubmitAsync()).ShouldBeEmpty();
        var same = await browser.GetAsync($"/certification/confirm?submission={topic.Key.SubmissionId}");

        changed.TextOf(".changes-since").ShouldContain("เพิ่มรายการใหม่");
        changed.TextOf(".changes-since").ShouldContain("เพิ่มภายหลัง");
        changed.Document.QuerySelector(".changes-since a[href^='/certificates/']").ShouldNotBeNull();
        first.Text.ShouldContain("มีผล");
        same.Document.QuerySelector(".changes-since").ShouldBeNull();
        same.TextOf(".certifiable").ShouldContain("ทุกข้อ");
    }

    [Fact]
    public async Task SendBack_NeedsAReasonAndReachesTheRecorder()
    {
        var (web, topic) = await CreateAsync(SubmissionState.Recorded);
        using var browser = await web.SignInAsync(topic.Certifier);
        var page = await browser.GetAsync(PageAddress.Of(topic).SendBack);

        (await browser.SubmitAsync(page)).Errors.ShouldHaveSingleItem().Field.ShouldBe("Reason");
        await browser.SubmitAsync(page, "main form", ("Reason", "ขาดปีที่เริ่ม"));

        using var recorder = await web.SignInAsync(topic.Recorder);
        (await recorder.GetAsync("/")).Text.ShouldContain("ขาดปีที่เริ่ม");
        (await topic.StateAsync()).ShouldBe(SubmissionState.InProgress);
    }

    [Fact]
    public async Task Amend_ByTheRecorder_VoidsTheCertificateAndKeepsIt()
    {
        var (web, topic) = await CreateAsync(SubmissionState.Certified);
        using var browser = await web.SignInAsync(topic.Recorder);
        var overview = await browser.GetAsync(PageAddress.Of(topic).Overview);
        var certificate = overview.Document.QuerySelector("a[href^='/certificates/']")!.GetAttribute("href")!;

        var amended = await browser.SubmitAsync(
            await browser.GetAsync(PageAddress.Of(topic).Amend),
            "main form",
            ("Reason", "จำนวนปีเปลี่ยน")
        );

        amended.Text.ShouldContain("อยู่ระหว่างบันทึกข้อมูล");
        var voided = await browser.GetAsync(certificate);
        voided.Text.ShouldContain("โมฆะ");
        voided.Text.ShouldContain("จำนวนปีเปลี่ยน");
        var history = await browser.GetAsync(PageAddress.Of(topic).History);
        history.Text.ShouldContain("เปิดแก้ไขหลังรับรอง");
        history.Text.ShouldContain(topic.Certifier.DisplayName);
        var english = await browser.SubmitAsync(
            history,
            "form.site-preferences",
            ("language", "en"),
            ("digits", "arabic")
        );
        english.Document.QuerySelector("main")!.TextContent.ShouldContain($"· {topic.Lao.NameEn} ");
    }

    [Fact]
    public async Task Certificate_OfAnotherLao_IsNotFound()
    {
        var (web, topic) = await CreateAsync(SubmissionState.Recorded);
        var certificate = await topic.CertifyAsync();
        var stranger = await web.Data.CreateRegisterTopicAsync();
        using var browser = await web.SignInAsync(stranger.Certifier);

        var address = CertificatePath.Of(topic.Lao.UnitId, certificate);
        (await browser.GetAsync(address)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.GetAsync(address + "/content")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<(TestWeb Web, TestTopic Topic)> CreateAsync(SubmissionState state)
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        await topic.BringToAsync(state);
        return (web, topic);
    }
}

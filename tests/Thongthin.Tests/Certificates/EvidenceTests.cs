using System.Net;
using Thongthin.Features.Accounts;
using Thongthin.Features.Evidence;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;
using Thongthin.Tests.Print;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Certificates;

/// <summary>Evidence for the annual assessment: what it shows, to whom, and for how long. Noon is 15 January 2020 (2563).</summary>
public sealed class EvidenceTests
{
    [Fact]
    public async Task Evidence_ShowsStateTimeCompletenessCurrencyAndCertificate()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        await topic.BringToAsync(SubmissionState.Certified);
        using var viewer = await web.SignInAsync(await web.Data.CreatePersonAsync(topic.Lao, Role.Viewer));
        var address = EvidencePath.Of(topic.Lao.UnitId, 2563);

        var page = await viewer.GetAsync(address);

        page.Text.ShouldContain(topic.Lao.NameTh);
        var row = page.TextOf("tbody tr");
        row.ShouldContain("รับรองข้อมูลแล้ว");
        row.ShouldContain("ภายในกำหนด");
        row.ShouldContain("แก้ไขล่าสุด 15 มกราคม 2563");
        row.ShouldContain(topic.Certifier.Position);
        page.TextOf("dl.facts").ShouldContain("1 หัวข้อ");
        page.Document.QuerySelector("tbody a[href^='/certificates/']").ShouldNotBeNull();
        page.Document.QuerySelector("a[href^='/accounts/invite']").ShouldBeNull();
        var answer = await viewer.Client.GetAsync(address + "?format=pdf");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        var text = string.Concat(PdfPages.Read(await answer.Content.ReadAsByteArrayAsync()));
        text.ShouldContain("LPA");
        text.ShouldContain("๑๕มกราคม๒๕๖๓");
    }

    [Fact]
    public async Task Evidence_OutsideTheScope_IsNotThere()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        var stranger = await web.Data.CreateRegisterTopicAsync();
        using var other = await web.SignInAsync(stranger.Officer);
        using var officer = await web.SignInAsync(topic.Officer);
        var address = EvidencePath.Of(topic.Lao.UnitId, 2563);

        (await other.GetAsync(address)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await officer.GetAsync(address)).TextOf("tbody tr").ShouldContain("ยังไม่บันทึกข้อมูล");
    }

    /// <summary>Who is invited for a time reads until that day, writes nothing, and is gone by itself the day after.</summary>
    [Fact]
    public async Task Assessor_ReadsUntilTheLastDay()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        var administrator = await web.Data.CreatePersonAsync(topic.Lao, Role.Administrator);
        using var inviting = await web.SignInAsync(administrator);
        var evidence = await inviting.GetAsync(EvidencePath.Of(topic.Lao.UnitId, 2563));
        var form = await inviting.GetAsync(
            evidence.Document.QuerySelector("a[href^='/accounts/invite']")!.GetAttribute("href")!
        );
        var early = await inviting.SubmitAsync(
            form,
            "main form",
            ("DisplayName", "ผู้ประเมิน"),
            ("Until", "14/1/2563")
        );
        var name = "assessor" + Guid.CreateVersion7().ToString("N");

        var made = await inviting.SubmitAsync(form, "main form", ("DisplayName", "ผู้ประเมิน"), ("Until", "20/1/2563"));

        early.Errors.ShouldHaveSingleItem().Field.ShouldBe("Until");
        var link = new Uri(made.Document.QuerySelector("input[readonly]")!.GetAttribute("value")!).AbsolutePath;
        using var assessor = web.NewBrowser();
        var offer = await assessor.GetAsync(link);
        offer.Text.ShouldContain("20 มกราคม 2563");
        await assessor.SubmitAsync(
            offer,
            "main form",
            ("UserName", name),
            ("NewPassword", TestData.Password),
            ("Repeated", TestData.Password)
        );
        var days = await web.Data.ScalarAsync(
            Actor.Job(TimeProvider.System, "test"),
            "select m.role || ' ' || m.valid_to from membership m join app_user u on u.id = m.user_id where u.user_name = $1",
            name
        );
        days.ShouldBe("viewer 2020-01-21");
        (await assessor.GetAsync(EvidencePath.Of(topic.Lao.UnitId, 2563))).Status.ShouldBe(HttpStatusCode.OK);
        (await assessor.GetAsync("/account")).Text.ShouldContain("ถึง 20 มกราคม 2563");
    }
}

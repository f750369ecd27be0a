using System.Net;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Submissions;

public sealed class ExemptPageTests
{
    [Fact]
    public async Task Post_Exempt_AsksForAReason_AndLiftingGoesBack()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        await topic.BringToAsync(SubmissionState.InProgress);
        using var browser = await web.SignInAsync(
            await web.Data.CreatePersonAsync(await web.Data.DepartmentAsync(), Role.Administrator)
        );
        var path = new SubmissionPath(topic.Lao.UnitId, topic.FormId, 2563);
        var overview = await browser.GetAsync(path.Overview);
        overview.Document.QuerySelector($"a[href='{path.Exempt}']").ShouldNotBeNull();
        var page = await browser.GetAsync(path.Exempt);

        (await browser.SubmitAsync(page)).Errors.Single().Field.ShouldBe("Reason");
        (await browser.SubmitAsync(page, "main form", ("Reason", "ยุบรวมกับ อปท. อื่น"))).Path.ShouldBe(path.Overview);
        (await topic.StateAsync()).ShouldBe(SubmissionState.Exempt);

        (await browser.SubmitAsync(await browser.GetAsync(path.Lift))).Path.ShouldBe(path.Overview);
        (await topic.StateAsync()).ShouldBe(SubmissionState.InProgress);
    }

    [Fact]
    public async Task Get_Exempt_ByAnOfficer_IsForbidden()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        using var browser = await web.SignInAsync(topic.Officer);
        var path = new SubmissionPath(topic.Lao.UnitId, topic.FormId, 2563);

        (await browser.GetAsync(path.Exempt)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}

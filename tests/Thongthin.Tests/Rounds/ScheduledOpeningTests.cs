using System.Net;
using Thongthin.Features.Directory;
using Thongthin.Features.Rounds;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Rounds;

/// <summary>Rounds that open by themselves, and the group that owns one. In a database of their own: opening looks at every draft.</summary>
public sealed class ScheduledOpeningTests
{
    private static readonly CancellationToken Token = CancellationToken.None;

    [Fact]
    public async Task Open_OnItsDay_OpensWhatWasLeftToItAndKeepsWhyAnotherDidNot()
    {
        var data = await TestData.CreateAsync();
        var lao = await data.CreateLaoAsync(await data.CreateDistrictAsync(await data.CreateProvinceAsync()));
        var form = await data.PublishQuicklyAsync();
        var day = BangkokTime.Day(TestData.Noon).AddDays(3);
        var options = new RoundOptions { OpensOn = day };
        var left = await data.CreateRoundAsync([form], [lao], options);
        var overlapping = await data.CreateRoundAsync([form], [lao], options with { OpensOn = day.AddDays(1) });
        var manual = await data.CreateRoundAsync([await data.PublishQuicklyAsync()], [lao], options);
        foreach (var round in new[] { left, overlapping })
        {
            await ScheduleAsync(data, round);
        }

        (await RunAsync(data, TestData.Noon.AddDays(2))).ShouldBe(0);
        (await StateAsync(data, left)).ShouldBe("draft");
        (await RunAsync(data, TestData.Noon.AddDays(3))).ShouldBe(1);
        (await RunAsync(data, TestData.Noon.AddDays(3))).ShouldBe(0);
        (await RunAsync(data, TestData.Noon.AddDays(4))).ShouldBe(0);

        (await StateAsync(data, left)).ShouldBe("open");
        (await StateAsync(data, manual)).ShouldBe("draft");
        (await StateAsync(data, overlapping)).ShouldBe("round_overlaps");
    }

    [Fact]
    public async Task Page_LeavesADraftToItsDay_AndTakesItBack()
    {
        var web = await TestWeb.OpenAsync();
        var data = web.Data;
        var lao = await data.CreateLaoAsync(await data.CreateDistrictAsync(await data.CreateProvinceAsync()));
        var draft = await data.CreateRoundAsync([await data.PublishQuicklyAsync()], [lao]);
        using var browser = await web.SignInAsync(
            await data.CreatePersonAsync(await data.DepartmentAsync(), Role.Administrator)
        );
        var path = $"/rounds/{draft.Slug}";

        var scheduled = await browser.SubmitAsync(
            await browser.GetAsync(path + "/open"),
            "form[action*='Schedule']",
            ("opensItself", "true")
        );
        var undone = await browser.SubmitAsync(
            await browser.GetAsync(path + "/open"),
            "form[action*='Schedule']",
            ("opensItself", "false")
        );

        scheduled.Path.ShouldBe(path);
        scheduled.TextOf(".notice-info").ShouldContain("ระบบจะเปิดรอบนี้เองในวันที่ 1 มกราคม 2563");
        undone.Text.ShouldContain("รอบนี้จะไม่เปิดเอง");
        using var officer = await web.SignInAsync(
            await data.CreatePersonAsync(await data.DepartmentAsync(), Role.Officer)
        );
        (await officer.GetAsync(path + "/open")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Round_OwnedByAGroup_ShowsHowItIsReached()
    {
        var web = await TestWeb.OpenAsync();
        var data = web.Data;
        var department = await data.DepartmentAsync();
        var administrator = await data.CreatePersonAsync(department, Role.Administrator);
        var name = "กลุ่มงานสมมติ " + Guid.CreateVersion7().ToString("N");
        Guid group;
        await using (var session = data.As(administrator))
        {
            group = await session
                .Get<SaveGroup>()
                .ExecuteAsync(
                    session.Actor,
                    department.UnitId,
                    null,
                    new(".2", name, "An invented group", "020000000", "", "group@thongthin.example", "", true),
                    Token
                );
        }
        var lao = await data.CreateLaoAsync(await data.CreateDistrictAsync(await data.CreateProvinceAsync()));
        var draft = await data.CreateRoundAsync([await data.PublishQuicklyAsync()], [lao]);
        using var browser = await web.SignInAsync(administrator);

        var saved = await browser.SubmitAsync(
            await browser.GetAsync($"/rounds/{draft.Slug}/edit"),
            "main form",
            ("Group", group.ToString())
        );

        saved.Text.ShouldContain(name);
        saved.Text.ShouldContain("020000000");
        var next = await browser.GetAsync($"/rounds/{draft.Slug}/edit");
        next.Document.QuerySelector("#Group option[selected]")!.GetAttribute("value").ShouldBe(group.ToString());
    }

    private static async Task ScheduleAsync(TestData data, TestRound round)
    {
        await using var job = data.AsJob();
        await job.Get<ScheduleOpening>().ExecuteAsync(job.Actor, round.RoundId, true, Token);
    }

    private static Task<int> RunAsync(TestData data, DateTimeOffset at) =>
        OpenDueRounds.RunAsync(data.Databases, new TestClock(at), Token);

    private static async Task<string> StateAsync(TestData data, TestRound round) =>
        (string)
            (
                await data.ScalarAsync(
                    TestData.JobActor(),
                    """
                    select case when opened_at is not null then 'open' else coalesce(opening_refusal[1], 'draft') end
                    from round where round_id = $1
                    """,
                    round.RoundId
                )
            )!;
}

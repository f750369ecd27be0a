using System.Net;
using Thongthin.Features.Extensions;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Tests.Pages;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Extensions;

/// <summary>
/// Later deadlines: who grants them to whom, what that changes, how they are asked for. Noon is 15 January 2020 (2563); a round's
/// deadline is 29 January, its closing 14 February.
/// </summary>
public sealed class ExtensionTests
{
    private static readonly CancellationToken Token = CancellationToken.None;
    private static readonly DateTimeOffset AfterClosing = TestData.Noon.AddDays(40);
    private static readonly DateOnly NewDeadline = new(2020, 3, 31);

    [Fact]
    public async Task Grant_AfterTheClosing_OpensTheSubmissionAndItCountsOnTime()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        await topic.AddConfirmedRecordAsync("ก่อนปิด");
        (await Should.ThrowAsync<Refusal>(() => topic.SubmitAsync(at: AfterClosing))).Code.ShouldBe("round_closed");

        await GrantAsync(topic, topic.Officer, AfterClosing);

        (await topic.SubmitAsync(at: AfterClosing)).ShouldBeEmpty();
        await using var recorder = data.As(topic.Recorder, AfterClosing);
        var detail = (await recorder.Get<SubmissionQueries>().FindAsync(topic.Key, Token))!;
        detail.Deadline.ShouldBe(NewDeadline);
        detail.RoundDeadline.ShouldBe(topic.Round.Request.Deadline);
        detail.IsLate.ShouldBeFalse();
        var certificate = await topic.CertifyAsync(at: AfterClosing);
        var content = (
            await recorder.Get<SubmissionQueries>().FindCertificateAsync(topic.Lao.UnitId, certificate, Token)
        )!;
        content.Content.ShouldContain("\"extended_until\":\"2020-03-31\"");
    }

    [Fact]
    public async Task Pages_GrantInTwoSteps_AndShowTheDeadlineInForceEverywhere()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        var path = ExtensionPath.Of(topic.Round.Slug);
        using var officer = await web.SignInAsync(topic.Officer);
        (await officer.GetAsync($"/rounds/{topic.Round.Slug}"))
            .Document.QuerySelector($"a[href='{path}']")
            .ShouldNotBeNull();
        var form = await officer.GetAsync(path + "/new");

        var empty = await officer.SubmitAsync(form);
        var preview = await officer.SubmitAsync(
            form,
            "main form",
            ("Target", "laos"),
            ("Laos", topic.Lao.Code!),
            ("NewDeadline", "31/3/2563"),
            ("Reason", "น้ำท่วม"),
            ("Reference", "มท 1/2563")
        );
        var granted = await officer.SubmitAsync(preview);

        empty.Errors.Select(error => error.Field).ShouldBe(["Laos", "NewDeadline", "Reason"], ignoreOrder: true);
        preview.Path.ShouldBe(path + "/new");
        preview.TextOf(".changes-since").ShouldContain("อปท. 1 แห่ง รวม 1 หัวข้อ");
        granted.Text.ShouldContain("วันอังคารที่ 31 มีนาคม 2563");
        granted.Text.ShouldContain("น้ำท่วม");
        (await officer.GetAsync(path)).TextOf("tbody").ShouldContain("น้ำท่วม");
        (await officer.GetAsync(path + "?q=ไม่มีคำนี้")).Document.QuerySelector("tbody tr").ShouldBeNull();
        (await officer.Client.GetStringAsync(path + "?format=csv")).ShouldContain("มท 1/2563");
        using var recorder = await web.SignInAsync(topic.Recorder);
        foreach (var address in new[] { "/", PageAddress.Of(topic).Overview })
        {
            var text = (await recorder.GetAsync(address)).Text;
            text.ShouldContain("31 มีนาคม 2563");
            text.ShouldContain("(ขยายเวลาแล้ว เดิม 29 มกราคม 2563)");
        }
        (await recorder.GetAsync(granted.Path)).Text.ShouldContain("น้ำท่วม");

        var withdrawn = await officer.SubmitAsync(granted, "main form", ("Reason", "พิมพ์ผิด"));
        withdrawn.Text.ShouldContain("พิมพ์ผิด");
        (await recorder.GetAsync("/")).Text.ShouldNotContain("ขยายเวลาแล้ว");
    }

    /// <summary>The round's deadline passed two days ago.</summary>
    [Fact]
    public async Task Grant_TakesWhoIsExtendedOutOfTheLate()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync(
            new RoundOptions { Deadline = BangkokTime.Day(TestData.Noon).AddDays(-2) }
        );
        using var officer = await web.SignInAsync(topic.Officer);
        var list = $"/progress/{topic.Round.Slug}/units?state=late";
        var late = $"a[href*='{topic.Round.Slug}'][href*='late']";

        (await officer.GetAsync(list)).TextOf("tbody").ShouldContain("เกินกำหนด 2 วัน");
        (await officer.GetAsync("/")).Document.QuerySelector(late).ShouldNotBeNull();
        (await officer.GetAsync($"/board?round={topic.Round.Slug}")).Document.QuerySelector(late).ShouldNotBeNull();
        await GrantAsync(topic, topic.Officer, TestData.Noon);

        (await officer.GetAsync(list)).Document.QuerySelector("tbody tr").ShouldBeNull();
        (await officer.GetAsync("/")).Document.QuerySelector(late).ShouldBeNull();
        (await officer.GetAsync($"/board?round={topic.Round.Slug}")).Document.QuerySelector(late).ShouldBeNull();
        (await officer.GetAsync($"/progress/{topic.Round.Slug}/units")).Text.ShouldContain(
            "ขยายเวลาถึง 31 มีนาคม 2563"
        );
    }

    [Fact]
    public async Task Request_IsAskedAnsweredAndShownToBoth()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        using var recorder = await web.SignInAsync(topic.Recorder);
        using var officer = await web.SignInAsync(topic.Officer);
        var ask = ExtensionPath.Ask(topic.Round.Slug);
        (await recorder.GetAsync("/")).Document.QuerySelector($"a[href='{ask}']").ShouldNotBeNull();
        var form = await recorder.GetAsync(ask);

        var early = await recorder.SubmitAsync(form, "main form", ("Wanted", "20/1/2563"), ("Reason", "ลาออก"));
        var asked = await recorder.SubmitAsync(form, "main form", ("Wanted", "31/3/2563"), ("Reason", "ลาออก"));
        var twice = await recorder.SubmitAsync(form, "main form", ("Wanted", "31/3/2563"), ("Reason", "อีกครั้ง"));

        early.Errors.ShouldHaveSingleItem().Field.ShouldBe("Wanted");
        asked.Text.ShouldContain("รอหน่วยกำกับตอบ");
        twice.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var home = await officer.GetAsync("/");
        home.Text.ShouldContain("คำขอที่รอคำตอบ 1 เรื่อง");
        var request = await officer.GetAsync(
            home.Document.QuerySelector("a[href*='/extensions/requests/']")!.GetAttribute("href")!
        );
        var grant = await officer.GetAsync(
            request.Document.QuerySelector("a[href*='/extensions/new']")!.GetAttribute("href")!
        );
        var granted = await officer.SubmitAsync(await officer.SubmitAsync(grant));
        granted.Text.ShouldContain("ลาออก");
        var told = await recorder.GetAsync(ask);
        told.Text.ShouldContain("อนุญาต");
        told.Text.ShouldContain("31 มีนาคม 2563");
        var declined = await officer.SubmitAsync(request, "main form", ("Reason", "ช้าไป"));
        declined.Errors.ShouldHaveSingleItem().Message.ShouldContain("มีผู้ตอบไปแล้ว");
        (await officer.GetAsync("/")).Text.ShouldNotContain("คำขอที่รอคำตอบ");
    }

    [Fact]
    public async Task Request_IsDeclinedWithAReasonOrTakenBack()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        var declined = await AskAsync(topic);
        using var officer = await web.SignInAsync(topic.Officer);
        using var recorder = await web.SignInAsync(topic.Recorder);
        var address = ExtensionPath.Request(topic.Round.Slug, declined);

        var nothing = await officer.SubmitAsync(await officer.GetAsync(address));
        await officer.SubmitAsync(await officer.GetAsync(address), "main form", ("Reason", "ไม่มีเหตุพอ"));
        var again = await AskAsync(topic);
        var taken = await recorder.SubmitAsync(await recorder.GetAsync(ExtensionPath.Request(topic.Round.Slug, again)));

        nothing.Errors.ShouldHaveSingleItem().Field.ShouldBe("Reason");
        (await recorder.GetAsync(address)).Text.ShouldContain("ไม่มีเหตุพอ");
        taken.Text.ShouldContain("ถอนคำขอ");
        (await recorder.GetAsync(ExtensionPath.Ask(topic.Round.Slug)))
            .Document.QuerySelector("#Wanted")
            .ShouldNotBeNull();
    }

    [Fact]
    public async Task Grant_OutsideTheScope_CoversNobody()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        var stranger = await data.CreateRegisterTopicAsync();

        (await RefusedAsync(topic, stranger.Officer, ExtensionTarget.Laos)).ShouldBe("extension_covers_nobody");
        (await RefusedAsync(topic, stranger.Officer, ExtensionTarget.All)).ShouldBe("extension_covers_nobody");
        (await RefusedAsync(topic, topic.Recorder, ExtensionTarget.Laos)).ShouldBe("not_allowed");
        await GrantAsync(topic, topic.Officer, TestData.Noon);
        (await RefusedAsync(topic, topic.Officer, ExtensionTarget.Laos)).ShouldBe("extension_covers_nobody");
        await using var other = data.As(stranger.Recorder);
        (await other.Get<ExtensionQueries>().ListAsync(topic.Round.RoundId, null, 1, 10, Token)).Total.ShouldBe(0);
    }

    [Fact]
    public async Task Grant_ToAllNotDone_LeavesOutWhatIsDone_AndWithdrawingLeavesTheOtherStanding()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        var done = await data.CreateRegisterTopicAsync();
        await done.BringToAsync(SubmissionState.Certified);

        var first = await GrantAsync(topic, topic.Officer, TestData.Noon, ExtensionTarget.District);
        var second = await GrantAsync(
            topic,
            topic.Officer,
            TestData.Noon,
            ExtensionTarget.All,
            NewDeadline.AddDays(10)
        );
        (await RefusedAsync(done, done.Officer, ExtensionTarget.All)).ShouldBe("extension_covers_nobody");
        (await UntilAsync(topic)).ShouldBe(NewDeadline.AddDays(10));
        await WithdrawAsync(topic, second);
        (await UntilAsync(topic)).ShouldBe(NewDeadline);
        (await Should.ThrowAsync<Refusal>(() => WithdrawAsync(topic, second))).Code.ShouldBe("extension_withdrawn");
        await WithdrawAsync(topic, first);
        (await UntilAsync(topic)).ShouldBeNull();
    }

    [Fact]
    public async Task Withdraw_OfWhatWasRecordedUnderIt_DoesNotMakeItLate_AndAGrantAnswersWhoAsked()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        await topic.AddConfirmedRecordAsync("ก่อนปิด");
        await AskAsync(topic);
        var extension = await GrantAsync(topic, topic.Officer, AfterClosing, ExtensionTarget.District);
        (await topic.SubmitAsync(at: AfterClosing)).ShouldBeEmpty();

        await WithdrawAsync(topic, extension);

        await using var recorder = data.As(topic.Recorder, AfterClosing);
        (await recorder.Get<SubmissionQueries>().FindAsync(topic.Key, Token))!.IsLate.ShouldBeFalse();
        var answered = await recorder.Get<ExtensionQueries>().ListRequestsAsync(topic.Round.RoundId, true, 2, Token);
        answered.ShouldHaveSingleItem().Answer.ShouldBe("granted");
    }

    private static async Task<object?> UntilAsync(TestTopic topic) =>
        await topic.Data.ScalarAsync(
            TestData.JobActor(),
            "select extended_until from submission where submission_id = $1",
            topic.Key.SubmissionId
        );

    private static async Task WithdrawAsync(TestTopic topic, Guid extension)
    {
        await using var session = topic.Data.As(topic.Officer);
        await session.Get<WithdrawExtension>().ExecuteAsync(session.Actor, extension, "เหตุผล", Token);
    }

    private static async Task<Guid> AskAsync(TestTopic topic)
    {
        await using var session = topic.Data.As(topic.Recorder);
        await session
            .Get<AskForExtension>()
            .ExecuteAsync(session.Actor, topic.Round.RoundId, NewDeadline, "เหตุผล", Token);
        var waiting = await session.Get<ExtensionQueries>().ListRequestsAsync(topic.Round.RoundId, false, 2, Token);
        return waiting.ShouldHaveSingleItem().ExtensionRequestId;
    }

    private static async Task<Guid> GrantAsync(
        TestTopic topic,
        TestPerson officer,
        DateTimeOffset at,
        ExtensionTarget target = ExtensionTarget.Laos,
        DateOnly? until = null
    )
    {
        await using var session = topic.Data.As(officer, at);
        return await session
            .Get<GrantExtension>()
            .ExecuteAsync(session.Actor, Request(topic, target, until ?? NewDeadline), null, Token);
    }

    private static async Task<string> RefusedAsync(TestTopic topic, TestPerson person, ExtensionTarget target) =>
        (await Should.ThrowAsync<Refusal>(() => GrantAsync(topic, person, TestData.Noon, target))).Code;

    private static ExtensionRequest Request(TestTopic topic, ExtensionTarget target, DateOnly until) =>
        new(
            topic.Round.RoundId,
            until,
            "เหตุสมมติ",
            "",
            target,
            target == ExtensionTarget.District ? topic.District.UnitId : null,
            [topic.Lao.UnitId]
        );
}

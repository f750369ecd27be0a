using Microsoft.EntityFrameworkCore;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;
using static Thongthin.Tests.Support.TestTopic;

namespace Thongthin.Tests.Submissions;

/// <summary>Records of a register over their life: added, confirmed, removed, carried into the next year; nil.</summary>
public sealed class RegisterTests
{
    private static readonly CancellationToken Token = CancellationToken.None;

    [Fact]
    public async Task Add_StartsTheSubmissionAndGivesANumberOnce()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();

        await topic.AddConfirmedRecordAsync();
        await topic.AddConfirmedRecordAsync();

        (await topic.StateAsync()).ShouldBe(SubmissionState.InProgress);
        var numbers = (await RegisterAsync(topic)).Sheets.Select(s => s.RecordNumber);
        numbers.ShouldBe([$"FOR-{topic.Lao.Code}-63-001", $"FOR-{topic.Lao.Code}-63-002"]);
    }

    [Fact]
    public async Task Add_OnADoubleClick_MakesOneRecord()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        var record = Guid.CreateVersion7();

        var sheets = await Task.WhenAll(AddAsync(), AddAsync(), AddAsync());

        sheets.Distinct().Count().ShouldBe(1);
        (await RegisterAsync(topic)).Sheets.Count.ShouldBe(1);

        async Task<Guid> AddAsync()
        {
            await using var session = data.As(topic.Recorder);
            return await session.Get<AddRecord>().ExecuteAsync(session.Actor, topic.Key, record, Token);
        }
    }

    [Fact]
    public async Task Add_ByTwoAtOnce_NumbersBoth()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();

        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async i =>
                {
                    await using var session = data.As(i % 2 == 0 ? topic.Recorder : topic.SecondRecorder);
                    await session.Get<AddRecord>().ExecuteAsync(session.Actor, topic.Key, Guid.CreateVersion7(), Token);
                })
        );

        (await RegisterAsync(topic)).Sheets.Select(s => s.RecordNumber![^3..]).ShouldBe(["001", "002", "003", "004"]);
    }

    [Fact]
    public async Task Add_WithTheIdOfAnotherFormsRecord_IsNotFound()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        var (record, _) = await topic.AddConfirmedRecordAsync();
        var other = await data.PublishRegisterAsync();
        var round = await data.OpenRoundAsync([other], [topic.Lao]);
        var key = await data.SubmissionOfAsync(round, topic.Lao, other);

        await using var session = data.As(topic.Recorder);
        var refusal = await Should.ThrowAsync<Refusal>(() =>
            session.Get<AddRecord>().ExecuteAsync(session.Actor, key, record, Token)
        );

        refusal.Code.ShouldBe("record_not_found");
    }

    [Fact]
    public async Task Add_ToAnAnnualForm_IsRefused()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();

        await using var session = data.As(topic.Recorder);
        (
            await Refused(() =>
                session.Get<AddRecord>().ExecuteAsync(session.Actor, topic.Key, Guid.CreateVersion7(), Token)
            )
        ).ShouldBe("not_a_register");
        (await Refused(() => session.Get<DeclareNil>().ExecuteAsync(session.Actor, topic.Key, Token))).ShouldBe(
            "not_a_register"
        );
    }

    [Fact]
    public async Task Confirm_WhenIncomplete_SaysWhatIsMissingAndStaysADraft()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        var record = Guid.CreateVersion7();
        await using var session = data.As(topic.Recorder);
        var sheet = await session.Get<AddRecord>().ExecuteAsync(session.Actor, topic.Key, record, Token);
        await topic.SaveAsync(topic.Recorder, Fields(("years", "0")), sheet);

        var issues = await session.Get<ConfirmRecord>().ExecuteAsync(session.Actor, topic.Key, record, Token);

        issues
            .Select(i => (i.SheetId, i.Path, i.Code))
            .ShouldBe([(sheet, "title", "required"), (sheet, "years", "constraint")]);
        (await RegisterAsync(topic)).Sheets.Single().Status.ShouldBe(SheetStatus.Draft);
    }

    [Fact]
    public async Task Save_OfAConfirmedRecordThatBecomesInvalid_MakesItADraft()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        var (_, sheet) = await topic.AddConfirmedRecordAsync();

        await topic.SaveAsync(topic.Recorder, Fields(("years", "5")), sheet, 1);
        (await RegisterAsync(topic)).Sheets.Single().Status.ShouldBe(SheetStatus.Confirmed);

        await topic.SaveAsync(topic.Recorder, Fields(("years", "ห้า")), sheet, 2);
        (await RegisterAsync(topic)).Sheets.Single().Status.ShouldBe(SheetStatus.Draft);
    }

    [Fact]
    public async Task Remove_KeepsAnswersAndReason_AndRestoreUndoesIt()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        var (record, sheet) = await topic.AddConfirmedRecordAsync("ความตกลงเก่า");
        await using var session = data.As(topic.Recorder);

        await session.Get<RemoveRecord>().ExecuteAsync(session.Actor, topic.Key, record, "สิ้นสุดแล้ว", Token);

        var removed = (await RegisterAsync(topic)).Removed.Single();
        (removed.RemoveReason, removed.Label, removed.SheetId).ShouldBe(("สิ้นสุดแล้ว", "ความตกลงเก่า", sheet));
        (await Refused(() => topic.SaveAsync(topic.Recorder, Fields(("years", "9")), sheet, 1))).ShouldBe(
            "record_removed"
        );

        await session.Get<RestoreRecord>().ExecuteAsync(session.Actor, topic.Key, record, Token);
        var restored = (await RegisterAsync(topic)).Sheets.Single();
        (restored.Status, restored.RemoveReason, restored.Label).ShouldBe((SheetStatus.Draft, null, "ความตกลงเก่า"));
    }

    [Fact]
    public async Task Remove_WithoutAReason_IsRefused()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        var (record, _) = await topic.AddConfirmedRecordAsync();
        await using var session = data.As(topic.Recorder);

        (
            await Refused(() => session.Get<RemoveRecord>().ExecuteAsync(session.Actor, topic.Key, record, "  ", Token))
        ).ShouldBe("reason_required");
    }

    [Fact]
    public async Task ConfirmAndRemove_ByAnOfficer_AreTheLaosToDo()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        var (record, _) = await topic.AddConfirmedRecordAsync();
        await using var officer = data.As(topic.Officer);

        (
            await Refused(() =>
                officer.Get<RemoveRecord>().ExecuteAsync(officer.Actor, topic.Key, record, "ผิด", Token)
            )
        ).ShouldBe("not_allowed");
        (
            await Refused(() => officer.Get<ConfirmRecord>().ExecuteAsync(officer.Actor, topic.Key, record, Token))
        ).ShouldBe("not_allowed");
    }

    [Fact]
    public async Task Carry_BringsLastYearsValuesUnconfirmed_AndConfirmingThemIsOneAct()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        var (first, _) = await topic.AddConfirmedRecordAsync("หนึ่ง");
        var (second, _) = await topic.AddConfirmedRecordAsync("สอง");
        var (gone, _) = await topic.AddConfirmedRecordAsync("สาม");
        await using var session = data.As(topic.Recorder);
        await session.Get<RemoveRecord>().ExecuteAsync(session.Actor, topic.Key, gone, "ยกเลิก", Token);
        var next = await data.OpenNextYearAsync(topic, 2564);

        (await RegisterAsync(next))
            .Uncarried.Select(r => (r.Label, r.FiscalYear))
            .ShouldBe([("หนึ่ง", 2563), ("สอง", 2563)]);

        var sheet = await session.Get<CarryRecord>().ExecuteAsync(session.Actor, next.Key, first, Token);
        (await session.Get<CarryRecord>().ExecuteAsync(session.Actor, next.Key, first, Token)).ShouldBe(sheet);
        (await session.Get<ConfirmRecord>().ExecuteAsync(session.Actor, next.Key, second, Token)).ShouldBeEmpty();

        var register = await RegisterAsync(next);
        register.Uncarried.ShouldBeEmpty();
        register
            .Sheets.Select(s => (s.Label, s.Status, s.IsCarried, s.RecordNumber![^6..]))
            .ShouldBe([("หนึ่ง", SheetStatus.Draft, true, "63-001"), ("สอง", SheetStatus.Confirmed, true, "63-002")]);
        var detail = (await session.Get<SubmissionQueries>().FindSheetAsync(next.Key, sheet, Token))!;
        detail.PreviousFiscalYear.ShouldBe(2563);
        AnswerDifference.Between(detail.PreviousAnswers!, detail.Answers).ShouldBeEmpty();
    }

    [Fact]
    public async Task Save_OfACarriedRecord_NeverTouchesTheEarlierYear()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        var (record, old) = await topic.AddConfirmedRecordAsync("เดิม");
        (await topic.SubmitAsync()).ShouldBeEmpty();
        await topic.CertifyAsync();
        var next = await data.OpenNextYearAsync(topic, 2564);
        await using var session = data.As(topic.Recorder);
        var sheet = await session.Get<CarryRecord>().ExecuteAsync(session.Actor, next.Key, record, Token);

        await next.SaveAsync(next.Recorder, Fields(("title", "ใหม่")), sheet, 0);

        var queries = session.Get<SubmissionQueries>();
        (await queries.FindSheetAsync(topic.Key, old, Token))!.Label.ShouldBe("เดิม");
        var versions = await queries.ListVersionsAsync(next.Key, sheet, Token);
        versions.Single().Changes.ShouldBe([new FieldChange("title", "เดิม", "ใหม่")]);
    }

    [Fact]
    public async Task Submit_WithARecordOfLastYearNotLookedAt_SaysSo()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        await topic.AddConfirmedRecordAsync("ปีก่อน");
        var next = await data.OpenNextYearAsync(topic, 2564);
        await next.AddConfirmedRecordAsync("ปีนี้");

        var issues = await next.SubmitAsync();

        issues.Single().Code.ShouldBe("not_carried");
        issues.Single().SheetLabel.ShouldEndWith("ปีก่อน");
        (await next.StateAsync()).ShouldBe(SubmissionState.InProgress);
    }

    [Fact]
    public async Task Nil_RecordsAtOnce_AndRecordingARecordLaterTakesItBack()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        await using var session = data.As(topic.Recorder);

        await session.Get<DeclareNil>().ExecuteAsync(session.Actor, topic.Key, Token);

        var detail = (await session.Get<SubmissionQueries>().FindAsync(topic.Key, Token))!;
        (detail.State, detail.IsNil, detail.IsLate).ShouldBe((SubmissionState.Recorded, true, false));

        await session.Get<RecallSubmission>().ExecuteAsync(session.Actor, topic.Key, Token);
        await topic.AddConfirmedRecordAsync();
        (await topic.SubmitAsync()).ShouldBeEmpty();
        (await session.Get<SubmissionQueries>().FindAsync(topic.Key, Token))!.IsNil.ShouldBeFalse();
    }

    [Fact]
    public async Task Nil_WhileARecordIsInForce_IsRefusedWithItsNumber()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        var (record, _) = await topic.AddConfirmedRecordAsync();
        var next = await data.OpenNextYearAsync(topic, 2564);
        await using var session = data.As(topic.Recorder);

        foreach (var key in new[] { topic.Key, next.Key })
        {
            var refusal = await Should.ThrowAsync<Refusal>(() =>
                session.Get<DeclareNil>().ExecuteAsync(session.Actor, key, Token)
            );
            (refusal.Code, refusal.Arguments.Single()).ShouldBe(("nil_with_records", 1));
        }

        await session.Get<RemoveRecord>().ExecuteAsync(session.Actor, next.Key, record, "สิ้นสุด", Token);
        await session.Get<DeclareNil>().ExecuteAsync(session.Actor, next.Key, Token);
        (await next.StateAsync()).ShouldBe(SubmissionState.Recorded);
    }

    [Fact]
    public async Task Submit_OfAnEmptyRegister_AsksForARecordOrNil()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        var (record, _) = await topic.AddConfirmedRecordAsync();
        await using var session = data.As(topic.Recorder);
        await session.Get<RemoveRecord>().ExecuteAsync(session.Actor, topic.Key, record, "ซ้ำ", Token);

        (await topic.SubmitAsync()).Select(i => (i.SheetId, i.Code)).ShouldBe([((Guid?)null, "no_record")]);
    }

    private static async Task<RegisterDetail> RegisterAsync(TestTopic topic)
    {
        await using var session = topic.Data.As(topic.Recorder);
        return await session.Get<SubmissionQueries>().ReadRegisterAsync(topic.Key, Token);
    }

    private static async Task<string> Refused(Func<Task> act) => (await Should.ThrowAsync<Refusal>(act)).Code;
}

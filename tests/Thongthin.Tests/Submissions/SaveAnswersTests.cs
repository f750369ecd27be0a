using Microsoft.EntityFrameworkCore;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Tests.Support;
using static Thongthin.Tests.Support.TestTopic;

namespace Thongthin.Tests.Submissions;

public sealed class SaveAnswersTests
{
    private static readonly CancellationToken Token = CancellationToken.None;

    [Fact]
    public async Task Save_TheFirstTime_StartsTheSubmission()
    {
        var topic = await (await TestData.OpenAsync()).CreateAnnualTopicAsync();

        var result = await topic.SaveAsync(topic.Recorder, Fields(("roads", "๑๒"), ("state", "good")));

        (result.Outcome, result.Revision).ShouldBe((SaveOutcome.Saved, 1));
        (await topic.StateAsync()).ShouldBe(SubmissionState.InProgress);
        var sheet = await SheetAsync(topic);
        Json(sheet.Answers).ShouldBe(Json("""{"roads": 12, "state": "good"}"""));
        (sheet.Answered, sheet.Required, sheet.BlockingIssues).ShouldBe((1, 1, 0));
    }

    [Fact]
    public async Task Save_OfWhatCannotBeRead_KeepsTheTextAndSaysWhatIsWrong()
    {
        var topic = await (await TestData.OpenAsync()).CreateAnnualTopicAsync();

        var result = await topic.SaveAsync(topic.Recorder, Fields(("roads", "สิบสอง"), ("bridges", "-3")));

        result.Issues.Select(i => (i.Path, i.Code)).ShouldBe([("roads", "not_a_number"), ("bridges", "constraint")]);
        var sheet = await SheetAsync(topic);
        Json(sheet.Answers).ShouldBe(Json("""{"roads": {"_raw": "สิบสอง"}, "bridges": -3}"""));
        sheet.BlockingIssues.ShouldBe(2);
    }

    [Fact]
    public async Task Save_OfUnknownFields_StoresNothingAndNamesThem()
    {
        var topic = await (await TestData.OpenAsync()).CreateAnnualTopicAsync();
        var many = Enumerable.Range(0, 2000).Select(i => ($"unknown_{i}", "x")).Append(("roads", "1"));

        var result = await topic.SaveAsync(topic.Recorder, Fields([.. many]));

        (result.Outcome, result.SheetId, result.Refused.Count).ShouldBe((SaveOutcome.Unknown, null, 2000));
    }

    [Fact]
    public async Task Save_OfACalculatedField_KeepsTheOthers()
    {
        var topic = await (await TestData.OpenAsync()).CreateAnnualTopicAsync();

        await topic.SaveAsync(topic.Recorder, Fields(("roads", "1"), ("twice", "9")));

        Json((await SheetAsync(topic)).Answers).ShouldBe(Json("""{"roads": 1}"""));
    }

    [Fact]
    public async Task Save_OfAnAnswerThatIsTooLong_StoresNothingAndNamesIt()
    {
        var topic = await (await TestData.OpenAsync()).CreateAnnualTopicAsync();

        var result = await topic.SaveAsync(topic.Recorder, Fields(("note", new string('ก', 20_001)), ("roads", "1")));

        (result.Outcome, result.SheetId).ShouldBe((SaveOutcome.TooMuch, null));
        result.Refused.ShouldBe(["note"]);
        (await topic.StateAsync()).ShouldBe(SubmissionState.NotStarted);
    }

    [Fact]
    public async Task Save_OfNothingNew_StoresNothing()
    {
        var topic = await (await TestData.OpenAsync()).CreateAnnualTopicAsync();

        (await topic.SaveAsync(topic.Recorder, Fields(("roads", "")))).Outcome.ShouldBe(SaveOutcome.Unchanged);
        (await topic.StateAsync()).ShouldBe(SubmissionState.NotStarted);

        await topic.SaveAsync(topic.Recorder, Fields(("roads", "5")));
        var again = await topic.SaveAsync(topic.Recorder, Fields(("roads", "5")), baseRevision: 1);
        (again.Outcome, again.Revision).ShouldBe((SaveOutcome.Unchanged, 1));
    }

    [Fact]
    public async Task Save_WithTheSameKeyTwice_IsStoredOnce()
    {
        var topic = await (await TestData.OpenAsync()).CreateAnnualTopicAsync();
        var saveKey = Guid.CreateVersion7();

        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 3)
                .Select(_ => topic.SaveAsync(topic.Recorder, Fields(("roads", "7")), saveKey: saveKey))
        );

        outcomes
            .Select(o => o.Outcome)
            .Order()
            .ShouldBe([SaveOutcome.Saved, SaveOutcome.SavedBefore, SaveOutcome.SavedBefore]);
        outcomes.ShouldAllBe(o => o.Revision == 1);
    }

    [Fact]
    public async Task Save_AfterAnOwnSaveBesideAnothers_StillConflictsWithTheOthers()
    {
        var topic = await (await TestData.OpenAsync()).CreateAnnualTopicAsync();
        await topic.SaveAsync(topic.Recorder, Fields(("roads", "1"), ("bridges", "1")));
        await topic.SaveAsync(topic.SecondRecorder, Fields(("roads", "2")), baseRevision: 1);
        var own = Guid.CreateVersion7();
        await topic.SaveAsync(topic.Recorder, Fields(("bridges", "9")), baseRevision: 1, saveKey: own);

        // the page knows of its own save, by its revision or by its key, and of nothing else
        var again = await topic.SaveAsync(
            topic.Recorder,
            Fields(("bridges", "10")),
            baseRevision: 1,
            known: new Dictionary<string, int> { ["bridges"] = 3 }
        );
        var blind = await topic.SaveAsync(topic.Recorder, Fields(("roads", "3")), baseRevision: 1, follows: own);
        var unknown = await topic.SaveAsync(topic.Recorder, Fields(("bridges", "11")), baseRevision: 1, follows: own);

        again.Outcome.ShouldBe(SaveOutcome.Saved);
        (blind.Outcome, blind.Conflicts.Single().Path).ShouldBe((SaveOutcome.Conflict, "roads"));
        (unknown.Outcome, unknown.Conflicts.Single().Path).ShouldBe((SaveOutcome.Conflict, "bridges"));
    }

    [Fact]
    public async Task Save_ThatFollowsAnOwnOneOnItsWay_DoesNotMeetItsOwnChange()
    {
        var topic = await (await TestData.OpenAsync()).CreateAnnualTopicAsync();
        var first = Guid.CreateVersion7();
        await topic.SaveAsync(topic.Recorder, Fields(("roads", "1")), saveKey: first);

        var second = await topic.SaveAsync(topic.Recorder, Fields(("roads", "2")), follows: first);

        (second.Outcome, second.Revision).ShouldBe((SaveOutcome.Saved, 2));
    }

    [Fact]
    public async Task Save_OfFieldsThatNobodyElseChanged_MergesWithoutConflict()
    {
        var topic = await (await TestData.OpenAsync()).CreateAnnualTopicAsync();
        await topic.SaveAsync(topic.Recorder, Fields(("roads", "1"), ("bridges", "1")));
        await topic.SaveAsync(topic.SecondRecorder, Fields(("roads", "2")), baseRevision: 1);

        var result = await topic.SaveAsync(topic.Recorder, Fields(("bridges", "9")), baseRevision: 1);

        (result.Outcome, result.Revision).ShouldBe((SaveOutcome.Saved, 3));
        Json((await SheetAsync(topic)).Answers).ShouldBe(Json("""{"roads": 2, "bridges": 9}"""));
    }

    [Fact]
    public async Task Save_OfAFieldThatAnotherChanged_StoresNothingAndShowsBothValues()
    {
        var topic = await (await TestData.OpenAsync()).CreateAnnualTopicAsync();
        await topic.SaveAsync(topic.Recorder, Fields(("roads", "1")));
        await topic.SaveAsync(topic.SecondRecorder, Fields(("roads", "2")), baseRevision: 1);

        var result = await topic.SaveAsync(topic.Recorder, Fields(("roads", "3"), ("bridges", "4")), baseRevision: 1);

        result.Outcome.ShouldBe(SaveOutcome.Conflict);
        var conflict = result.Conflicts.Single();
        (conflict.Path, conflict.Theirs, conflict.Yours).ShouldBe(("roads", "2", "3"));
        conflict.ChangedBy.ShouldBe(topic.SecondRecorder.DisplayName);
        Json((await SheetAsync(topic)).Answers).ShouldBe(Json("""{"roads": 2}"""));

        // the person decides and sends it again on the revision that came back
        var decided = await topic.SaveAsync(
            topic.Recorder,
            Fields(("roads", "3"), ("bridges", "4")),
            baseRevision: result.Revision
        );
        decided.Outcome.ShouldBe(SaveOutcome.Saved);
        Json((await SheetAsync(topic)).Answers).ShouldBe(Json("""{"roads": 3, "bridges": 4}"""));
    }

    [Fact]
    public async Task Save_OfTheValueThatAnotherStoredMeanwhile_IsNoConflict()
    {
        var topic = await (await TestData.OpenAsync()).CreateAnnualTopicAsync();
        await topic.SaveAsync(topic.Recorder, Fields(("roads", "1")));
        await topic.SaveAsync(topic.SecondRecorder, Fields(("roads", "2")), baseRevision: 1);

        (await topic.SaveAsync(topic.Recorder, Fields(("roads", "๒")), baseRevision: 1)).Outcome.ShouldBe(
            SaveOutcome.Unchanged
        );
    }

    [Fact]
    public async Task Save_OfAWholePage_TouchesOnlyWhatDiffersFromWhatItShowed()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();
        var shown = Fields(("roads", "1"), ("bridges", "1"), ("note", "บรรทัด\nสอง"));
        var first = await topic.SaveAsync(topic.Recorder, shown);
        await topic.SaveAsync(topic.SecondRecorder, Fields(("roads", "2")), baseRevision: 1);

        await using var session = data.As(topic.Recorder);
        var posted = Fields(("roads", "1"), ("bridges", "8"), ("note", "บรรทัด\r\nสอง"));
        var result = await session
            .Get<SaveAnswers>()
            .ExecuteAsync(
                session.Actor,
                topic.Key,
                new SaveRequest(first.SheetId, 1, Guid.CreateVersion7(), posted, shown),
                Token
            );

        result.Outcome.ShouldBe(SaveOutcome.Saved);
        Json((await SheetAsync(topic)).Answers).ShouldBe(Json("""{"roads": 2, "bridges": 8, "note": "บรรทัด\nสอง"}"""));
    }

    [Fact]
    public async Task Save_ByManyAtOnce_LosesNothing()
    {
        var topic = await (await TestData.OpenAsync()).CreateAnnualTopicAsync();
        await topic.SaveAsync(topic.Recorder, Fields(("state", "good")));

        var results = await Task.WhenAll(
            topic.SaveAsync(topic.Recorder, Fields(("roads", "1")), baseRevision: 1),
            topic.SaveAsync(topic.SecondRecorder, Fields(("roads", "2")), baseRevision: 1),
            topic.SaveAsync(topic.Officer, Fields(("bridges", "3")), baseRevision: 1),
            topic.SaveAsync(topic.SecondRecorder, Fields(("note", "ก")), baseRevision: 1)
        );

        results.Count(r => r.Outcome == SaveOutcome.Conflict).ShouldBe(1);
        var sheet = await SheetAsync(topic);
        sheet.Revision.ShouldBe(4);
        var roads = results[0].Outcome == SaveOutcome.Saved ? 1 : 2;
        Json(sheet.Answers).ShouldBe(Json($$"""{"state": "good", "roads": {{roads}}, "bridges": 3, "note": "ก"}"""));
    }

    [Fact]
    public async Task Save_OfRows_KeepsTheirIdsWhateverComesAndGoes()
    {
        var topic = await (await TestData.OpenAsync()).CreateAnnualTopicAsync();
        var (one, two) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await topic.SaveAsync(
            topic.Recorder,
            Fields(($"road[{one}].road_name", "สายหนึ่ง"), ($"road[{two}].road_name", "สายสอง")),
            rows: [new(RowChangeKind.Add, "road", one), new(RowChangeKind.Add, "road", two)]
        );
        await topic.SaveAsync(
            topic.SecondRecorder,
            Fields(),
            baseRevision: 1,
            rows: [new(RowChangeKind.Remove, "road", one)]
        );

        var kept = await topic.SaveAsync(
            topic.Recorder,
            Fields(($"road[{two}].road_name", "สายที่สอง")),
            baseRevision: 1
        );
        var lost = await topic.SaveAsync(
            topic.Recorder,
            Fields(($"road[{one}].road_name", "แก้แถวที่ถูกลบ")),
            baseRevision: 1
        );

        kept.Outcome.ShouldBe(SaveOutcome.Saved);
        lost.Outcome.ShouldBe(SaveOutcome.Conflict);
        lost.Conflicts.Single().Theirs.ShouldBeNull();
        lost.Conflicts.Single().Yours.ShouldBe("แก้แถวที่ถูกลบ");
        Json((await SheetAsync(topic)).Answers)
            .ShouldBe(Json($$"""{"road": [{"_id": "{{two}}", "road_name": "สายที่สอง"}]}"""));
    }

    [Fact]
    public async Task Save_RemovingARowThatAnotherChanged_IsAConflict()
    {
        var topic = await (await TestData.OpenAsync()).CreateAnnualTopicAsync();
        var row = Guid.CreateVersion7();
        await topic.SaveAsync(
            topic.Recorder,
            Fields(($"road[{row}].road_name", "ก")),
            rows: [new(RowChangeKind.Add, "road", row)]
        );
        await topic.SaveAsync(topic.SecondRecorder, Fields(($"road[{row}].road_name", "ข")), baseRevision: 1);

        var result = await topic.SaveAsync(
            topic.Recorder,
            Fields(),
            baseRevision: 1,
            rows: [new(RowChangeKind.Remove, "road", row)]
        );

        result.Outcome.ShouldBe(SaveOutcome.Conflict);
        result.Conflicts.Single().Path.ShouldBe($"road[{row}]");
    }

    [Fact]
    public async Task Versions_CloseWhenAnotherPersonEditsAndAfterThirtyIdleMinutes()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();
        var at = TestData.Noon;
        await topic.SaveAsync(topic.Recorder, Fields(("roads", "1")), at: at);
        await topic.SaveAsync(topic.Recorder, Fields(("roads", "2")), baseRevision: 1, at: at.AddMinutes(20));
        await topic.SaveAsync(topic.Recorder, Fields(("roads", "3")), baseRevision: 2, at: at.AddMinutes(49));
        await topic.SaveAsync(topic.Recorder, Fields(("roads", "4")), baseRevision: 3, at: at.AddMinutes(79));
        await topic.SaveAsync(topic.SecondRecorder, Fields(("roads", "5")), baseRevision: 4, at: at.AddMinutes(80));
        await topic.SaveAsync(topic.Officer, Fields(("roads", "6")), baseRevision: 5, at: at.AddMinutes(81));

        await using var session = data.As(topic.Recorder);
        var queries = session.Get<SubmissionQueries>();
        var versions = await queries.ListVersionsAsync(topic.Key, (await SheetAsync(topic)).SheetId, Token);

        versions
            .Select(v => (v.AuthorName, v.Revision, Minutes(v.OpenedAt), Minutes(v.ClosedAt), v.Changes.Single().After))
            .ShouldBe([
                (topic.Officer.DisplayName, 6, 81, null, "6"),
                (topic.SecondRecorder.DisplayName, 5, 80, 81, "5"),
                (topic.Recorder.DisplayName, 4, 79, 80, "4"),
                (topic.Recorder.DisplayName, 3, 0, 79, "3"),
            ]);
        versions[0].OfficerUnitName.ShouldBe(topic.District.NameTh);
        versions[1].OfficerUnitName.ShouldBeNull();

        int? Minutes(DateTimeOffset? time) => time is null ? null : (int)(time.Value - at).TotalMinutes;
    }

    [Fact]
    public async Task Versions_CloseAtATransition()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();
        var at = TestData.Noon;
        await topic.SaveAsync(topic.Recorder, Fields(("roads", "1")), at: at);
        (await topic.SubmitAsync(at: at.AddMinutes(1))).ShouldBeEmpty();
        await topic.ReturnAsync(at: at.AddMinutes(2));
        await topic.SaveAsync(topic.Recorder, Fields(("roads", "2")), baseRevision: 1, at: at.AddMinutes(3));

        await using var session = data.As(topic.Recorder);
        var versions = await session
            .Get<SubmissionQueries>()
            .ListVersionsAsync(topic.Key, (await SheetAsync(topic)).SheetId, Token);

        versions.Select(v => (v.Revision, v.ClosedAt)).ShouldBe([(2, (DateTimeOffset?)null), (1, at.AddMinutes(1))]);
    }

    [Fact]
    public async Task Save_ByAnOfficer_IsMarkedAndStaysADraft_AndTheLaoSubmits()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();

        await topic.SaveAsync(topic.Officer, Fields(("roads", "3")));

        (await SheetAsync(topic)).OfficerUnitName.ShouldBe(topic.District.NameTh);
        (await Refused(() => topic.SubmitAsync(topic.Officer))).ShouldBe("move_not_allowed");
        (await topic.SubmitAsync()).ShouldBeEmpty();
        (await SheetAsync(topic)).OfficerUnitName.ShouldBe(topic.District.NameTh);
    }

    [Theory]
    [InlineData("certifier")]
    [InlineData("viewer")]
    [InlineData("administrator")]
    public async Task Save_ByARoleThatDoesNotRecord_IsRefused(string role)
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();
        var person = await data.CreatePersonAsync(topic.Lao, Enum.Parse<Role>(role, ignoreCase: true));

        var code = await Refused(() => topic.SaveAsync(person, Fields(("roads", "1"))));

        code.ShouldBeOneOf("not_allowed", "submission_not_found");
        (await topic.StateAsync()).ShouldBe(SubmissionState.NotStarted);
    }

    [Fact]
    public async Task Save_OfAnotherLaosSubmission_FindsNothing()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();
        var stranger = await data.CreatePersonAsync(await data.CreateLaoAsync(topic.District), Role.Recorder);
        var otherOfficer = await data.CreatePersonAsync(await data.CreateDistrictAsync(topic.Province), Role.Officer);

        (await Refused(() => topic.SaveAsync(stranger, Fields(("roads", "1"))))).ShouldBe("submission_not_found");
        (await Refused(() => topic.SaveAsync(otherOfficer, Fields(("roads", "1"))))).ShouldBe("submission_not_found");
        await using var session = data.As(stranger);
        (await session.Get<SubmissionAccess>().FindEditableAsync(session.Actor, topic.Key, Token)).ShouldBeNull();
        (await session.Get<SubmissionQueries>().FindAsync(topic.Key, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Save_OutsideTheRoundsDays_IsRefusedWithTheDay()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();
        var (opens, closes) = (topic.Round.Request.OpensOn, topic.Round.Request.ClosesOn);

        var early = await Refusal(() =>
            topic.SaveAsync(topic.Recorder, Fields(("roads", "1")), at: BangkokTime.StartOfDay(opens).AddMinutes(-1))
        );
        var late = await Refusal(() =>
            topic.SaveAsync(topic.Recorder, Fields(("roads", "1")), at: BangkokTime.EndOfDay(closes))
        );
        var atLast = await topic.SaveAsync(
            topic.Recorder,
            Fields(("roads", "1")),
            at: BangkokTime.EndOfDay(closes).AddMinutes(-1)
        );

        (early.Code, early.Arguments.Single()).ShouldBe(("round_not_open_yet", opens));
        (late.Code, late.Arguments.Single()).ShouldBe(("round_closed", closes));
        atLast.Outcome.ShouldBe(SaveOutcome.Saved);
    }

    [Fact]
    public async Task Save_AfterClosing_IsOpenForTheDaysOfAReturn()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync(new RoundOptions { ReturnDays = 7 });
        await topic.SaveAsync(topic.Recorder, Fields(("roads", "1")));
        (await topic.SubmitAsync()).ShouldBeEmpty();
        var returned = topic.Round.Request.ClosesOn.AddDays(20);
        await topic.ReturnAsync(at: BangkokTime.StartOfDay(returned));

        var last = BangkokTime.EndOfDay(returned.AddDays(7));
        (
            await topic.SaveAsync(topic.Recorder, Fields(("roads", "2")), baseRevision: 1, at: last.AddMinutes(-1))
        ).Outcome.ShouldBe(SaveOutcome.Saved);
        var refusal = await Refusal(() =>
            topic.SaveAsync(topic.Recorder, Fields(("roads", "3")), baseRevision: 2, at: last)
        );
        (refusal.Code, refusal.Arguments.Single()).ShouldBe(("round_closed", returned.AddDays(7)));
    }

    [Fact]
    public async Task Save_InACancelledRound_IsRefused()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();
        await using var job = data.AsJob();
        await job.Get<Thongthin.Features.Rounds.CancelRound>()
            .ExecuteAsync(job.Actor, topic.Round.RoundId, "ยกเลิกการสำรวจ", Token);

        (await Refused(() => topic.SaveAsync(topic.Recorder, Fields(("roads", "1"))))).ShouldBe("round_cancelled");
    }

    [Fact]
    public async Task Save_WritesAnAuditEventWithoutAnswers()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();
        await topic.SaveAsync(topic.Recorder, Fields(("note", "ความลับ")));

        var detail = (string?)
            await data.ScalarAsync(
                TestData.JobActor(),
                "select detail::text from audit_event where action = 'answers_saved' and user_id = $1",
                topic.Recorder.UserId
            );

        detail.ShouldNotBeNull().ShouldNotContain("ความลับ");
    }

    private static async Task<SheetDetail> SheetAsync(TestTopic topic)
    {
        await using var session = topic.Data.As(topic.Recorder);
        return (await session.Get<SubmissionQueries>().FindAnnualSheetAsync(topic.Key, Token))!;
    }

    private static string Json(string json) =>
        System.Text.Encoding.UTF8.GetString(
            Thongthin.Platform.CanonicalJson.Write(System.Text.Json.Nodes.JsonNode.Parse(json))
        );

    private static Task<Refusal> Refusal(Func<Task> act) => Should.ThrowAsync<Refusal>(act);

    private static async Task<string> Refused(Func<Task> act) => (await Refusal(act)).Code;
}

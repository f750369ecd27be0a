using Microsoft.EntityFrameworkCore;
using Thongthin.Features.Submissions;
using Thongthin.Features.Submissions.Facts;
using Thongthin.Tests.Support;
using static Thongthin.Tests.Support.TestTopic;

namespace Thongthin.Tests.Submissions;

/// <summary>Recorded facts: written with a submit, kept while it is corrected, replaced, made again.</summary>
public sealed class FactTests
{
    private static readonly CancellationToken Token = CancellationToken.None;

    private sealed record FactRow(string Question, string RecordNumber, double? Number);

    [Fact]
    public async Task Submit_WritesTheNumbers_AndASaveDoesNot()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();
        await topic.SaveAsync(topic.Recorder, Fields(("roads", "4"), ("note", "ไม่ใช่ตัวเลข")));
        (await FactsAsync(topic)).ShouldBeEmpty();

        (await topic.SubmitAsync()).ShouldBeEmpty();

        (await FactsAsync(topic)).ShouldBe([new("roads", "", 4)]);
    }

    [Fact]
    public async Task Facts_StandWhileItIsCorrected_AndFollowTheNextSubmit()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();
        await topic.SaveAsync(topic.Recorder, Fields(("roads", "4"), ("bridges", "2")));
        await topic.SubmitAsync();
        await using var session = data.As(topic.Recorder);
        await session.Get<RecallSubmission>().ExecuteAsync(session.Actor, topic.Key, Token);
        await topic.SaveAsync(
            topic.SecondRecorder,
            Fields(("roads", "5"), ("bridges", "")),
            await SheetAsync(topic),
            1
        );
        (await FactsAsync(topic)).ShouldBe([new("bridges", "", 2), new("roads", "", 4)]);

        (await topic.SubmitAsync()).ShouldBeEmpty();

        (await FactsAsync(topic)).ShouldBe([new("roads", "", 5)]);
    }

    [Fact]
    public async Task Certify_OfARegister_WritesTheNumbersOfEachRecord()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        await topic.AddConfirmedRecordAsync();
        await topic.AddConfirmedRecordAsync();
        (await topic.SubmitAsync()).ShouldBeEmpty();
        await topic.CertifyAsync();

        var number = $"FOR-{topic.Lao.Code}-63-00";
        (await FactsAsync(topic)).ShouldBe([new("years", number + "1", 3), new("years", number + "2", 3)]);
    }

    [Fact]
    public async Task Nil_HasNoFacts()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        var (record, _) = await topic.AddConfirmedRecordAsync();
        await topic.SubmitAsync();
        await using var session = data.As(topic.Recorder);
        await session.Get<RecallSubmission>().ExecuteAsync(session.Actor, topic.Key, Token);
        await session.Get<RemoveRecord>().ExecuteAsync(session.Actor, topic.Key, record, "ซ้ำ", Token);

        await session.Get<DeclareNil>().ExecuteAsync(session.Actor, topic.Key, Token);

        (await FactsAsync(topic)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rebuild_CountsAsDone_OnlyAfterTheWholeOfIt()
    {
        // of its own: others make facts too
        var data = await TestData.CreateAsync();
        var topic = await data.CreateAnnualTopicAsync();
        await using var job = data.AsJob();
        var facts = job.Get<RebuildFacts>();
        (await facts.WasDoneAsync(Token)).ShouldBeFalse();

        await facts.ExecuteAsync(job.Actor, topic.FormId, _ => { }, Token);
        (await facts.WasDoneAsync(Token)).ShouldBeFalse("one form is not all");

        await facts.ExecuteAsync(job.Actor, null, _ => { }, Token);
        (await facts.WasDoneAsync(Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task Rebuild_MakesTheSameAgain_AlsoOfWhatIsOpenForCorrection()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();
        await topic.SaveAsync(topic.Recorder, Fields(("roads", "4")), at: TestData.Noon);
        await topic.SubmitAsync(at: TestData.Noon.AddMinutes(1));
        await using (var session = data.As(topic.Recorder, TestData.Noon.AddMinutes(2)))
        {
            await session.Get<RecallSubmission>().ExecuteAsync(session.Actor, topic.Key, Token);
        }
        await topic.SaveAsync(
            topic.SecondRecorder,
            Fields(("roads", "9")),
            await SheetAsync(topic),
            1,
            TestData.Noon.AddMinutes(3)
        );
        await using var job = data.AsJob();
        await job.Db.Database.ExecuteSqlAsync($"delete from answer_fact where lao_id = {topic.Lao.UnitId}", Token);

        var rebuilt = await job.Get<RebuildFacts>().ExecuteAsync(job.Actor, topic.FormId, _ => { }, Token);

        rebuilt.ShouldBe(new(1, 1));
        (await FactsAsync(topic)).ShouldBe([new("roads", "", 4)]);
    }

    [Fact]
    public async Task Latest_IsTheNewestOfTheYearOrBefore_AndSilentWhereThereIsNone()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();
        var next = await data.OpenNextYearAsync(topic, 2565);
        await topic.SaveAsync(topic.Recorder, Fields(("roads", "4")));
        await topic.SubmitAsync();
        await next.SaveAsync(next.Recorder, Fields(("roads", "6")));
        await next.SubmitAsync();
        var name = topic.FormId + ".roads";

        (await LatestAsync(topic, 2562, name)).ShouldBeEmpty();
        (await LatestAsync(topic, 2564, name, topic.FormId + ".bridges", "nothing")).ShouldBe([(name, 4)]);
        (await LatestAsync(topic, 2566, name)).ShouldBe([(name, 6)]);
    }

    private static async Task<List<(string, double)>> LatestAsync(TestTopic topic, int year, params string[] names)
    {
        await using var session = topic.Data.As(topic.Recorder);
        var facts = await session.Get<FactQueries>().LatestAsync(topic.Lao.UnitId, year, names, Token);
        return [.. facts.Select(f => (f.Key, f.Value.ToNumber()))];
    }

    private static async Task<Guid> SheetAsync(TestTopic topic)
    {
        await using var session = topic.Data.As(topic.Recorder);
        return (await session.Get<SubmissionQueries>().FindAnnualSheetAsync(topic.Key, Token))!.SheetId;
    }

    private static async Task<List<FactRow>> FactsAsync(TestTopic topic)
    {
        await using var session = topic.Data.As(topic.Recorder);
        return await session
            .Db.Database.SqlQuery<FactRow>(
                $"""
                select question, record_number, number from answer_fact
                where lao_id = {topic.Lao.UnitId} and form_id = {topic.FormId}
                order by question, record_number
                """
            )
            .ToListAsync(Token);
    }
}

using Microsoft.EntityFrameworkCore;
using Thongthin.Features.Submissions;
using Thongthin.Features.Submissions.Import;
using Thongthin.Features.Submissions.Items;
using Thongthin.Platform.Security;
using Thongthin.Platform.Spreadsheets;
using Thongthin.Tests.Support;
using static Thongthin.Tests.Support.TestTopic;

namespace Thongthin.Tests.Submissions;

/// <summary>Answers of earlier years from a file: whole or not at all, marked, the same file twice, never over people's work.</summary>
public sealed class ImportAnswersTests : IDisposable
{
    private static readonly CancellationToken Token = CancellationToken.None;

    private readonly string _folder = TemporaryFolder.Create();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Import_OfAnAnnualForm_RecordsAndMarks_AndTheSameFileAgainChangesNothing()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();
        var file = $"lao_code,state,roads,note\n{topic.Lao.Code},ดี,\"1,200\",เดิม\n";

        var imported = await ImportAsync(topic, file);

        imported.Errors.ShouldBeEmpty();
        (imported.Lines, imported.Submissions, imported.Saved).ShouldBe((1, 1, true));
        (await topic.StateAsync()).ShouldBe(SubmissionState.Recorded);
        var sheet = await SheetAsync(topic);
        sheet.Answers.ShouldContain("\"roads\": 1200");
        sheet.Answers.ShouldContain("\"state\": \"good\"");
        sheet.SavedBy.ShouldBe("นำเข้า answers.csv");
        (await EventsAsync(topic)).ShouldBe(["import"]);
        (await FactAsync(topic)).ShouldBe(1200);

        var again = await ImportAsync(topic, file);
        (again.Unchanged, again.Submissions, again.Saved).ShouldBe((1, 0, true));
        (await EventsAsync(topic)).ShouldBe(["import"]);
    }

    [Fact]
    public async Task Import_OfACorrectedFile_ReplacesWhatWasImported()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();
        await ImportAsync(topic, $"lao_code,roads\n{topic.Lao.Code},4\n");

        var imported = await ImportAsync(topic, $"lao_code,roads\n{topic.Lao.Code},5\n");

        (imported.Submissions, imported.Unchanged).ShouldBe((1, 0));
        (await FactAsync(topic)).ShouldBe(5);
        (await EventsAsync(topic)).ShouldBe(["import", "import"]);
        await using var session = data.As(topic.Recorder);
        var sheet = await SheetAsync(topic);
        (await session.Get<SubmissionQueries>().ListVersionsAsync(topic.Key, sheet.SheetId, Token)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Import_AgainstAFactOfAnotherForm_CountsTheWarning()
    {
        var data = await TestData.OpenAsync();
        var roads = await data.CreateAnnualTopicAsync();
        await ImportAsync(roads, $"lao_code,roads\n{roads.Lao.Code},4\n");
        var topic = await FactRuleTests.CreateTopicAboutAsync(data, roads);

        var imported = await ImportAsync(topic, $"lao_code,length\n{topic.Lao.Code},9\n");

        (imported.ErrorCount, imported.Saved).ShouldBe((0, true));
        (await SheetAsync(topic)).Warnings.ShouldBe(1);
    }

    [Fact]
    public async Task Import_OnADryRun_ChecksAndSavesNothing()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();

        var imported = await ImportAsync(topic, $"lao_code,roads\n{topic.Lao.Code},4\n", dryRun: true);

        (imported.Submissions, imported.ErrorCount, imported.Saved).ShouldBe((1, 0, false));
        (await topic.StateAsync()).ShouldBe(SubmissionState.NotStarted);
    }

    [Fact]
    public async Task Import_WithErrors_NamesLineAndColumn_AndSavesNothing()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();
        var code = topic.Lao.Code;

        var imported = await ImportAsync(
            topic,
            $"lao_code,state,roads\n{code},ดีมาก,สิบ\n99999999,ดี,1\n{code},ดี,-1\n{code},ดี,1\n"
        );

        imported
            .Errors.Select(e => (e.Line, e.Column, e.Code))
            .ShouldBe([
                (2, 3, "not_a_number"),
                (2, 2, "not_a_choice"),
                (3, 1, "lao_unknown"),
                (4, 1, "line_twice"),
                (5, 1, "line_twice"),
            ]);
        imported.Saved.ShouldBeFalse();
        (await topic.StateAsync()).ShouldBe(SubmissionState.NotStarted);
    }

    [Theory]
    [InlineData("lao_code,roads,twice", 3, "column_unknown")]
    [InlineData("lao_code,road_name", 2, "column_unknown")]
    [InlineData("lao_code,roads,roads", 3, "column_twice")]
    [InlineData("roads", null, "column_missing")]
    public async Task Import_WithAHeaderThatDoesNotFit_SaysWhichColumn(string header, int? column, string code)
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();

        var imported = await ImportAsync(topic, header + "\n1,2,3\n");

        imported.Errors.Select(e => (e.Line, e.Column, e.Code)).ShouldBe([(1, column, code)]);
    }

    [Fact]
    public async Task Import_OverWhatPeopleRecorded_IsRefusedForThatLine()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();
        await topic.SaveAsync(topic.Recorder, Fields(("roads", "4")));

        var imported = await ImportAsync(topic, $"lao_code,roads\n{topic.Lao.Code},9\n");

        imported.Errors.Single().Code.ShouldBe("has_answers");
        (await SheetAsync(topic)).Answers.ShouldContain("4");
    }

    [Fact]
    public async Task Import_OfARegister_NumbersRecordsByTheirOrder_AndCountsWhatIsMissing()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        var code = topic.Lao.Code;
        var file = $"lao_code,record_number,title,years\n{code},,หนึ่ง,3\n{code},OLD-7,สอง,\n{code},,สาม,1\n";

        var imported = await ImportAsync(topic, file);
        var again = await ImportAsync(topic, file);

        (imported.Submissions, imported.Missing).ShouldBe((1, 1));
        again.Unchanged.ShouldBe(3);
        await using var session = data.As(topic.Recorder);
        var register = await session.Get<SubmissionQueries>().ReadRegisterAsync(topic.Key, Token);
        register
            .Sheets.Select(s => (s.RecordNumber, s.Label))
            .ShouldBe([($"FOR-{code}-63-001", "หนึ่ง"), ($"FOR-{code}-63-002", "สาม"), ("OLD-7", "สอง")]);
    }

    [Fact]
    public async Task Import_OfACatalogue_AnswersItems_AndRefusesThoseThatDoNotApply()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateCatalogueTopicAsync();
        var code = topic.Lao.Code;

        var refused = await ImportAsync(topic, $"lao_code,item,received\n{code},2-02,ไม่ได้รับ\n{code},,ไม่ได้รับ\n");
        var imported = await ImportAsync(topic, $"lao_code,item,received\n{code},1-01,ไม่ได้รับ\n");

        refused.Errors.Select(e => e.Code).ShouldBe(["item_missing", "item_unknown"]);
        imported.Saved.ShouldBeTrue();
        await using var session = data.As(topic.Recorder);
        var item = (await session.Get<ItemQueries>().ListAsync(topic.Key, "received", Token))[0];
        (item.State, item.Answer).ShouldBe((ItemState.Answered, "not_received"));
    }

    [Fact]
    public async Task Import_WithoutARoundOfThatYear_IsRefused()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();

        var refusal = await Should.ThrowAsync<Refusal>(() =>
            ImportAsync(topic, $"lao_code,roads\n{topic.Lao.Code},1\n", fiscalYear: 2561)
        );

        refusal.Code.ShouldBe("nothing_to_import_into");
    }

    private async Task<ImportedAnswers> ImportAsync(
        TestTopic topic,
        string csv,
        bool dryRun = false,
        int fiscalYear = 2563
    )
    {
        var path = Path.Combine(_folder, "answers.csv");
        await File.WriteAllTextAsync(path, csv, Token);
        await using var job = topic.Data.AsJob();
        return await job.Get<ImportAnswers>()
            .ExecuteAsync(
                job.Actor,
                topic.FormId,
                fiscalYear,
                new TableStream(path),
                "answers.csv",
                dryRun,
                _ => { },
                Token
            );
    }

    private static async Task<SheetDetail> SheetAsync(TestTopic topic)
    {
        await using var session = topic.Data.As(topic.Recorder);
        return (await session.Get<SubmissionQueries>().FindAnnualSheetAsync(topic.Key, Token))!;
    }

    private static async Task<List<string>> EventsAsync(TestTopic topic)
    {
        await using var session = topic.Data.As(topic.Recorder);
        return await session
            .Db.Database.SqlQuery<string>(
                $"""
                select action as value from submission_event
                where lao_id = {topic.Lao.UnitId} and submission_id = {topic.Key.SubmissionId} order by number
                """
            )
            .ToListAsync(Token);
    }

    private static async Task<double> FactAsync(TestTopic topic)
    {
        await using var session = topic.Data.As(topic.Recorder);
        var facts = await session
            .Db.Database.SqlQuery<double>(
                $"""
                select number as value from answer_fact where lao_id = {topic.Lao.UnitId} and question = 'roads'
                """
            )
            .ToListAsync(Token);
        return facts.ShouldHaveSingleItem();
    }
}

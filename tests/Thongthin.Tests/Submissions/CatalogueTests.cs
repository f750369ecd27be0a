using System.Text.Json.Nodes;
using Thongthin.Features.Forms;
using Thongthin.Features.Rounds;
using Thongthin.Features.Submissions;
using Thongthin.Features.Submissions.Items;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;
using static Thongthin.Tests.Support.TestTopic;

namespace Thongthin.Tests.Submissions;

/// <summary>Items of a catalogue over their life: what applies, answering one and many, undoing, submitting, the next year.</summary>
public sealed class CatalogueTests
{
    private static readonly CancellationToken Token = CancellationToken.None;

    [Fact]
    public async Task Items_AreThoseOfTheKindAndYear()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateCatalogueTopicAsync();

        (await ItemsAsync(topic)).Select(i => i.Code).ShouldBe(["1-01", "1-02", "2-01"]);
        (await ItemsAsync(topic)).ShouldAllBe(i => i.State == ItemState.Unanswered);
        var later = await data.OpenNextYearAsync(topic, 2565);
        (await ItemsAsync(later)).Select(i => i.Code).ShouldBe(["1-01", "1-02", "2-01", "3-01"]);
    }

    [Fact]
    public async Task Items_OfAnOpenRound_StayWhenTheListChanges()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateCatalogueTopicAsync();

        var imported = await data.ImportCatalogueAsync(
            topic.FormId,
            "code,area,name_th,name_en,kinds\n1-01,1,ถนนและสะพาน,Roads and bridges,sao\n"
        );

        (imported.Edition, imported.IsNew).ShouldBe((2, true));
        (await ItemsAsync(topic)).Select(i => i.NameTh).ShouldBe(["ถนน", "ประปาหมู่บ้าน", "ศูนย์พัฒนาเด็กเล็ก"]);
        var next = await data.OpenNextYearAsync(topic, 2564);
        (await ItemsAsync(next)).Select(i => i.NameTh).ShouldBe(["ถนนและสะพาน"]);
    }

    [Fact]
    public async Task Import_OfTheSameItems_MakesNoNewEdition()
    {
        var data = await TestData.OpenAsync();
        const string list = "code,area,name_th,name_en,kinds\nA,1,ก,A,sao\nB,2,ข,B,pao\n";
        const string turned = "kinds,code,area,name_en,name_th\npao,B,2,B,ข\nsao,A,1,A,ก\n";

        (await data.ImportCatalogueAsync("same-items", list)).IsNew.ShouldBeTrue();
        var again = await data.ImportCatalogueAsync("same-items", turned);

        (again.Edition, again.IsNew).ShouldBe((1, false));
    }

    [Fact]
    public async Task Import_WithErrors_SavesNothingAndNamesEveryLine()
    {
        var data = await TestData.OpenAsync();
        const string list = """
            code,area,name_th,name_en,kinds,compulsory,valid_from,valid_to
            A,7,ก,A,sao,,,
            A B,1,ข,B,village,,,
            C,1,,C,sao,perhaps,,
            D,1,ง,D,sao,,yesterday,
            E,1,จ,E,sao,,2564-10-01,2563-10-01
            F,1,ฉ,F,,,,
            G,1,ช,G,sao,,,
            G,1,ช,G,sao,,,
            """;

        var imported = await data.ImportCatalogueAsync("faulty", list);

        imported.Edition.ShouldBeNull();
        imported
            .Findings.Select(f => (f.Line, f.Code))
            .ShouldBe([
                (2, "area"),
                (3, "code"),
                (3, "kind_unknown"),
                (4, "name"),
                (4, "compulsory"),
                (5, "day"),
                (6, "period"),
                (7, "kinds_missing"),
                (9, "code_twice"),
            ]);
    }

    [Fact]
    public async Task Open_OfARoundWithoutTheList_IsRefusedWithItsName()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateCatalogueTopicAsync();
        var form = await data.PublishFormAsync(
            "catalogue",
            """
            | survey |
            |        | type | name | label::ไทย (th) | label::English (en) |
            |        | text | note | หมายเหตุ         | Note                |
            """
        );
        var round = await data.CreateRoundAsync([form], [topic.Lao], new RoundOptions { FiscalYear = 2566 });
        await using var job = data.AsJob();

        var refusal = await Should.ThrowAsync<Refusal>(() =>
            job.Get<OpenRound>().ExecuteAsync(job.Actor, round.RoundId, Token)
        );

        (refusal.Code, refusal.Arguments.Single()).ShouldBe(("catalogue_missing", form));
    }

    [Fact]
    public async Task Open_GivesTheItemOneRecord_AndSavingAndConfirmingAnswersIt()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateCatalogueTopicAsync();

        var record = await OpenAsync(topic, "1-01");
        (await OpenAsync(topic, "1-01")).ShouldBe(record);
        var item = (await ItemsAsync(topic))[0];
        (item.State, item.RecordId).ShouldBe((ItemState.Unanswered, record));
        await topic.SaveAsync(topic.Recorder, Fields(("received", "received"), ("quantity", "12")), item.SheetId);
        (await ItemsAsync(topic))[0].State.ShouldBe(ItemState.Draft);
        await using var session = topic.Data.As(topic.Recorder);
        (await session.Get<ConfirmRecord>().ExecuteAsync(session.Actor, topic.Key, record, Token)).ShouldBeEmpty();

        (await ItemsAsync(topic))[0].State.ShouldBe(ItemState.Answered);
        var sheet = (await session.Get<SubmissionQueries>().FindSheetAsync(topic.Key, item.SheetId!.Value, Token))!;
        (sheet.RecordNumber, sheet.Label).ShouldBe(("1-01", "ถนน"));
    }

    [Fact]
    public async Task Open_OfAnItemForOtherKinds_IsNotFound()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateCatalogueTopicAsync();

        (await Refused(() => OpenAsync(topic, "2-02"))).ShouldBe("item_not_found");
        (await topic.StateAsync()).ShouldBe(SubmissionState.NotStarted);
    }

    [Fact]
    public async Task Alone_AreTheChoicesThatNeedNothingElse()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateCatalogueTopicAsync();
        await using var job = data.AsJob();
        var form = await job.Get<FormLibrary>().GetAsync(topic.FormId, 1, Token);

        var alone = MainQuestion.Alone(form, SheetEvaluation.ContextOf(job.Actor, 2563));

        alone.Select(c => c.Name).ShouldBe(["not_received", "not_applicable"]);
    }

    [Fact]
    public async Task AnswerMany_ConfirmsThemAtOnce_AndTheSameActTwiceIsOne()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateCatalogueTopicAsync();
        var act = Guid.CreateVersion7();

        var answered = await AnswerAsync(topic, ["1-01", "2-01"], "not_received", act);
        await AnswerAsync(topic, ["1-01", "2-01"], "not_received", act);

        (answered.Answered, answered.Incomplete.Count).ShouldBe((2, 0));
        var items = await ItemsAsync(topic);
        items.Select(i => i.State).ShouldBe([ItemState.Answered, ItemState.Unanswered, ItemState.Answered]);
        items.Select(i => i.Answer).ShouldBe(["not_received", null, "not_received"]);
        (await topic.StateAsync()).ShouldBe(SubmissionState.InProgress);
    }

    [Fact]
    public async Task AnswerMany_WithAChoiceThatNeedsMore_LeavesThemAndNamesThem()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateCatalogueTopicAsync();

        var answered = await AnswerAsync(topic, ["1-01", "1-02"], "received", Guid.CreateVersion7());

        answered.Answered.ShouldBe(0);
        answered.Incomplete.ShouldBe(["1-01", "1-02"]);
        (await ItemsAsync(topic)).ShouldAllBe(i => i.SheetId == null);
    }

    [Theory]
    [InlineData("", "not_received", "items_missing")]
    [InlineData("9-99", "not_received", "item_not_found")]
    [InlineData("1-01", "perhaps", "item_choice")]
    public async Task AnswerMany_OfWhatIsNotThere_IsRefused(string codes, string choice, string code)
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateCatalogueTopicAsync();

        var named = codes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        (await Refused(() => AnswerAsync(topic, named, choice, Guid.CreateVersion7()))).ShouldBe(code);
    }

    [Fact]
    public async Task AnswerMany_ByAnOfficer_IsTheLaosToDo()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateCatalogueTopicAsync();
        await using var officer = data.As(topic.Officer);

        var act = () =>
            officer
                .Get<AnswerItems>()
                .ExecuteAsync(officer.Actor, topic.Key, ["1-01"], "not_received", Guid.CreateVersion7(), Token);

        (await Refused(act)).ShouldBe("not_allowed");
    }

    [Fact]
    public async Task Undo_BringsBackWhatWasThere_ButNotWhatWasChangedSince()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateCatalogueTopicAsync();
        await OpenAsync(topic, "1-01");
        var opened = (await ItemsAsync(topic))[0].SheetId;
        await topic.SaveAsync(topic.Recorder, Fields(("received", "received"), ("quantity", "7")), opened);
        var act = Guid.CreateVersion7();
        await AnswerAsync(topic, ["1-01", "1-02", "2-01"], "not_received", act);
        var changed = (await ItemsAsync(topic))[2].SheetId;
        await topic.SaveAsync(topic.Recorder, Fields(("received", "not_applicable")), changed, 1);

        (await UndoAsync(topic, act)).ShouldBe(2);

        var items = await ItemsAsync(topic);
        items.Select(i => i.State).ShouldBe([ItemState.Draft, ItemState.Unanswered, ItemState.Answered]);
        items.Select(i => i.Answer).ShouldBe(["received", null, "not_applicable"]);
        await using var session = data.As(topic.Recorder);
        var sheet = (await session.Get<SubmissionQueries>().FindSheetAsync(topic.Key, opened!.Value, Token))!;
        JsonNode.Parse(sheet.Answers)!["quantity"]!.GetValue<int>().ShouldBe(7);
        (await Refused(() => UndoAsync(topic, act))).ShouldBe("nothing_to_undo");
    }

    [Fact]
    public async Task Submit_NamesEveryItemWithoutAnswer_AndWhenAllAreAnsweredRecords()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateCatalogueTopicAsync();
        await AnswerAsync(topic, ["1-01"], "not_received", Guid.CreateVersion7());

        var issues = await topic.SubmitAsync();

        issues.Select(i => (i.Code, i.Path)).ShouldBe([("item_unanswered", "1-02"), ("item_unanswered", "2-01")]);
        await AnswerAsync(topic, ["1-02", "2-01"], "not_applicable", Guid.CreateVersion7());
        (await topic.SubmitAsync()).ShouldBeEmpty();
        (await topic.StateAsync()).ShouldBe(SubmissionState.Recorded);
        await topic.CertifyAsync();
        var content = await CertifiedAsync(topic);
        content["sheets"]!.AsArray().Select(s => (string)s!["record_number"]!).ShouldBe(["1-01", "1-02", "2-01"]);
        content["sheets"]![0]!["label"]!.GetValue<string>().ShouldBe("ถนน");
        content["sheets"]![0]!["item"]!["unit_th"]!.GetValue<string>().ShouldBe("กม.");
    }

    [Fact]
    public async Task NextYear_StartsFromTheLast_AndConfirmingUnchangedIsOneAct()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateCatalogueTopicAsync();
        var record = await OpenAsync(topic, "1-01");
        var sheet = (await ItemsAsync(topic))[0].SheetId;
        await topic.SaveAsync(
            topic.Recorder,
            Fields(("received", "received"), ("quantity", "12"), ("status", "running")),
            sheet
        );
        await AnswerAsync(topic, ["1-01"], null, Guid.CreateVersion7());
        await AnswerAsync(topic, ["1-02", "2-01"], "not_received", Guid.CreateVersion7());
        (await topic.SubmitAsync()).ShouldBeEmpty();
        var next = await data.OpenNextYearAsync(topic, 2564);

        var items = await ItemsAsync(next);
        items.ShouldAllBe(i => i.State == ItemState.Carried && i.PreviousFiscalYear == 2563);
        items.Select(i => i.PreviousAnswer).ShouldBe(["received", "not_received", "not_received"]);
        var answered = await AnswerAsync(next, ["1-01", "1-02", "2-01"], null, Guid.CreateVersion7());

        answered.Answered.ShouldBe(3);
        (await ItemsAsync(next)).Select(i => i.Answer).ShouldBe(["received", "not_received", "not_received"]);
        (await ItemsAsync(next))[0].RecordId.ShouldBe(record);
        (await next.SubmitAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nil_IsOnlyWhereNoItemApplies()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateCatalogueTopicAsync();
        await using var session = data.As(topic.Recorder);

        (await Refused(() => session.Get<DeclareNil>().ExecuteAsync(session.Actor, topic.Key, Token))).ShouldBe(
            "nil_with_items"
        );

        await data.ImportCatalogueAsync(topic.FormId, "code,area,name_th,name_en,kinds\nZ,1,ก,Z,pao\n");
        var empty = await data.OpenNextYearAsync(topic, 2564);
        await session.Get<DeclareNil>().ExecuteAsync(session.Actor, empty.Key, Token);
        (await empty.StateAsync()).ShouldBe(SubmissionState.Recorded);
    }

    [Fact]
    public async Task Add_ToACatalogue_IsRefused()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateCatalogueTopicAsync();
        await using var session = data.As(topic.Recorder);

        (
            await Refused(() =>
                session.Get<AddRecord>().ExecuteAsync(session.Actor, topic.Key, Guid.CreateVersion7(), Token)
            )
        ).ShouldBe("not_a_register");
    }

    private static async Task<IReadOnlyList<ItemRow>> ItemsAsync(TestTopic topic)
    {
        await using var session = topic.Data.As(topic.Recorder);
        return await session.Get<ItemQueries>().ListAsync(topic.Key, "received", Token);
    }

    private static async Task<Guid> OpenAsync(TestTopic topic, string code)
    {
        await using var session = topic.Data.As(topic.Recorder);
        return await session.Get<OpenItem>().ExecuteAsync(session.Actor, topic.Key, code, Token);
    }

    private static async Task<AnsweredItems> AnswerAsync(TestTopic topic, string[] codes, string? choice, Guid act)
    {
        await using var session = topic.Data.As(topic.Recorder);
        return await session.Get<AnswerItems>().ExecuteAsync(session.Actor, topic.Key, codes, choice, act, Token);
    }

    private static async Task<int> UndoAsync(TestTopic topic, Guid act)
    {
        await using var session = topic.Data.As(topic.Recorder);
        return await session.Get<UndoItemAnswers>().ExecuteAsync(session.Actor, topic.Key, act, Token);
    }

    private static async Task<JsonNode> CertifiedAsync(TestTopic topic)
    {
        await using var session = topic.Data.As(topic.Recorder);
        var certificates = await session.Get<SubmissionQueries>().ListCertificatesAsync(topic.Key, Token);
        return JsonNode.Parse(certificates.Single().Content)!;
    }

    private static async Task<string> Refused(Func<Task> act) => (await Should.ThrowAsync<Refusal>(act)).Code;
}

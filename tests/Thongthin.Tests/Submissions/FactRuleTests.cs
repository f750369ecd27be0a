using Thongthin.Features.Submissions;
using Thongthin.Features.Submissions.Facts;
using Thongthin.Forms.Expressions;
using Thongthin.Tests.Support;
using static Thongthin.Tests.Support.TestTopic;

namespace Thongthin.Tests.Submissions;

/// <summary>Rules that look at what another form recorded: silent without it, a warning with it, never more.</summary>
public sealed class FactRuleTests
{
    private static readonly CancellationToken Token = CancellationToken.None;

    /// <summary>A topic of the same LAO whose form has a rule about the roads that the first one recorded.</summary>
    internal static async Task<TestTopic> CreateTopicAboutAsync(TestData data, TestTopic roads)
    {
        var formId = await data.PublishFormAsync("annual", Survey(roads.FormId));
        var round = await data.OpenRoundAsync([formId], [roads.Lao]);
        var key = await data.SubmissionOfAsync(round, roads.Lao, formId);
        return roads with { FormId = formId, Round = round, Key = key };
    }

    private static string Survey(string other) =>
        $"""
            | survey |
            | | type | name | label::th | label::en | constraint | constraint_message::th | constraint_message::en | calculation | unit::th | unit::en |
            | | integer | length | ยาว | Length | . <= pulldata('facts', '{other}.roads', 'lao', '') | เกิน | Too long | | กม. | km |
            | | calculate | kind | | | | | | pulldata('facts', 'unit.kind', 'lao', '') | | |
            """;

    [Fact]
    public async Task Rule_IsSilentUntilTheFactIsRecorded_ThenWarns()
    {
        var data = await TestData.OpenAsync();
        var roads = await data.CreateAnnualTopicAsync();
        var topic = await CreateTopicAboutAsync(data, roads);

        var first = await topic.SaveAsync(topic.Recorder, Fields(("length", "9")));
        first.Issues.ShouldBeEmpty();

        await roads.SaveAsync(roads.Recorder, Fields(("roads", "4")));
        (await roads.SubmitAsync()).ShouldBeEmpty();
        var second = await topic.SaveAsync(topic.Recorder, Fields(("length", "8")), first.SheetId, first.Revision);

        var issue = second.Issues.ShouldHaveSingleItem();
        (issue.Code, issue.IsBlocking, issue.Path).ShouldBe(("constraint", false, "length"));
        (await topic.SubmitAsync()).ShouldBeEmpty("a rule across forms never blocks");
    }

    [Fact]
    public async Task Context_KnowsWhoTheUnitIs_AndNothingOfOthers()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();
        var form = await FormAsync(data, await data.PublishFormAsync("annual", Survey(topic.FormId)));

        await using var session = data.As(topic.Recorder);
        var context = await session.Get<FactQueries>().ContextAsync(form, session.Actor, topic.Lao.UnitId, 2563, Token);

        var facts = context.Facts.ShouldNotBeNull();
        facts.Of("unit.kind", "").ToText().ShouldBe("sao");
        facts.Of("unit.code", topic.Lao.Code!).ToText().ShouldBe(topic.Lao.Code);
        facts.Of("unit.district", "").ToText().ShouldBe(topic.District.Code);
        facts.Of("unit.province", "").ToText().ShouldBe(topic.Province.Code);
        facts.Of("unit.kind", "99999999").ShouldBe(FormValue.Empty);
    }

    private static async Task<Thongthin.Forms.Schema.FormDefinition> FormAsync(TestData data, string formId)
    {
        await using var job = data.AsJob();
        return await job.Get<Thongthin.Features.Forms.FormLibrary>().GetAsync(formId, 1, Token);
    }
}

using System.Net;
using Thongthin.Features.Reviewing;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;
using Thongthin.Tests.Pages;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Reviewing;

/// <summary>Questions back and forth, several at once, and what stands out.</summary>
public sealed class ReviewingTests
{
    private static readonly CancellationToken Token = CancellationToken.None;

    [Fact]
    public async Task Query_IsAskedAtAFieldAnsweredAskedAgainAndClosed()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        await topic.BringToAsync(SubmissionState.Recorded);
        using var officer = await web.SignInAsync(topic.Officer);
        using var recorder = await web.SignInAsync(topic.Recorder);
        var address = PageAddress.Of(topic).Overview + "/queries";
        (await officer.GetAsync(PageAddress.Of(topic).Review))
            .Document.QuerySelector($"a[href='{address}']")
            .ShouldNotBeNull();
        var form = await officer.GetAsync(address);
        var place = form.Document.QuerySelector("#Place optgroup option")!;

        var empty = await officer.SubmitAsync(form, "form:has(#Place)");
        var asked = await officer.SubmitAsync(
            form,
            "form:has(#Place)",
            ("Place", place.GetAttribute("value")),
            ("Text", "ตัวเลขนี้ถูกต้องหรือไม่")
        );

        empty.Errors.ShouldHaveSingleItem().Field.ShouldBe("Text");
        asked.Text.ShouldContain(place.TextContent.Trim());
        asked.Text.ShouldContain("รอ อปท. ตอบ");
        (await recorder.GetAsync("/")).Text.ShouldContain("ข้อซักถามที่รอท่าน 1 ข้อ");
        (await recorder.GetAsync(PageAddress.Of(topic).Overview)).Text.ShouldContain(
            "มีข้อซักถามที่ยังไม่ยุติ 1 ข้อ รอท่าน 1 ข้อ"
        );
        var seen = await recorder.GetAsync(address);
        seen.Text.ShouldContain("ตัวเลขนี้ถูกต้องหรือไม่");
        seen.Document.QuerySelector("#Place").ShouldBeNull();
        var answered = await recorder.SubmitAsync(seen, "form[action*='Say']", ("Text", "ถูกต้อง ตามเอกสาร"));
        answered.Text.ShouldContain("รอผู้ตรวจสอบ");
        (await recorder.GetAsync("/")).Text.ShouldNotContain("ข้อซักถามที่รอท่าน");
        (await officer.GetAsync("/")).Text.ShouldContain("ข้อซักถามที่รอท่าน");
        var again = await officer.SubmitAsync(
            await officer.GetAsync(address),
            "form[action*='Say']",
            ("Text", "ขอเอกสาร")
        );
        again.Text.ShouldContain("รอ อปท. ตอบ");
        await using (var session = web.Data.As(topic.Officer))
        {
            var query = (await session.Get<FieldQueries>().ListAsync(topic.Key, Token)).ShouldHaveSingleItem();
            query.Messages.Select(message => message.FromLao).ShouldBe([false, true, false]);
            await session.Get<CloseQuery>().ExecuteAsync(session.Actor, topic.Lao.UnitId, query.FieldQueryId, Token);
            (
                await Should.ThrowAsync<Refusal>(() =>
                    session.Get<CloseQuery>().ExecuteAsync(session.Actor, topic.Lao.UnitId, query.FieldQueryId, Token)
                )
            ).Code.ShouldBe("query_closed");
        }
        var late = await recorder.SubmitAsync(seen, "form[action*='Say']", ("Text", "ช้าไป"));
        late.Errors.ShouldHaveSingleItem().Message.ShouldContain("ยุติไปแล้ว");
        (await recorder.GetAsync(address)).Text.ShouldContain("ยุติแล้ว");
    }

    [Fact]
    public async Task Query_OutsideTheScope_IsNotThere()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        var stranger = await web.Data.CreateRegisterTopicAsync();
        using var other = await web.SignInAsync(stranger.Officer);

        (await other.GetAsync(PageAddress.Of(topic).Overview + "/queries")).Status.ShouldBe(HttpStatusCode.NotFound);
        await using var session = web.Data.As(stranger.Officer);
        (
            await Should.ThrowAsync<Refusal>(() =>
                session.Get<AskAboutField>().ExecuteAsync(session.Actor, topic.Key, null, "", "ถาม", Token)
            )
        ).Code.ShouldBe("not_allowed");
    }

    [Fact]
    public async Task Many_AreReviewedAfterAsking_AndOneThatMovedIsNamed()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        await topic.BringToAsync(SubmissionState.Recorded);
        using var officer = await web.SignInAsync(topic.Officer);
        var list = await officer.GetAsync($"/submissions?round={topic.Round.Slug}");
        var value = list.Document.QuerySelector("input[name='s'][form='many']")!.GetAttribute("value");
        var confirm = await officer.GetAsync($"/submissions/review-many?s={value}");

        confirm.Text.ShouldContain("เลือกไว้ 1 รายการ");
        var reviewed = await officer.SubmitAsync(confirm, "main form.panel");
        await topic.ReturnAsync();
        var moved = await officer.SubmitAsync(confirm, "main form.panel");

        reviewed.Text.ShouldContain("ดำเนินการแล้ว 1 รายการ");
        (await officer.GetAsync(PageAddress.Of(topic).History)).Text.ShouldContain("ตรวจ");
        moved.Text.ShouldContain("ดำเนินการแล้ว 0 รายการ");
        using var recorder = await web.SignInAsync(topic.Recorder);
        (await recorder.GetAsync($"/submissions/review-many?s={value}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await recorder.GetAsync("/submissions")).Document.QuerySelector("input[name='s']").ShouldBeNull();
    }

    [Fact]
    public async Task Many_AreReturnedWithOneReason()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        await topic.BringToAsync(SubmissionState.Recorded);
        await using var session = web.Data.As(topic.Officer);
        var many = session.Get<ReviewMany>();
        var rows = await many.FindAsync([topic.Key, topic.Key], Token);

        (await Should.ThrowAsync<Refusal>(() => many.EachAsync(session.Actor, rows, " ", Token))).Code.ShouldBe(
            "reason_required"
        );
        var done = await many.EachAsync(session.Actor, rows, "ขาดเอกสาร", Token);

        done[0].Refusal.ShouldBeNull();
        (await topic.StateAsync()).ShouldBe(SubmissionState.Returned);
        var stranger = await web.Data.CreateRegisterTopicAsync();
        (await many.FindAsync([stranger.Key], Token)).ShouldBeEmpty();
    }

    /// <summary>Nine of one kind in a province with numbers about 100, and one with a million.</summary>
    [Fact]
    public async Task Outlier_AmongSimilarLaos_IsFoundWithoutTellingTheirNumbers()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();
        var laos = new List<TestUnit>();
        for (var i = 0; i < 9; i++)
        {
            laos.Add(await data.CreateLaoAsync(topic.District));
        }
        await data.OpenRoundAsync([topic.FormId], laos);
        foreach (var (index, lao) in laos.Index())
        {
            await WriteAsync(data, topic, lao, 95 + index, 2563);
        }
        await WriteAsync(data, topic, topic.Lao, 1_000_000, 2563);
        await using var officer = data.As(topic.Officer);
        var detail = (await officer.Get<SubmissionQueries>().FindAsync(topic.Key, Token))!;

        var found = (await officer.Get<Outliers>().ListAsync(detail, Token)).ShouldHaveSingleItem();

        found.Question.ShouldBe("invented");
        found.Peers.ShouldBe(9);
        found.InProvince.ShouldBeTrue();
        found.Median.ShouldBe(99);
        found.Score!.Value.ShouldBeGreaterThan(RobustScore.Limit);
        var stranger = await data.CreateRegisterTopicAsync();
        await using var other = data.As(stranger.Officer);
        (await other.Get<Outliers>().ListAsync(detail, Token)).ShouldBeEmpty();
    }

    private static Task<int> WriteAsync(TestData data, TestTopic topic, TestUnit lao, double number, int fiscalYear) =>
        data.ExecuteAsync(
            TestData.JobActor(),
            """
            insert into answer_fact (lao_id, form_id, fiscal_year, question, number, recorded_at)
            values ($1, $2, $3, 'invented', $4, $5)
            """,
            lao.UnitId,
            topic.FormId,
            fiscalYear,
            number,
            TestData.Noon
        );
}

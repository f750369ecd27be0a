using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using Thongthin.Features.Submissions;
using Thongthin.Platform;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Tests.Support;
using static Thongthin.Tests.Support.TestTopic;

namespace Thongthin.Tests.Submissions;

/// <summary>What is certified is what was on the screen, stays so for ever, and two people never both win.</summary>
public sealed class CertifyTests
{
    private static readonly CancellationToken Token = CancellationToken.None;

    [Fact]
    public async Task Certify_FreezesContentThatVerifies()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        await topic.AddConfirmedRecordAsync("ความตกลงหนึ่ง");
        (await topic.SubmitAsync()).ShouldBeEmpty();

        var id = await topic.CertifyAsync();

        var certificate = await CertificateAsync(topic, id);
        var bytes = Encoding.UTF8.GetBytes(certificate.Content);
        Convert.ToHexStringLower(SHA256.HashData(bytes)).ShouldBe(certificate.Sha256);
        var content = JsonNode.Parse(bytes)!;
        CanonicalJson.Write(content).ShouldBe(bytes);
        content["certificate_id"]!.GetValue<string>().ShouldBe(id.ToString());
        content["fiscal_year"]!.GetValue<int>().ShouldBe(2563);
        content["lao"]!["code"]!.GetValue<string>().ShouldBe(topic.Lao.Code);
        content["round"]!["slug"]!.GetValue<string>().ShouldBe(topic.Round.Slug);
        content["certifier"]!["position"]!.GetValue<string>().ShouldBe(topic.Certifier.Position);
        var sheet = content["sheets"]!.AsArray().Single()!;
        sheet["record_number"]!.GetValue<string>().ShouldBe($"FOR-{topic.Lao.Code}-63-001");
        sheet["answers"]!.ToJsonString(Readable).ShouldBe("""{"title":"ความตกลงหนึ่ง","years":3}""");
        content["form"]!["questions"]!
            .AsArray()
            .Select(q => q!["label_th"]!.GetValue<string>())
            .ShouldBe(["ชื่อ", "จำนวนปี"]);
        (await topic.StateAsync()).ShouldBe(SubmissionState.Certified);
    }

    [Fact]
    public async Task Certify_OfAnAnnualForm_HoldsCalculationsAndTheChoicesLabels()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();
        await topic.SaveAsync(topic.Recorder, Fields(("roads", "4"), ("state", "poor")));
        (await topic.SubmitAsync()).ShouldBeEmpty();

        var content = JsonNode.Parse((await CertificateAsync(topic, await topic.CertifyAsync())).Content)!;

        content["sheets"]![0]!["answers"]!["twice"]!.GetValue<int>().ShouldBe(8);
        content["form"]!["choices"]!["state"]!["poor"]!["th"]!.GetValue<string>().ShouldBe("ทรุดโทรม");
    }

    [Fact]
    public async Task Certify_WhenSomethingChangedSinceItWasSeen_IsRefusedAndChangesNothing()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        await topic.BringToAsync(SubmissionState.Recorded);
        await using var certifier = data.As(topic.Certifier);
        var seen = (await certifier.Get<SubmissionQueries>().FindAsync(topic.Key, Token))!.Seen;
        await using var recorder = data.As(topic.Recorder);
        await recorder.Get<RecallSubmission>().ExecuteAsync(recorder.Actor, topic.Key, Token);
        await topic.AddConfirmedRecordAsync("เพิ่มทีหลัง");
        (await topic.SubmitAsync()).ShouldBeEmpty();

        var refusal = await Should.ThrowAsync<Refusal>(() =>
            certifier.Get<CertifySubmissions>().ExecuteAsync(certifier.Actor, [new(topic.Key, seen)], Token)
        );

        refusal.Code.ShouldBe("seen_changed");
        (await topic.StateAsync()).ShouldBe(SubmissionState.Recorded);
    }

    [Fact]
    public async Task Certify_SeveralOfWhichOneChanged_CertifiesNone()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        await topic.BringToAsync(SubmissionState.Recorded);
        var form = await data.PublishAnnualFormAsync();
        var round = await data.OpenRoundAsync([form], [topic.Lao]);
        var other = topic with
        {
            FormId = form,
            Round = round,
            Key = await data.SubmissionOfAsync(round, topic.Lao, form),
        };
        await other.SaveAsync(other.Recorder, Fields(("roads", "1")));
        (await other.SubmitAsync()).ShouldBeEmpty();
        await using var certifier = data.As(topic.Certifier);
        var waiting = await certifier.Get<SubmissionQueries>().ListToCertifyAsync(topic.Lao.UnitId, Token);
        waiting.Count.ShouldBe(2);
        var seen = waiting.Select(w => new SeenSubmission(w.Key, w.Seen)).ToList();

        var refusal = await Should.ThrowAsync<Refusal>(() =>
            certifier
                .Get<CertifySubmissions>()
                .ExecuteAsync(certifier.Actor, [seen[0], seen[1] with { Seen = "old" }], Token)
        );
        refusal.Code.ShouldBe("seen_changed");
        (await topic.StateAsync()).ShouldBe(SubmissionState.Recorded);
        (await other.StateAsync()).ShouldBe(SubmissionState.Recorded);

        var both = await certifier.Get<CertifySubmissions>().ExecuteAsync(certifier.Actor, seen, Token);
        both.Distinct().Count().ShouldBe(2);
        (await topic.StateAsync()).ShouldBe(SubmissionState.Certified);
        (await other.StateAsync()).ShouldBe(SubmissionState.Certified);
    }

    [Fact]
    public async Task Certify_ByTwoAtOnce_MakesOneCertificate()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        await topic.BringToAsync(SubmissionState.Recorded);
        var second = await data.CreatePersonAsync(topic.Lao, Role.Certifier);

        var outcomes = await Task.WhenAll(TryCertifyAsync(topic, topic.Certifier), TryCertifyAsync(topic, second));

        outcomes.Count(o => o == "certified").ShouldBe(1);
        outcomes.Single(o => o != "certified").ShouldBeOneOf("wrong_state", "seen_changed");
    }

    [Fact]
    public async Task Certify_WhileAnOfficerReturns_OneWinsAndTheOtherIsTold()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        await topic.BringToAsync(SubmissionState.Recorded);
        await using var certifier = data.As(topic.Certifier);
        var seen = (await certifier.Get<SubmissionQueries>().FindAsync(topic.Key, Token))!.Seen;
        await topic.ReturnAsync();

        var refusal = await Should.ThrowAsync<Refusal>(() =>
            certifier.Get<CertifySubmissions>().ExecuteAsync(certifier.Actor, [new(topic.Key, seen)], Token)
        );

        refusal.Code.ShouldBe("wrong_state");
        (await topic.StateAsync()).ShouldBe(SubmissionState.Returned);
    }

    [Fact]
    public async Task Return_ByTwoOfficersAtOnce_ReturnsOnce()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        await topic.BringToAsync(SubmissionState.Recorded);
        var province = await data.CreatePersonAsync(topic.Province, Role.Officer);

        var outcomes = await Task.WhenAll(ReturnAsync(topic.Officer), ReturnAsync(province));

        outcomes.ShouldBe(["returned", "wrong_state"], ignoreOrder: true);

        async Task<string> ReturnAsync(TestPerson officer)
        {
            await using var session = data.As(officer);
            try
            {
                await session.Get<ReturnSubmission>().ExecuteAsync(session.Actor, topic.Key, "ตรวจยอด", [], Token);
                return "returned";
            }
            catch (Refusal refusal)
            {
                return refusal.Code;
            }
        }
    }

    [Fact]
    public async Task Certify_ByWhoeverRecorded_IsRefusedUnlessTheDepartmentAllowsIt()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        await topic.BringToAsync(SubmissionState.Recorded);
        var both = await data.AddMembershipAsync(topic.Recorder, topic.Lao, Role.Certifier);

        await using var session = data.As(both);
        (await session.Get<SubmissionQueries>().ListToCertifyAsync(topic.Lao.UnitId, Token))
            .Single()
            .RecordedBySelf.ShouldBeTrue();
        var refusal = await Should.ThrowAsync<Refusal>(() => topic.CertifyAsync(both));
        refusal.Code.ShouldBe("certifier_recorded");

        await data.ExecuteAsync(
            TestData.JobActor(),
            "update unit set allows_self_certification = true where unit_id = $1",
            topic.Lao.UnitId
        );
        await topic.CertifyAsync(both);
        (await topic.StateAsync()).ShouldBe(SubmissionState.Certified);
    }

    [Fact]
    public async Task Certify_ByWhoTypedOnlyAnEarlierVersion_IsRefusedToo()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateAnnualTopicAsync();
        await topic.SaveAsync(topic.SecondRecorder, Fields(("note", "ก")));
        await topic.SaveAsync(topic.Recorder, Fields(("roads", "1")), baseRevision: 1);
        (await topic.SubmitAsync()).ShouldBeEmpty();
        var typed = await data.AddMembershipAsync(topic.SecondRecorder, topic.Lao, Role.Certifier);

        (await Should.ThrowAsync<Refusal>(() => topic.CertifyAsync(typed))).Code.ShouldBe("certifier_recorded");
    }

    [Fact]
    public async Task Return_OfACertifiedSubmission_VoidsTheCertificateAndKeepsItsBytes()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        await topic.BringToAsync(SubmissionState.Certified);
        var first = (await CertificatesAsync(topic)).Single();

        await topic.ReturnAsync("ยอดไม่ตรง");
        await topic.AddConfirmedRecordAsync("เพิ่ม");
        (await topic.SubmitAsync()).ShouldBeEmpty();
        await topic.CertifyAsync();

        var certificates = await CertificatesAsync(topic);
        certificates.Count.ShouldBe(2);
        var old = certificates.Single(c => c.CertificateId == first.CertificateId);
        (old.Content, old.Sha256, old.VoidReason).ShouldBe((first.Content, first.Sha256, "ยอดไม่ตรง"));
        certificates.Single(c => c.CertificateId != first.CertificateId).VoidedAt.ShouldBeNull();
    }

    [Theory]
    [InlineData("update certificate set content = '\\x00' where certificate_id = $1")]
    [InlineData("update certificate set certified_at = now() where certificate_id = $1")]
    [InlineData("delete from certificate where certificate_id = $1")]
    public async Task CertifiedBytes_CannotBeChangedByAnybody(string sql)
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        await topic.BringToAsync(SubmissionState.Certified);
        var certificate = (await CertificatesAsync(topic)).Single();

        foreach (
            var actor in new[]
            {
                topic.Recorder.Actor(),
                topic.Certifier.Actor(),
                topic.Officer.Actor(),
                TestData.JobActor(),
            }
        )
        {
            var refused = await Should.ThrowAsync<PostgresException>(() =>
                data.ExecuteAsync(actor, sql, certificate.CertificateId)
            );
            refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        }
        (await CertificatesAsync(topic)).Single().ShouldBe(certificate);
    }

    [Fact]
    public async Task Amend_AfterClosing_IsTheOfficersToAllow()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        await topic.BringToAsync(SubmissionState.Certified);
        var day = topic.Round.Request.ClosesOn.AddDays(40);
        var after = BangkokTime.StartOfDay(day);
        await using var recorder = data.As(topic.Recorder, after);
        var refusal = await Should.ThrowAsync<Refusal>(() =>
            recorder.Get<AmendSubmission>().ExecuteAsync(recorder.Actor, topic.Key, "พิมพ์ผิด", Token)
        );
        refusal.Code.ShouldBe("round_closed");

        await using var officer = data.As(topic.Officer, after);
        await officer.Get<AmendSubmission>().ExecuteAsync(officer.Actor, topic.Key, "อปท. ขอแก้ไข", Token);

        var detail = (await recorder.Get<SubmissionQueries>().FindAsync(topic.Key, Token))!;
        (detail.State, detail.IsAmended, detail.OpenUntil, detail.CertificateId).ShouldBe(
            (SubmissionState.InProgress, true, day.AddDays(15), null)
        );
        detail.May.ShouldContain(SubmissionAction.Save);
    }

    [Fact]
    public async Task Amend_ByTheRecorderBeforeClosing_DoesNotProlongTheRound()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        await topic.BringToAsync(SubmissionState.Certified);
        await using var recorder = data.As(topic.Recorder);

        await recorder.Get<AmendSubmission>().ExecuteAsync(recorder.Actor, topic.Key, "พิมพ์ผิด", Token);

        (await recorder.Get<SubmissionQueries>().FindAsync(topic.Key, Token))!.OpenUntil.ShouldBeNull();
    }

    [Fact]
    public async Task SubmitAndRecall_AfterClosing_AreRefused_AndCertifyingIsNot()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        await topic.BringToAsync(SubmissionState.Recorded);
        var after = BangkokTime.EndOfDay(topic.Round.Request.ClosesOn);
        await using var recorder = data.As(topic.Recorder, after);
        await using var certifier = data.As(topic.Certifier, after);

        (await Refused(() => recorder.Get<RecallSubmission>().ExecuteAsync(recorder.Actor, topic.Key, Token))).ShouldBe(
            "round_closed"
        );
        (await Refused(() => certifier.Get<SendBack>().ExecuteAsync(certifier.Actor, topic.Key, "ก", Token))).ShouldBe(
            "round_closed"
        );

        await topic.CertifyAsync(at: after);
        (await topic.StateAsync()).ShouldBe(SubmissionState.Certified);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public async Task Late_IsJudgedByTheEndOfTheDeadlinesDayInBangkok(int minutes, bool isLate)
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        await topic.AddConfirmedRecordAsync();
        var at = BangkokTime.EndOfDay(topic.Round.Request.Deadline).AddMinutes(minutes);
        (await topic.SubmitAsync(at: at)).ShouldBeEmpty();

        await using var session = data.As(topic.Recorder, at.AddDays(5));
        (await session.Get<SubmissionQueries>().FindAsync(topic.Key, Token))!.IsLate.ShouldBe(isLate);
    }

    [Fact]
    public async Task Lift_GoesBackToTheStateBeforeTheExemption()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        await topic.BringToAsync(SubmissionState.Returned);
        await topic.BringToAsync(SubmissionState.Exempt);
        await using var administrator = data.As(
            await data.CreatePersonAsync(await data.DepartmentAsync(), Role.Administrator)
        );

        await administrator.Get<LiftExemption>().ExecuteAsync(administrator.Actor, topic.Key, "", Token);

        (await topic.StateAsync()).ShouldBe(SubmissionState.Returned);
        await using var recorder = data.As(topic.Recorder);
        var detail = (await recorder.Get<SubmissionQueries>().FindAsync(topic.Key, Token))!;
        detail.Return!.Reason.ShouldBe("ข้อมูลไม่ครบ");
    }

    [Fact]
    public async Task Return_PointsAtFieldsAndIsShownUntilAnswered()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateRegisterTopicAsync();
        var (_, sheet) = await topic.AddConfirmedRecordAsync();
        (await topic.SubmitAsync()).ShouldBeEmpty();
        await using var officer = data.As(topic.Officer);
        await officer
            .Get<ReturnSubmission>()
            .ExecuteAsync(officer.Actor, topic.Key, "ปีไม่ถูกต้อง", [new(sheet, "years")], Token);
        await using var recorder = data.As(topic.Recorder);
        var queries = recorder.Get<SubmissionQueries>();

        var home = (await queries.ListHomeAsync(topic.Lao.UnitId, Token)).Single().Topics.Single();
        (home.NextStep, home.State, home.CanEdit).ShouldBe((NextStep.Correct, SubmissionState.Returned, true));
        (home.Return!.Reason, home.Return.UnitName).ShouldBe(("ปีไม่ถูกต้อง", topic.District.NameTh));
        home.Return.Fields.ShouldBe([new FieldReference(sheet, "years")]);

        (await topic.SubmitAsync()).ShouldBeEmpty();
        (await queries.FindAsync(topic.Key, Token))!.Return.ShouldBeNull();
    }

    [Fact]
    public async Task Review_ShowsWhatCameInAndWhoIsNotDone()
    {
        var data = await TestData.OpenAsync();
        var form = await data.PublishRegisterAsync();
        var topic = await data.CreateTopicAsync(form);
        await topic.BringToAsync(SubmissionState.Recorded);
        await using var officer = data.As(topic.Officer);
        var queries = officer.Get<SubmissionQueries>();
        var filter = new ReviewFilter(RoundId: topic.Round.RoundId);

        (await queries.ListReviewAsync(filter with { Reviewed = false }, Token)).Total.ShouldBe(1);
        (await queries.ListReviewAsync(filter with { Done = true }, Token)).Total.ShouldBe(0);
        (
            await queries.ListReviewAsync(
                filter with
                {
                    Search = topic.Lao.NameTh,
                    State = SubmissionState.Recorded,
                },
                Token
            )
        )
            .Rows.Single()
            .Key.ShouldBe(topic.Key);
        await officer.Get<MarkReviewed>().ExecuteAsync(officer.Actor, topic.Key, "ตรวจแล้ว", Token);
        (await queries.ListReviewAsync(filter with { Reviewed = true }, Token)).Total.ShouldBe(1);
        await topic.CertifyAsync();
        (await queries.ListReviewAsync(filter with { Done = true }, Token)).Total.ShouldBe(1);

        var stranger = await data.CreatePersonAsync(await data.CreateDistrictAsync(topic.Province), Role.Officer);
        await using var other = data.As(stranger);
        (await other.Get<SubmissionQueries>().ListReviewAsync(filter, Token)).Total.ShouldBe(0);
    }

    private static readonly System.Text.Json.JsonSerializerOptions Readable = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static async Task<string> TryCertifyAsync(TestTopic topic, TestPerson certifier)
    {
        try
        {
            await topic.CertifyAsync(certifier);
            return "certified";
        }
        catch (Refusal refusal)
        {
            return refusal.Code;
        }
    }

    private static async Task<CertificateDetail> CertificateAsync(TestTopic topic, Guid id)
    {
        await using var session = topic.Data.As(topic.Recorder);
        return (await session.Get<SubmissionQueries>().FindCertificateAsync(topic.Lao.UnitId, id, Token))!;
    }

    private static async Task<IReadOnlyList<CertificateDetail>> CertificatesAsync(TestTopic topic)
    {
        await using var session = topic.Data.As(topic.Recorder);
        return await session.Get<SubmissionQueries>().ListCertificatesAsync(topic.Key, Token);
    }

    private static async Task<string> Refused(Func<Task> act) => (await Should.ThrowAsync<Refusal>(act)).Code;
}

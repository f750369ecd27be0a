using Microsoft.EntityFrameworkCore;
using Thongthin.Features.Rounds;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Rounds;

public sealed class OpenRoundTests
{
    private static readonly CancellationToken Token = CancellationToken.None;

    [Fact]
    public async Task Open_FreezesTheRosterAndMakesEverySubmission()
    {
        var data = await TestData.OpenAsync();
        var district = await data.CreateDistrictAsync(await data.CreateProvinceAsync());
        var (sao, pao) = (await data.CreateLaoAsync(district), await data.CreateLaoAsync(district, "pao"));
        var (one, two) = (await data.PublishQuicklyAsync(), await data.PublishQuicklyAsync());
        var draft = await data.CreateRoundAsync([one, two], [sao, pao]);

        await using var job = data.AsJob();
        var opened = await job.Get<OpenRound>().ExecuteAsync(job.Actor, draft.RoundId, Token);

        opened.ShouldBe(new OpenedRound(2, 4));
        var roster = await job.Db.Set<RoundRoster>().Where(r => r.RoundId == draft.RoundId).ToListAsync(Token);
        roster
            .Select(r => (r.LaoId, r.NameTh, r.SupervisingUnitId, r.DistrictId))
            .ShouldBe(
                [
                    (sao.UnitId, sao.NameTh, district.UnitId, district.UnitId),
                    (pao.UnitId, pao.NameTh, district.ProvinceId!.Value, district.UnitId),
                ],
                ignoreOrder: true
            );
        var submissions = await job.Db.Set<Submission>().Where(s => s.RoundId == draft.RoundId).ToListAsync(Token);
        submissions.ShouldAllBe(s => s.State == SubmissionState.NotStarted && s.FiscalYear == 2563);
        submissions.Select(s => (s.LaoId, s.FormId)).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public async Task Open_TakesTheDirectoryAsItWasOnTheOpeningDay()
    {
        var data = await TestData.OpenAsync();
        var district = await data.CreateDistrictAsync(await data.CreateProvinceAsync());
        var lao = await data.CreateLaoAsync(district);
        var draft = await data.CreateRoundAsync([await data.PublishQuicklyAsync()], [lao]);
        await data.RenameAsync(lao, "ชื่อใหม่" + lao.NameTh, draft.Request.OpensOn.AddDays(1));

        await using var job = data.AsJob();
        await job.Get<OpenRound>().ExecuteAsync(job.Actor, draft.RoundId, Token);

        var row = await job.Db.Set<RoundRoster>().SingleAsync(r => r.RoundId == draft.RoundId, Token);
        row.NameTh.ShouldBe(lao.NameTh);
    }

    [Fact]
    public async Task Open_WhenAnotherRoundAsksTheSame_RefusesAndNamesIt()
    {
        var data = await TestData.OpenAsync();
        var district = await data.CreateDistrictAsync(await data.CreateProvinceAsync());
        var (asked, free) = (await data.CreateLaoAsync(district), await data.CreateLaoAsync(district));
        var form = await data.PublishQuicklyAsync();
        var first = await data.OpenRoundAsync([form], [asked]);
        var second = await data.CreateRoundAsync([form], [asked, free]);

        await using var job = data.AsJob();
        var refusal = await Should.ThrowAsync<Refusal>(() =>
            job.Get<OpenRound>().ExecuteAsync(job.Actor, second.RoundId, Token)
        );

        refusal.Code.ShouldBe("round_overlaps");
        refusal.Arguments.ShouldBe([first.Request.TitleTh, 1]);
        (await job.Db.Set<RoundRoster>().CountAsync(r => r.RoundId == second.RoundId, Token)).ShouldBe(0);
        var other = await data.OpenRoundAsync([form], [asked], new RoundOptions { FiscalYear = 2562 });
        (await job.Db.Set<Submission>().CountAsync(s => s.RoundId == other.RoundId, Token)).ShouldBe(1);
    }

    [Fact]
    public async Task Open_ByTwoAtOnce_OpensOnce()
    {
        var data = await TestData.OpenAsync();
        var district = await data.CreateDistrictAsync(await data.CreateProvinceAsync());
        var draft = await data.CreateRoundAsync(
            [await data.PublishQuicklyAsync()],
            [await data.CreateLaoAsync(district)]
        );

        var outcomes = await Task.WhenAll(OpenAsync(), OpenAsync());

        outcomes.ShouldBe(["opened", "round_is_open"], ignoreOrder: true);

        async Task<string> OpenAsync()
        {
            await using var job = data.AsJob();
            try
            {
                await job.Get<OpenRound>().ExecuteAsync(job.Actor, draft.RoundId, Token);
                return "opened";
            }
            catch (Refusal refusal)
            {
                return refusal.Code;
            }
        }
    }

    [Fact]
    public async Task Open_OfTwoRoundsOverTheSameAtOnce_OpensOneAndTellsTheOther()
    {
        var data = await TestData.OpenAsync();
        var lao = await data.CreateLaoAsync(await data.CreateDistrictAsync(await data.CreateProvinceAsync()));
        var form = await data.PublishQuicklyAsync();
        var drafts = new[] { await data.CreateRoundAsync([form], [lao]), await data.CreateRoundAsync([form], [lao]) };

        var outcomes = await Task.WhenAll(drafts.Select(d => OpenAsync(d.RoundId)));

        outcomes.Count(o => o == "opened").ShouldBe(1);
        outcomes.Single(o => o != "opened").ShouldBeOneOf("round_overlaps", "submission_exists");

        async Task<string> OpenAsync(Guid round)
        {
            await using var job = data.AsJob();
            try
            {
                await job.Get<OpenRound>().ExecuteAsync(job.Actor, round, Token);
                return "opened";
            }
            catch (Refusal refusal)
            {
                return refusal.Code;
            }
        }
    }

    [Fact]
    public async Task Open_WhenNobodyIsAsked_Refuses()
    {
        var data = await TestData.OpenAsync();
        var district = await data.CreateDistrictAsync(await data.CreateProvinceAsync());
        var lao = await data.CreateLaoAsync(district);
        var draft = await data.CreateRoundAsync([await data.PublishQuicklyAsync()], [lao with { Kind = "pao" }]);

        await using var job = data.AsJob();
        var refusal = await Should.ThrowAsync<Refusal>(() =>
            job.Get<OpenRound>().ExecuteAsync(job.Actor, draft.RoundId, Token)
        );
        refusal.Code.ShouldBe("round_audience_empty");
    }

    [Theory]
    [InlineData("district")]
    [InlineData("province")]
    [InlineData("department")]
    public async Task Open_ByAnyoneButTheDepartmentsAdministrator_IsRefused(string level)
    {
        var data = await TestData.OpenAsync();
        var district = await data.CreateDistrictAsync(await data.CreateProvinceAsync());
        var unit = level switch
        {
            "district" => district,
            "province" => new TestUnit(district.ProvinceId!.Value, "province", "", "", null, null, null),
            _ => await data.DepartmentAsync(),
        };
        var person = await data.CreatePersonAsync(unit, level == "department" ? Role.Officer : Role.Administrator);
        var draft = await data.CreateRoundAsync(
            [await data.PublishQuicklyAsync()],
            [await data.CreateLaoAsync(district)]
        );

        await using var session = data.As(person);
        var refusal = await Should.ThrowAsync<Refusal>(() =>
            session.Get<OpenRound>().ExecuteAsync(session.Actor, draft.RoundId, Token)
        );

        refusal.Code.ShouldBe("not_allowed");
    }

    [Fact]
    public async Task Open_ByTheDepartmentsAdministrator_Opens()
    {
        var data = await TestData.OpenAsync();
        var district = await data.CreateDistrictAsync(await data.CreateProvinceAsync());
        var person = await data.CreatePersonAsync(await data.DepartmentAsync(), Role.Administrator);
        var draft = await data.CreateRoundAsync(
            [await data.PublishQuicklyAsync()],
            [await data.CreateLaoAsync(district)]
        );

        await using var session = data.As(person);
        await session.Get<OpenRound>().ExecuteAsync(session.Actor, draft.RoundId, Token);

        var detail = (await session.Get<RoundQueries>().FindAsync(draft.Slug, Token))!;
        detail.State.ShouldBe(RoundState.Open);
        detail.Laos.ShouldBe(1);
        (
            await data.ScalarAsync(
                session.Actor,
                "select count(*) from audit_event where action = 'round_opened' and user_id = $1",
                person.UserId
            )
        ).ShouldBe(1L);
    }

    [Fact]
    public async Task Open_ForTheWholeCountry_TakesSeconds()
    {
        var data = await TestData.CreateAsync();
        await data.CreateCountryAsync(provinces: 76, districtsEach: 12, laosEach: 103);
        var forms = new[]
        {
            await data.PublishQuicklyAsync(),
            await data.PublishQuicklyAsync(),
            await data.PublishQuicklyAsync(),
        };
        await using var job = data.AsJob();
        var request = (await data.CreateRoundAsync(forms, [])).Request with { Slug = "whole", Kinds = [] };
        var id = await job.Get<CreateRound>().ExecuteAsync(job.Actor, request, Token);

        var started = TimeProvider.System.GetTimestamp();
        var opened = await job.Get<OpenRound>().ExecuteAsync(job.Actor, id, Token);

        opened.ShouldBe(new OpenedRound(76 * 103, 76 * 103 * 3));
        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(20));
        var none = await data.ScalarAsync(TestData.JobActor(), "select count(*) from verify_progress()");
        none.ShouldBe(0L);
    }

    [Fact]
    public async Task Find_OfADraft_ShowsWhoWouldBeAskedAndWarnsOfAWeekend()
    {
        var data = await TestData.OpenAsync();
        var district = await data.CreateDistrictAsync(await data.CreateProvinceAsync());
        var draft = await data.CreateRoundAsync(
            [await data.PublishQuicklyAsync()],
            [
                await data.CreateLaoAsync(district),
                await data.CreateLaoAsync(district),
                await data.CreateLaoAsync(district, "pao"),
            ],
            // 31 May 2563 was a Sunday
            new RoundOptions { Deadline = new DateOnly(2020, 5, 31), ClosesOn = new DateOnly(2020, 6, 30) }
        );

        await using var job = data.AsJob();
        var detail = (await job.Get<RoundQueries>().FindAsync(draft.Slug, Token))!;

        detail.State.ShouldBe(RoundState.Draft);
        detail.Audience.Select(a => (a.Kind, a.Laos)).ShouldBe([("pao", 1), ("sao", 2)], ignoreOrder: true);
        detail.Warning.ShouldBe(new DeadlineWarning(new(2020, 5, 31), null, new(2020, 6, 1)));
    }

    [Fact]
    public async Task Find_OfADraft_ByAnybodyOutsideTheDepartment_IsNull()
    {
        var data = await TestData.OpenAsync();
        var district = await data.CreateDistrictAsync(await data.CreateProvinceAsync());
        var lao = await data.CreateLaoAsync(district);
        var draft = await data.CreateRoundAsync([await data.PublishQuicklyAsync()], [lao]);

        await using var recorder = data.As(await data.CreatePersonAsync(lao, Role.Recorder));

        (await recorder.Get<RoundQueries>().FindAsync(draft.Slug, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Cancel_KeepsTheRoundAndSaysWhy()
    {
        var data = await TestData.OpenAsync();
        var district = await data.CreateDistrictAsync(await data.CreateProvinceAsync());
        var round = await data.OpenRoundAsync(
            [await data.PublishQuicklyAsync()],
            [await data.CreateLaoAsync(district)]
        );

        await using var job = data.AsJob();
        await job.Get<CancelRound>().ExecuteAsync(job.Actor, round.RoundId, " ประกาศผิดปี ", Token);

        var detail = (await job.Get<RoundQueries>().FindAsync(round.Slug, Token))!;
        detail.State.ShouldBe(RoundState.Cancelled);
        detail.Round.CancelReason.ShouldBe("ประกาศผิดปี");
        var again = await Should.ThrowAsync<Refusal>(() =>
            job.Get<CancelRound>().ExecuteAsync(job.Actor, round.RoundId, "อีกครั้ง", Token)
        );
        again.Code.ShouldBe("round_cancelled");
    }

    [Fact]
    public async Task List_FiltersByStateAndSearches()
    {
        var data = await TestData.OpenAsync();
        var district = await data.CreateDistrictAsync(await data.CreateProvinceAsync());
        var lao = await data.CreateLaoAsync(district);
        var form = await data.PublishQuicklyAsync();
        var title = "รอบที่ค้นหา" + lao.NameTh;
        var open = await data.OpenRoundAsync([form], [lao], new RoundOptions { TitleTh = title });
        var past = new DateOnly(2019, 3, 1);
        var closed = await data.OpenRoundAsync(
            [form],
            [lao],
            new RoundOptions
            {
                TitleTh = title,
                FiscalYear = 2562,
                OpensOn = past,
                Deadline = past,
                ClosesOn = past,
            }
        );
        var draft = await data.CreateRoundAsync([form], [lao], new RoundOptions { TitleTh = title, FiscalYear = 2564 });

        await using var job = data.AsJob();
        var queries = job.Get<RoundQueries>();

        (await Slugs(null)).ShouldBe([draft.Slug, open.Slug, closed.Slug], ignoreOrder: true);
        (await Slugs(RoundState.Open)).ShouldBe([open.Slug]);
        (await Slugs(RoundState.Closed)).ShouldBe([closed.Slug]);
        (await Slugs(RoundState.Draft)).ShouldBe([draft.Slug]);

        async Task<IEnumerable<string>> Slugs(RoundState? state) =>
            (await queries.ListAsync(new RoundFilter(title, state), Token)).Select(r => r.Slug);
    }

    [Fact]
    public async Task Create_WithWrongDays_SaysSo()
    {
        var data = await TestData.OpenAsync();
        var form = await data.PublishQuicklyAsync();
        var request = (await data.CreateRoundAsync([form], [])).Request;
        await using var job = data.AsJob();

        (await Code(request with { Slug = "no spaces" })).ShouldBe("round_slug");
        (await Code(request)).ShouldBe("round_slug_taken");
        (await Code(request with { Slug = New(), TitleEn = " " })).ShouldBe("round_title");
        (await Code(request with { Slug = New(), FiscalYear = 2020 })).ShouldBe("round_fiscal_year");
        (await Code(request with { Slug = New(), Deadline = request.OpensOn.AddDays(-1) })).ShouldBe("round_days");
        (await Code(request with { Slug = New(), ReturnDays = 0 })).ShouldBe("round_return_days");
        (await Code(request with { Slug = New(), Forms = [] })).ShouldBe("round_forms");
        (await Code(request with { Slug = New(), Forms = ["not-there"] })).ShouldBe("form_not_published");
        (await Code(request with { Slug = New(), FiscalYear = 2550 })).ShouldBe("form_not_published");

        static string New() => "slug-" + TestData.Next();

        async Task<string> Code(RoundRequest wrong) =>
            (await Should.ThrowAsync<Refusal>(() => job.Get<CreateRound>().ExecuteAsync(job.Actor, wrong, Token))).Code;
    }
}

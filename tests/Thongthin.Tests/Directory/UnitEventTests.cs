using Thongthin.Features.Directory;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Units;

/// <summary>Units of tests exist since 1990; tests happen on 15 January 2020. Histories are read as "2019-12-01 อบต.ก".</summary>
public sealed class UnitEventTests
{
    private static readonly UnitEventRequest Change = new(new DateOnly(2019, 12, 1), "ประกาศสมมติ", "มท 1/2562");

    [Fact]
    public async Task Rename_FromAPastDay_KeepsTheOldNameBefore()
    {
        var (data, district, lao) = await CountryAsync();
        await DoAsync<RenameUnit>(
            data,
            (o, a) => o.ExecuteAsync(a, lao.UnitId, "ใหม่" + lao.NameTh, "New", Change, default)
        );
        (await HistoryAsync(data, lao)).ShouldBe([
            $"1990-10-01 อบต.{lao.NameTh} {district.UnitId}",
            $"2019-12-01 อบต.ใหม่{lao.NameTh} {district.UnitId}",
        ]);
        (await EventsAsync(data, lao)).ShouldBe(["rename subject 2019-12-01 ประกาศสมมติ มท 1/2562"]);
    }

    [Fact]
    public async Task Rename_EnteredAfterALaterChangeOfKind_IsCarriedIntoIt()
    {
        var (data, district, lao) = await CountryAsync();
        await DoAsync<ChangeUnitKind>(
            data,
            (o, a) => o.ExecuteAsync(a, lao.UnitId, UnitKind.SubdistrictMunicipality, null, Change, default)
        );
        var earlier = Change with { EffectiveOn = new DateOnly(2010, 1, 1) };
        await DoAsync<RenameUnit>(
            data,
            (o, a) => o.ExecuteAsync(a, lao.UnitId, "ใหม่" + lao.NameTh, "", earlier, default)
        );
        (await HistoryAsync(data, lao)).ShouldBe([
            $"1990-10-01 อบต.{lao.NameTh} {district.UnitId}",
            $"2010-01-01 อบต.ใหม่{lao.NameTh} {district.UnitId}",
            $"2019-12-01 ทต.ใหม่{lao.NameTh} {district.UnitId}",
        ]);
    }

    [Fact]
    public async Task ChangeKind_ToATownMunicipality_MovesSupervisionToTheProvince()
    {
        var (data, _, lao) = await CountryAsync();
        await DoAsync<ChangeUnitKind>(
            data,
            (o, a) => o.ExecuteAsync(a, lao.UnitId, UnitKind.TownMunicipality, "04530199", Change, default)
        );
        (await SupervisionAsync(data, lao)).ShouldBe([$"1990-10-01 {lao.DistrictId}", $"2019-12-01 {lao.ProvinceId}"]);
        (await data.ScalarAsync(TestData.JobActor(), CurrentCode, lao.UnitId)).ShouldBe("04530199");
    }

    [Fact]
    public async Task ChangeKind_OfAnLaoUnderAnExceptionalOffice_KeepsTheOffice()
    {
        var data = await TestData.OpenAsync();
        var province = await data.CreateProvinceAsync();
        var district = await data.CreateDistrictAsync(province);
        var lao = await data.CreateLaoAsync(district, "sao", supervisor: province);
        await DoAsync<ChangeUnitKind>(
            data,
            (o, a) => o.ExecuteAsync(a, lao.UnitId, UnitKind.SubdistrictMunicipality, null, Change, default)
        );
        (await SupervisionAsync(data, lao)).ShouldBe([$"1990-10-01 {province.UnitId}"]);
    }

    [Fact]
    public async Task Move_ToAnotherProvince_TakesTheDistrictAndItsSupervision()
    {
        var (data, _, lao) = await CountryAsync();
        var other = await data.CreateDistrictAsync(await data.CreateProvinceAsync());
        await DoAsync<MoveUnit>(
            data,
            (o, a) => o.ExecuteAsync(a, lao.UnitId, other.ProvinceId!.Value, other.UnitId, null, Change, default)
        );
        (await SupervisionAsync(data, lao)).ShouldBe([$"1990-10-01 {lao.DistrictId}", $"2019-12-01 {other.UnitId}"]);
        (await HistoryAsync(data, lao))[^1].ShouldBe($"2019-12-01 อบต.{lao.NameTh} {other.UnitId}");
    }

    [Fact]
    public async Task Move_ToADistrictOfAnotherProvinceThanNamed_IsRefusedAndChangesNothing()
    {
        var (data, _, lao) = await CountryAsync();
        var other = await data.CreateDistrictAsync(await data.CreateProvinceAsync());
        await RefusedAsync<MoveUnit>(
            data,
            "unit_place",
            (o, a) => o.ExecuteAsync(a, lao.UnitId, lao.ProvinceId!.Value, other.UnitId, null, Change, default)
        );
        (await HistoryAsync(data, lao)).Count.ShouldBe(1);
        (await EventsAsync(data, lao)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Merge_IntoAnExistingLao_EndsTheOthersAndLinksThem()
    {
        var (data, district, first) = await CountryAsync();
        var second = await data.CreateLaoAsync(district);
        var third = await data.CreateLaoAsync(district, "subdistrict_municipality");
        await DoAsync<MergeUnits>(
            data,
            (o, a) => o.ExecuteAsync(a, [second.UnitId, first.UnitId], third.UnitId, null, Change, default)
        );
        foreach (var ended in (TestUnit[])[first, second])
        {
            (
                await data.ScalarAsync(
                    TestData.JobActor(),
                    "select abolished_on from unit where unit_id = $1",
                    ended.UnitId
                )
            ).ShouldBe(new DateOnly(2019, 12, 1));
            (await SupervisionAsync(data, ended)).ShouldBe([$"1990-10-01 {district.UnitId} until 2019-12-01"]);
            (await EventsAsync(data, ended)).ShouldHaveSingleItem().ShouldStartWith("merge predecessor");
        }
        (await EventsAsync(data, third)).ShouldHaveSingleItem().ShouldStartWith("merge successor");
    }

    [Fact]
    public async Task Merge_IntoANewLaoOfTheSameName_IsAllowed()
    {
        var (data, district, first) = await CountryAsync();
        var second = await data.CreateLaoAsync(district);
        var begins = new NewUnit(
            UnitKind.Sao,
            first.NameTh,
            ProvinceId: district.ProvinceId,
            DistrictId: district.UnitId
        );
        var id = 0;
        await DoAsync<MergeUnits>(
            data,
            async (o, a) => id = await o.ExecuteAsync(a, [first.UnitId, second.UnitId], null, begins, Change, default)
        );
        (await HistoryAsync(data, first with { UnitId = id })).ShouldBe([
            $"2019-12-01 อบต.{first.NameTh} {district.UnitId}",
        ]);
        (await SupervisionAsync(data, first with { UnitId = id })).ShouldBe([$"2019-12-01 {district.UnitId}"]);
    }

    /// <summary>Two LAOs become one in the middle of a year, between last year's closed round and this year's open one.</summary>
    [Fact]
    public async Task Merge_InTheMiddleOfAYear_LeavesLastYearsTotalsAndGivesThisYearItsDenominator()
    {
        var (data, district, first) = await CountryAsync();
        var second = await data.CreateLaoAsync(district);
        var stays = await data.CreateLaoAsync(district);
        TestUnit[] laos = [first, second, stays];
        var form = await data.PublishQuicklyAsync();
        var means = Features.Rounds.DoneMeans.Recorded;
        var last = await data.OpenRoundAsync(
            [form],
            laos,
            new RoundOptions
            {
                FiscalYear = 2562,
                OpensOn = new(2019, 1, 1),
                Deadline = new(2019, 3, 31),
                ClosesOn = new(2019, 4, 30),
                DoneMeans = means,
            }
        );
        var now = await data.OpenRoundAsync(
            [form],
            laos,
            new RoundOptions { OpensOn = new(2019, 10, 1), DoneMeans = means }
        );
        foreach (var lao in laos)
        {
            await RecordNilAsync(
                data,
                await data.SubmissionOfAsync(last, lao, form),
                new(2019, 3, 1, 5, 0, 0, TimeSpan.Zero)
            );
        }
        await RecordNilAsync(
            data,
            await data.SubmissionOfAsync(now, first, form),
            new(2019, 11, 1, 5, 0, 0, TimeSpan.Zero)
        );
        var before = await TotalsAsync(data, last);

        await DoAsync<MergeUnits>(
            data,
            (o, a) => o.ExecuteAsync(a, [first.UnitId, second.UnitId], stays.UnitId, null, Change, default)
        );

        before.ShouldBe("3 asked, 3 done, 0 exempt");
        (await TotalsAsync(data, last)).ShouldBe(before);
        // what was finished before the merger stays counted, what was not leaves the denominator
        (await TotalsAsync(data, now)).ShouldBe("3 asked, 1 done, 1 exempt");
        (await data.StateOfAsync(await data.SubmissionOfAsync(now, second, form))).ShouldBe(
            Features.Submissions.SubmissionState.Exempt
        );
        (
            await data.ScalarAsync(
                TestData.JobActor(),
                "select count(*) from round_roster where round_id = $1 and district_id = $2",
                last.RoundId,
                district.UnitId
            )
        ).ShouldBe(3L);
        (
            await data.ScalarAsync(
                TestData.JobActor(),
                "select string_agg(what, ' ') from verify_progress() where round_slug in ($1, $2)",
                last.Slug,
                now.Slug
            )
        ).ShouldBeNull();
    }

    private static async Task<object?> TotalsAsync(TestData data, TestRound round) =>
        await data.ScalarAsync(
            TestData.JobActor(),
            """
            select count(*) || ' asked, ' || count(*) filter (where is_done) || ' done, '
                || count(*) filter (where is_exempt) || ' exempt'
            from round_unit where round_id = $1
            """,
            round.RoundId
        );

    private static Task<int> RecordNilAsync(TestData data, Features.Submissions.SubmissionKey key, DateTimeOffset at) =>
        data.ExecuteAsync(
            TestData.JobActor(at),
            """
            insert into submission_event (lao_id, submission_id, number, submission_event_id, at, action, from_state, to_state,
                user_name, role, unit_name, reason)
            values ($1, $2, 1, $3, $4, 'nil', 'not_started', 'recorded', 'สมมติ', 'recorder', 'สมมติ', '')
            """,
            key.LaoId,
            key.SubmissionId,
            Guid.CreateVersion7(),
            at
        );

    [Fact]
    public async Task Split_LeavesTheOldOneAndBeginsANewOne()
    {
        var (data, district, lao) = await CountryAsync();
        var begins = new NewUnit(
            UnitKind.SubdistrictMunicipality,
            "แยก" + lao.NameTh,
            ProvinceId: district.ProvinceId,
            DistrictId: district.UnitId
        );
        await DoAsync<SplitUnit>(data, (o, a) => o.ExecuteAsync(a, lao.UnitId, [begins], false, Change, default));
        (await HistoryAsync(data, lao)).Count.ShouldBe(1);
        (await EventsAsync(data, lao)).ShouldHaveSingleItem().ShouldStartWith("split predecessor");
    }

    [Fact]
    public async Task Abolish_ExemptsWhatIsUnfinishedAndLeavesWhatIsDone()
    {
        var (data, district, lao) = await CountryAsync();
        var other = await data.CreateLaoAsync(district);
        var form = await data.PublishQuicklyAsync();
        var done = await data.PublishQuicklyAsync();
        var round = await data.OpenRoundAsync(
            [form, done],
            [lao, other],
            new RoundOptions { DoneMeans = Features.Rounds.DoneMeans.Recorded }
        );
        var finished = await data.SubmissionOfAsync(round, lao, done);
        await data.ExecuteAsync(
            TestData.JobActor(),
            """
            insert into submission_event (lao_id, submission_id, number, submission_event_id, at, action, from_state, to_state,
                user_name, role, unit_name, reason)
            values ($1, $2, 1, $3, $4, 'nil', 'not_started', 'recorded', 'สมมติ', 'recorder', 'สมมติ', '')
            """,
            finished.LaoId,
            finished.SubmissionId,
            Guid.CreateVersion7(),
            TestData.Noon
        );
        await DoAsync<AbolishUnit>(data, (o, a) => o.ExecuteAsync(a, lao.UnitId, Change, default));
        (await data.StateOfAsync(await data.SubmissionOfAsync(round, lao, form))).ShouldBe(
            Features.Submissions.SubmissionState.Exempt
        );
        (await data.StateOfAsync(finished)).ShouldBe(Features.Submissions.SubmissionState.Recorded);
        (await data.StateOfAsync(await data.SubmissionOfAsync(round, other, form))).ShouldBe(
            Features.Submissions.SubmissionState.NotStarted
        );
        (
            await data.ScalarAsync(
                TestData.JobActor(),
                "select reason from submission_event where lao_id = $1 and action = 'exempt'",
                lao.UnitId
            )
        ).ShouldBe(Change.Reason);
    }

    [Fact]
    public async Task Abolish_OfADistrictWithLaos_IsRefused()
    {
        var (data, district, _) = await CountryAsync();
        await RefusedAsync<AbolishUnit>(
            data,
            "unit_has_units",
            (o, a) => o.ExecuteAsync(a, district.UnitId, Change, default)
        );
    }

    [Fact]
    public async Task Abolish_BeforeALaterChange_IsRefused()
    {
        var (data, _, lao) = await CountryAsync();
        await DoAsync<RenameUnit>(
            data,
            (o, a) => o.ExecuteAsync(a, lao.UnitId, "ใหม่" + lao.NameTh, "", Change, default)
        );
        await RefusedAsync<AbolishUnit>(
            data,
            "unit_changed_later",
            (o, a) => o.ExecuteAsync(a, lao.UnitId, Change with { EffectiveOn = new DateOnly(2015, 1, 1) }, default)
        );
    }

    [Fact]
    public async Task Create_OfANameThatIsTakenInTheDistrict_IsRefusedAndLeavesNothing()
    {
        var (data, district, lao) = await CountryAsync();
        var same = new NewUnit(UnitKind.Sao, lao.NameTh, ProvinceId: district.ProvinceId, DistrictId: district.UnitId);
        await RefusedAsync<CreateUnit>(data, "unit_name_taken", (o, a) => o.ExecuteAsync(a, same, Change, default));
        // ทต. and อบต. of one name share a district
        await DoAsync<CreateUnit>(
            data,
            (o, a) => o.ExecuteAsync(a, same with { Kind = UnitKind.SubdistrictMunicipality }, Change, default)
        );
    }

    [Theory]
    [InlineData("2020-01-16", "เหตุ", "unit_event_in_future")]
    [InlineData("2020-01-15", " ", "reason_required")]
    [InlineData("1990-09-30", "เหตุ", "unit_not_existing")]
    public async Task Event_ThatCannotBe_IsRefused(string day, string reason, string code)
    {
        var (data, _, lao) = await CountryAsync();
        var request = new UnitEventRequest(
            DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture),
            reason
        );
        await RefusedAsync<RenameUnit>(data, code, (o, a) => o.ExecuteAsync(a, lao.UnitId, "ก", "", request, default));
    }

    [Fact]
    public async Task ChangeSupervision_ToAnOfficeElsewhere_IsRefused_AndToItsProvinceIsNot()
    {
        var (data, _, lao) = await CountryAsync();
        var elsewhere = await data.CreateProvinceAsync();
        await RefusedAsync<ChangeSupervision>(
            data,
            "unit_supervisor",
            (o, a) => o.ExecuteAsync(a, lao.UnitId, elsewhere.UnitId, Change, default)
        );
        await DoAsync<ChangeSupervision>(
            data,
            (o, a) => o.ExecuteAsync(a, lao.UnitId, lao.ProvinceId!.Value, Change, default)
        );
        (await SupervisionAsync(data, lao)).ShouldBe([$"1990-10-01 {lao.DistrictId}", $"2019-12-01 {lao.ProvinceId}"]);
    }

    [Theory]
    [InlineData(nameof(Role.Officer), true)]
    [InlineData(nameof(Role.Administrator), false)]
    public async Task Event_ByAnybodyButTheDepartmentsAdministrator_IsRefused(string role, bool atDepartment)
    {
        var (data, district, lao) = await CountryAsync();
        var person = await data.CreatePersonAsync(
            atDepartment ? await data.DepartmentAsync() : district,
            Enum.Parse<Role>(role)
        );
        await using var session = data.As(person);
        var refusal = await Should.ThrowAsync<Refusal>(() =>
            session.Get<RenameUnit>().ExecuteAsync(session.Actor, lao.UnitId, "ก", "", Change, default)
        );
        refusal.Code.ShouldBe("not_allowed");
        (await HistoryAsync(data, lao)).Count.ShouldBe(1);
    }

    private const string CurrentCode = "select code from unit_version where unit_id = $1 and valid_to is null";

    private static async Task<(TestData Data, TestUnit District, TestUnit Lao)> CountryAsync()
    {
        var data = await TestData.OpenAsync();
        var district = await data.CreateDistrictAsync(await data.CreateProvinceAsync());
        return (data, district, await data.CreateLaoAsync(district));
    }

    private static async Task DoAsync<T>(TestData data, Func<T, Actor, Task> act)
        where T : notnull
    {
        var person = await data.CreatePersonAsync(await data.DepartmentAsync(), Role.Administrator);
        await using var session = data.As(person);
        await act(session.Get<T>(), session.Actor);
    }

    private static async Task RefusedAsync<T>(TestData data, string code, Func<T, Actor, Task> act)
        where T : notnull => (await Should.ThrowAsync<Refusal>(() => DoAsync(data, act))).Code.ShouldBe(code);

    private static Task<IReadOnlyList<string>> HistoryAsync(TestData data, TestUnit unit) =>
        LinesAsync(
            data,
            """
            select valid_from || ' ' || abbreviation_th || ' ' || district_id || coalesce(' until ' || nullif(valid_to,
                lead(valid_from) over (order by valid_from)), '')
            from unit_version where unit_id = $1 order by valid_from
            """,
            unit
        );

    private static Task<IReadOnlyList<string>> SupervisionAsync(TestData data, TestUnit unit) =>
        LinesAsync(
            data,
            """
            select valid_from || ' ' || supervising_unit_id || coalesce(' until ' || nullif(valid_to,
                lead(valid_from) over (order by valid_from)), '')
            from supervision where lao_id = $1 order by valid_from
            """,
            unit
        );

    private static Task<IReadOnlyList<string>> EventsAsync(TestData data, TestUnit unit) =>
        LinesAsync(
            data,
            """
            select e.kind || ' ' || u.part || ' ' || e.effective_on || ' ' || e.reason || ' ' || coalesce(e.reference, '-')
            from unit_event e join unit_event_unit u using (unit_event_id) where u.unit_id = $1 order by e.entered_at, e.unit_event_id
            """,
            unit
        );

    private static async Task<IReadOnlyList<string>> LinesAsync(TestData data, string sql, TestUnit unit) =>
        (string[])(await data.ScalarAsync(TestData.JobActor(), $"select array({sql})", unit.UnitId))!;
}

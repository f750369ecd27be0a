using System.Globalization;
using Thongthin.Features.Rounds;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Progress;

/// <summary>
/// Two provinces with a round of two forms, in the database that tests share. The first has two districts; its อบจ. and
/// its ทม. lie in the first district and are the province's to supervise. Nobody has recorded anything yet.
/// </summary>
internal sealed class ProgressScene
{
    private readonly TestData _data;

    private ProgressScene(TestData data) => _data = data;

    public required TestUnit Province { get; init; }
    public required TestUnit OtherProvince { get; init; }
    public required TestUnit District { get; init; }
    public required TestUnit OtherDistrict { get; init; }

    /// <summary>อบจ., ทม., อบต. and อบต. of the first district, in report order.</summary>
    public required IReadOnlyList<TestUnit> Laos { get; init; }
    public required TestUnit LaoOfOtherDistrict { get; init; }
    public required TestUnit LaoOfOtherProvince { get; init; }
    public required IReadOnlyList<string> Forms { get; init; }
    public required TestRound Round { get; init; }

    public string Path => "/progress/" + Round.Slug;
    public string ProvincePath => Path + "/provinces/" + Text(Province.UnitId);
    public string DistrictPath => Path + "/districts/" + Text(District.UnitId);

    public string UnitPath(TestUnit lao) => Path + "/units/" + Text(lao.UnitId);

    public static async Task<ProgressScene> CreateAsync(
        TestData data,
        DoneMeans doneMeans = DoneMeans.Recorded,
        DateOnly? deadline = null
    )
    {
        var options = new RoundOptions { DoneMeans = doneMeans };
        var province = await data.CreateProvinceAsync();
        var otherProvince = await data.CreateProvinceAsync();
        var district = await data.CreateDistrictAsync(province);
        var otherDistrict = await data.CreateDistrictAsync(province);
        TestUnit[] laos =
        [
            await data.CreateLaoAsync(district, "pao"),
            await data.CreateLaoAsync(district, "town_municipality"),
            await data.CreateLaoAsync(district),
            await data.CreateLaoAsync(district),
        ];
        var second = await data.CreateLaoAsync(otherDistrict);
        var third = await data.CreateLaoAsync(await data.CreateDistrictAsync(otherProvince));
        string[] forms = [await data.PublishAnnualFormAsync(), await data.PublishRegisterAsync()];
        return new ProgressScene(data)
        {
            Province = province,
            OtherProvince = otherProvince,
            District = district,
            OtherDistrict = otherDistrict,
            Laos = laos,
            LaoOfOtherDistrict = second,
            LaoOfOtherProvince = third,
            Forms = forms,
            Round = await data.OpenRoundAsync(
                forms,
                [.. laos, second, third],
                options with
                {
                    Deadline = deadline ?? options.Deadline,
                }
            ),
        };
    }

    public Task<TestPerson> PersonAsync(TestUnit unit, Role role = Role.Officer) => _data.CreatePersonAsync(unit, role);

    public async Task<TestPerson> DepartmentAsync(Role role = Role.Officer) =>
        await _data.CreatePersonAsync(await _data.DepartmentAsync(), role);

    /// <summary>The LAO records these forms (both, when none is named) so many days before noon.</summary>
    public async Task RecordAsync(TestUnit lao, int daysAgo, params string[] forms)
    {
        foreach (var form in forms.Length == 0 ? Forms : forms)
        {
            await MoveAsync(lao, form, "submit", "recorded", daysAgo);
        }
    }

    /// <summary>Moves one submission, as the job may.</summary>
    public async Task MoveAsync(TestUnit lao, string form, string action, string to, int daysAgo) =>
        await _data.ExecuteAsync(
            TestData.JobActor(),
            """
            insert into submission_event (lao_id, submission_id, number, submission_event_id, at, action, from_state, to_state,
                user_name, role, unit_name, reason)
            select lao_id, submission_id, event_count + 1, gen_random_uuid(), $4, $5, state, $6, 'test', 'job', '', 'เหตุผล'
            from submission where round_id = $1 and lao_id = $2 and form_id = $3
            """,
            Round.RoundId,
            lao.UnitId,
            form,
            TestData.Noon.AddDays(-daysAgo),
            action,
            to
        );

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Progress;

/// <summary>How many LAOs are in each of the six states; for an LAO with several forms its least advanced one counts.</summary>
internal sealed class StateCounts
{
    private readonly int[] _counts = new int[Enum.GetValues<SubmissionState>().Length];

    public static IReadOnlyList<SubmissionState> States { get; } =
    [
        SubmissionState.NotStarted,
        SubmissionState.InProgress,
        SubmissionState.Returned,
        SubmissionState.Recorded,
        SubmissionState.Certified,
        SubmissionState.Exempt,
    ];

    public int this[SubmissionState state] => _counts[(int)state];

    public void Add(SubmissionState state, int count) => _counts[(int)state] += count;
}

/// <summary>
/// The six states for those who manage: only of LAOs in scope (the database shows no others), only as they are now, for
/// no history of states is kept by day.
/// </summary>
internal sealed class StateQueries(AppDb db)
{
    /// <summary>
    /// A table's six states are shown to the Department, to the office whose table it is, and to the province above.
    /// </summary>
    public static bool MaySee(Actor actor, ProgressTable table) =>
        actor.Kind == ActorKind.Job
        || actor.Level switch
        {
            UnitLevel.Department => true,
            UnitLevel.Province => table.Province?.UnitId == actor.UnitId,
            UnitLevel.District => table.District?.UnitId == actor.UnitId,
            _ => false,
        };

    /// <summary>By province.</summary>
    public async Task<IReadOnlyDictionary<int, StateCounts>> NationalAsync(
        ProgressScope scope,
        CancellationToken cancellationToken
    )
    {
        var (round, kind) = (scope.Round.RoundId, scope.Filter.Kind);
        var rows = await db
            .Database.SqlQuery<StateOfProvince>(
                $"""
                select o.province_id, s.state, count(*)::int as count
                from unit_state({round}, {scope.Forms}::text[]) s
                join round_roster o on o.round_id = {round} and o.lao_id = s.lao_id
                where {kind}::text is null or o.kind = {kind}
                group by o.province_id, s.state
                """
            )
            .ToListAsync(cancellationToken);
        var counts = new Dictionary<int, StateCounts>();
        foreach (var row in rows)
        {
            if (!counts.TryGetValue(row.ProvinceId, out var province))
            {
                counts[row.ProvinceId] = province = new StateCounts();
            }
            province.Add(row.State, row.Count);
        }
        return counts;
    }

    /// <summary>By LAO.</summary>
    public async Task<IReadOnlyDictionary<int, SubmissionState>> OfLaosAsync(
        ProgressScope scope,
        int provinceId,
        CancellationToken cancellationToken
    )
    {
        var round = scope.Round.RoundId;
        var rows = await db
            .Database.SqlQuery<StateOfLao>(
                $"""
                select s.lao_id, s.state
                from unit_state({round}, {scope.Forms}::text[]) s
                join round_roster o on o.round_id = {round} and o.lao_id = s.lao_id
                where o.province_id = {provinceId}
                """
            )
            .ToListAsync(cancellationToken);
        return rows.ToDictionary(r => r.LaoId, r => r.State);
    }

    private sealed record StateOfProvince(int ProvinceId, SubmissionState State, int Count);

    private sealed record StateOfLao(int LaoId, SubmissionState State);
}

using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Submissions;

namespace Thongthin.Features.Reviewing;

/// <summary>A number of a submission among those of similar LAOs.</summary>
/// <param name="Previous">of the latest earlier year; null: none</param>
/// <param name="Peers">how many others it is compared with</param>
/// <param name="InProvince">they are of the same province; else of the country</param>
/// <param name="Deviation">median distance of theirs from their median</param>
internal sealed record PeerRow(
    string Question,
    double Number,
    double? Previous,
    int Peers,
    bool InProvince,
    double Median,
    double Deviation
)
{
    public double? Score => RobustScore.Of(Number, Median, Deviation);
}

/// <summary>Finds what stands out of a recorded submission, from the facts written with the submit; no sheet is opened.</summary>
internal sealed class Outliers(AppDb db)
{
    /// <summary>The farthest first.</summary>
    public async Task<IReadOnlyList<PeerRow>> ListAsync(SubmissionDetail detail, CancellationToken cancellationToken)
    {
        var rows = await db
            .Database.SqlQuery<PeerRow>(
                $"select * from fact_peers({detail.Key.LaoId}, {detail.FormId}, {detail.FiscalYear})"
            )
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Where(row => RobustScore.IsOutlier(row.Score)).OrderByDescending(row => Math.Abs(row.Score!.Value)),
        ];
    }
}

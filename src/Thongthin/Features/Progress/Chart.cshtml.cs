using Microsoft.AspNetCore.Mvc;
using Thongthin.Platform.Security;
using Thongthin.Platform.Spreadsheets;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Progress;

/// <summary>Done per day against the deadline, of the country, a province or a district, with the line of the year before.</summary>
internal sealed class ChartModel(ProgressQueries queries, ProgressDays days, CurrentActor current, Texts texts)
    : PlacePage(queries, current, texts)
{
    public ProgressChart Chart { get; private set; } = null!;

    /// <summary>The chart is of those that are done.</summary>
    public override bool HasState => false;

    public string Title => Texts["progress.chart.title", PlaceAndRound];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await FindAsync(cancellationToken) || !await FindPlacesAsync(cancellationToken))
        {
            return NotFound();
        }
        var before = await days.YearBeforeAsync(Scope, cancellationToken);
        ProgressRound[] rounds = before is null ? [Round] : [Round, before];
        var lines = await days.ListAsync(Scope, rounds, Province, District, cancellationToken);
        Chart = ProgressChart.Of(lines[0], lines.ElementAtOrDefault(1), Scope.AsOf ?? Today);
        return IsReadable && Format == "csv"
            ? File(
                Csv(),
                TableExport.CsvType,
                UnitExport.FileName(Scope, "csv").Replace("units-", "chart-", StringComparison.Ordinal)
            )
            : Page();
    }

    private byte[] Csv()
    {
        var before = Chart.Before.ToDictionary(p => p.Offset);
        using var stream = new MemoryStream();
        using (var csv = new CsvWriter(stream, byteOrderMark: true))
        {
            csv.Row("day", "days_after_deadline", "new", "recorded", "lao_count", "percent", "percent_year_before");
            foreach (var p in Chart.Points)
            {
                csv.Row(
                    p.Day,
                    p.Offset,
                    p.New,
                    p.Done,
                    p.Asked,
                    p.Percent,
                    before.GetValueOrDefault(p.Offset)?.Percent
                );
            }
        }
        return stream.ToArray();
    }
}

using System.Globalization;
using System.Text;

namespace Thongthin.Features.Progress;

/// <summary>Where the chart's lines and bars stand in its drawing, in units of its view box.</summary>
internal sealed class ChartDrawing(ProgressChart chart)
{
    public const int Width = 720;
    public const int Height = 380;
    public const int Left = 66;
    public const int Right = 708;
    public const int Top = 34;
    public const int Bottom = 330;

    private const int MostTicks = 9;
    private static readonly int[] Steps = [1, 2, 5, 7, 14, 28, 56, 91, 182];

    public static IReadOnlyList<int> Shares { get; } = [0, 25, 50, 75, 100];

    public string ThisYear => Path(chart.Points);

    public string YearBefore => Path(chart.Before);

    public string Deadline => Text(X(0));

    public ChartPoint? End => chart.Points.Count > 0 ? chart.Points[^1] : null;

    /// <summary>Offsets that are written under the chart; the deadline is always among them.</summary>
    public IEnumerable<int> Ticks
    {
        get
        {
            var step = Steps.FirstOrDefault(s => (chart.Last - chart.First) / s < MostTicks, Steps[^1]);
            for (var offset = chart.First / step * step; offset <= chart.Last; offset += step)
            {
                yield return offset;
            }
        }
    }

    public static string Y(decimal percent) => Text(Bottom - ((Bottom - Top) * percent / 100));

    public string XOf(int offset) => Text(X(offset));

    private decimal X(int offset) =>
        Left + ((Right - Left) * (decimal)(offset - chart.First) / (chart.Last - chart.First));

    private string Path(IReadOnlyList<ChartPoint> points)
    {
        var path = new StringBuilder();
        foreach (var point in points)
        {
            path.Append(path.Length == 0 ? 'M' : 'L')
                .Append(Text(X(point.Offset)))
                .Append(' ')
                .Append(Y(point.Percent));
        }
        return path.ToString();
    }

    private static string Text(decimal number) => Math.Round(number, 1).ToString("0.#", CultureInfo.InvariantCulture);
}

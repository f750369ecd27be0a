using Thongthin.Forms.Schema;

namespace Thongthin.Features.Demonstration;

/// <summary>
/// A number of the size that its question's rules suggest: between other answers where the rules relate it to them, else
/// far below the order of magnitude at which somebody is asked "are you sure", growing with the size of the LAO.
/// </summary>
internal static class InventedNumber
{
    /// <param name="size">of the LAO; 1 for a middling อบต.</param>
    /// <param name="draw">0 to 1, the same for this question in every year</param>
    /// <param name="year">what the year does to it, about 1</param>
    /// <param name="holds">whether the rules allow a number</param>
    /// <returns>null where no number was found that the rules allow</returns>
    public static double? Of(
        Question question,
        RuleLimits limits,
        double size,
        double draw,
        double year,
        Func<double, bool> holds
    )
    {
        var wanted = Rounded(question, Wanted(question, limits, size, draw, year));
        if (holds(wanted))
        {
            return wanted;
        }
        // a factor of two each way until the rules are content; then the small numbers that they often demand
        for (var factor = 2.0; factor < 1e7; factor *= 2)
        {
            foreach (var other in (double[])[wanted / factor, wanted * factor])
            {
                var tried = Rounded(question, other);
                if (holds(tried))
                {
                    return tried;
                }
            }
        }
        return holds(0) ? 0
            : holds(1) ? 1
            : null;
    }

    private static double Wanted(Question question, RuleLimits limits, double size, double draw, double year)
    {
        var low = double.IsNaN(limits.Usual.Low) ? limits.Required.Low : limits.Usual.Low;
        var high = Smaller(limits.Usual.High, limits.Required.High);
        if (low > 0 && high >= low)
        {
            return low * Math.Pow(high / low, 0.35 + 0.3 * draw);
        }
        if (!double.IsNaN(high))
        {
            return Math.Max(0, high) * Share(question, limits, draw);
        }
        var (least, most) = (limits.Fixed.Low, limits.Fixed.High);
        if (question.Plausible is null && least <= most)
        {
            return least + (most - least) * (0.3 + 0.65 * draw);
        }
        return Math.Min(Typical(question, double.IsNaN(most) ? 1000 : most) * size * (0.5 + draw) * year, most / 2);
    }

    /// <summary>How much of the whole: nearly all where a rule forbids more, about half of what is unusual, little of a yearly figure.</summary>
    private static double Share(Question question, RuleLimits limits, double draw) =>
        (double.IsNaN(limits.Usual.High), question.YearBound) switch
        {
            (false, _) => 0.4 + 0.35 * draw,
            (true, null) => 0.05 + 0.5 * draw,
            _ => 0.75 + 0.24 * draw,
        };

    private static double Typical(Question question, double most) =>
        question.Unit.Th == "บาท"
            ? Math.Pow(most, 0.75)
            : Math.Pow(
                most,
                most switch
                {
                    <= 1_000 => 0.35,
                    <= 1_000_000 => 0.45,
                    _ => 0.55,
                }
            );

    private static double Rounded(Question question, double value) =>
        question.Type == QuestionType.Integer || question.Unit.Th == "บาท" ? Math.Floor(value) : Math.Round(value, 2);

    private static double Smaller(double a, double b) =>
        double.IsNaN(a) ? b
        : double.IsNaN(b) ? a
        : Math.Min(a, b);
}

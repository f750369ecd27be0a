using System.Globalization;

namespace Thongthin.Forms.Schema;

/// <summary>
/// How far a number may move from last year's before a reason is asked for: <c>10%</c> (or <c>±10%</c>) either way,
/// <c>-5%</c> falls only, <c>+5%</c> rises only; without the percent sign an absolute difference in the question's unit.
/// </summary>
/// <param name="Amount">of percent or of the unit, zero or more</param>
/// <param name="Falls">a fall beyond the amount counts</param>
/// <param name="Rises">a rise beyond the amount counts</param>
public sealed record YearBound(double Amount, bool IsPercent, bool Falls, bool Rises)
{
    /// <summary>null when the text is not a bound.</summary>
    public static YearBound? Parse(string text)
    {
        var body = text.Trim().Replace(" ", "", StringComparison.Ordinal);
        var (falls, rises) = body switch
        {
            ['±', ..] => (true, true),
            ['-' or '−', ..] => (true, false),
            ['+', ..] => (false, true),
            _ => (true, true),
        };
        body = body.TrimStart('±', '-', '−', '+');
        var isPercent = body.EndsWith('%');
        return
            double.TryParse(
                body.TrimEnd('%'),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var amount
            ) && double.IsFinite(amount)
            ? new YearBound(amount, isPercent, falls, rises)
            : null;
    }

    /// <summary>
    /// Whether the step from <paramref name="before"/> to <paramref name="now"/> goes beyond the bound. From zero, every
    /// percentage is exceeded by any change.
    /// </summary>
    public bool IsExceeded(double before, double now)
    {
        var change = now - before;
        if (change == 0 || (change < 0 && !Falls) || (change > 0 && !Rises))
        {
            return false;
        }
        var limit = IsPercent ? Math.Abs(before) * Amount / 100 : Amount;
        return Math.Abs(change) > limit * (1 + 1e-12);
    }

    public override string ToString()
    {
        var sign = (Falls, Rises) switch
        {
            (true, false) => "-",
            (false, true) => "+",
            _ => "±",
        };
        return sign + Amount.ToString(CultureInfo.InvariantCulture) + (IsPercent ? "%" : "");
    }
}

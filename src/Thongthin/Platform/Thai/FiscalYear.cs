namespace Thongthin.Platform.Thai;

/// <summary>
/// A fiscal year runs from 1 October to 30 September and is named by the Buddhist year in which it ends: 2565 is
/// 1 October 2021 – 30 September 2022. It is stored as that number.
/// </summary>
internal static class FiscalYear
{
    /// <summary>The fiscal year (Buddhist) of a calendar day.</summary>
    public static int Of(DateOnly day) => day.Year + ThaiDate.YearOffset + (day.Month >= 10 ? 1 : 0);

    /// <summary>1 October of the Gregorian year before.</summary>
    public static DateOnly FirstDay(int fiscalYear) => new(fiscalYear - ThaiDate.YearOffset - 1, 10, 1);

    /// <summary>30 September, still inside the fiscal year.</summary>
    public static DateOnly LastDay(int fiscalYear) => new(fiscalYear - ThaiDate.YearOffset, 9, 30);
}

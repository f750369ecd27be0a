using System.Globalization;

namespace Thongthin.Platform.Thai;

/// <summary>Shares with two decimals, half up, everywhere the same: 292 of 7,850 is 3.72.</summary>
internal static class Percent
{
    /// <param name="part">0 or more</param>
    /// <param name="whole">0 or more; of nothing the share is 0</param>
    public static decimal Of(long part, long whole) =>
        whole == 0 ? 0m : Math.Round(part * 100m / whole, 2, MidpointRounding.AwayFromZero);

    /// <summary>Always two decimals: 3.72, 0.00, 100.00.</summary>
    public static string Format(long part, long whole, Digits digits = Digits.Arabic) =>
        digits.In(Of(part, whole).ToString("0.00", CultureInfo.InvariantCulture));
}

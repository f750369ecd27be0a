using System.Globalization;
using Thongthin.Platform.Thai;

namespace Thongthin.Platform.Web;

/// <summary>Times and fiscal years as a page's reader wants them, beside the dates of <see cref="Texts"/>.</summary>
internal static class DateTexts
{
    /// <summary>10:32 on Bangkok's clocks.</summary>
    public static string Time(this Texts texts, DateTimeOffset at) =>
        texts.Digits(BangkokTime.Local(at).ToString("HH:mm", CultureInfo.InvariantCulture));

    /// <summary>A fiscal year stays Buddhist in both languages, never grouped: ปีงบประมาณ 2563; fiscal year 2563 BE.</summary>
    public static string FiscalYear(this Texts texts, int fiscalYear)
    {
        var year = fiscalYear.ToString(CultureInfo.InvariantCulture);
        return texts.IsEnglish ? $"fiscal year {year} BE" : $"ปีงบประมาณ {texts.Digits(year)}";
    }
}

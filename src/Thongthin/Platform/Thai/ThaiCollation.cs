using System.Globalization;

namespace Thongthin.Platform.Thai;

/// <summary>
/// Thai dictionary order (ICU): a leading vowel is read after its consonant, so เชียงใหม่ stands among ช, and numbers
/// inside names count as numbers. The same order as the database's collation <c>thai</c>.
/// </summary>
internal static class ThaiCollation
{
    public static StringComparer Comparer { get; } =
        CultureInfo.GetCultureInfo("th-TH").CompareInfo.GetStringComparer(CompareOptions.NumericOrdering);
}

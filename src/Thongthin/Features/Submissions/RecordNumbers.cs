using System.Globalization;

namespace Thongthin.Features.Submissions;

/// <summary>
/// How records of a register are numbered: the form's first three letters, the LAO's code, the year in which it was added,
/// a running number. Assigned once, never recalculated.
/// </summary>
internal static class RecordNumbers
{
    /// <param name="code">the LAO's; its id where it has none</param>
    public static string Prefix(string formId, string? code, int laoId, int fiscalYear) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{formId[..Math.Min(3, formId.Length)].ToUpperInvariant()}-{code ?? laoId.ToString(CultureInfo.InvariantCulture)}-{fiscalYear % 100:00}-"
        );

    public static string Of(string prefix, int number) => prefix + number.ToString("000", CultureInfo.InvariantCulture);
}

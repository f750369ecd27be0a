using System.Globalization;

namespace Thongthin.Features.Evidence;

/// <summary>Address of the evidence of an LAO's fiscal year.</summary>
internal static class EvidencePath
{
    public static string Of(int laoId, int fiscalYear) =>
        string.Create(CultureInfo.InvariantCulture, $"/evidence/{laoId}/{fiscalYear}");
}

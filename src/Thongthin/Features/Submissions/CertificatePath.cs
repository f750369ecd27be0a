using System.Globalization;

namespace Thongthin.Features.Submissions;

/// <summary>Addresses of a certificate: its page, its certified bytes, the signed file; and all of an LAO's fiscal year.</summary>
internal static class CertificatePath
{
    public static string Of(int laoId, Guid certificateId) =>
        string.Create(CultureInfo.InvariantCulture, $"/certificates/{laoId}/{certificateId}");

    public static string Content(int laoId, Guid certificateId) => $"{Of(laoId, certificateId)}/content";

    public static string Signed(int laoId, Guid certificateId) => $"{Of(laoId, certificateId)}/signed";

    public static string OfYear(int laoId, int fiscalYear) =>
        string.Create(CultureInfo.InvariantCulture, $"/certificates/{laoId}/{fiscalYear}");
}

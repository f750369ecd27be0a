using System.Globalization;

namespace Thongthin.Features.Submissions;

/// <summary>Addresses of a certificate: its page and its certified bytes.</summary>
internal static class CertificatePath
{
    public static string Of(int laoId, Guid certificateId) =>
        string.Create(CultureInfo.InvariantCulture, $"/certificates/{laoId}/{certificateId}");

    public static string Content(int laoId, Guid certificateId) => $"{Of(laoId, certificateId)}/content";
}

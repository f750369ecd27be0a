using System.Globalization;

namespace Thongthin.Features.Submissions.Attachments;

/// <summary>Addresses of an LAO's attachments.</summary>
internal static class AttachmentPath
{
    public static string Of(int laoId, Guid attachmentId) =>
        string.Create(CultureInfo.InvariantCulture, $"/files/{laoId}/{attachmentId}");

    public static string Thumbnail(int laoId, Guid attachmentId) => Of(laoId, attachmentId) + "/thumbnail";
}

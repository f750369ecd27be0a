using System.Globalization;
using Thongthin.Features.Submissions.Entry;
using Thongthin.Forms.Answers;
using Thongthin.Platform.Files;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions.Attachments;

/// <summary>Writes an attached file: a small picture of it where it is one, its name as a link, what it is and how large.</summary>
internal static class AttachmentHtml
{
    private const double Kilobyte = 1024;

    public static void Write(StoredFile file, int laoId, Texts texts, HtmlOut html)
    {
        var kind = FileKinds.Of(file.Type);
        html.Raw("<a class=\"attachment\"").Attribute("href", AttachmentPath.Of(laoId, file.Id)).Raw(">");
        if (kind is { } picture && picture.IsPicture())
        {
            // the name beside it says what it is
            html.Raw("<img class=\"attachment-picture\" alt=\"\" loading=\"lazy\" width=\"96\" height=\"96\"")
                .Attribute("src", AttachmentPath.Thumbnail(laoId, file.Id))
                .Raw(">");
        }
        html.Raw("<span class=\"attachment-name\">").Text(file.Name).Raw("</span> <span class=\"muted\">");
        html.Text($"{kind?.Name() ?? file.Type}, {Size(file.Size, texts)}").Raw("</span></a>");
    }

    /// <summary>340 KB, 1.2 MB</summary>
    public static string Size(long bytes, Texts texts)
    {
        var kilobytes = bytes / Kilobyte;
        return texts.Digits(
            kilobytes < Kilobyte
                ? Math.Max(1, Math.Round(kilobytes)).ToString("0 KB", CultureInfo.InvariantCulture)
                : (kilobytes / Kilobyte).ToString("0.0 MB", CultureInfo.InvariantCulture)
        );
    }
}

using Thongthin.Features.Submissions.Attachments;
using Thongthin.Platform.Files;

namespace Thongthin.Features.Submissions.Entry;

/// <summary>
/// A file. What is attached stands in a ticked box whose value names it: unticked, it is taken off by the next save, and ticked
/// again it is back. A new file is chosen below and comes along with the form; with scripts it is sent at once (attachments.js).
/// </summary>
internal sealed class FileQuestion : QuestionWriter
{
    protected override void WriteControl(FieldView field, EntryContext context, HtmlOut html)
    {
        var extensions = AttachmentPlace.ExtensionsOf(field.Question).ToList();
        html.Raw("<div class=\"file-field\" data-file-field><div class=\"file-current\" data-file-current>");
        if (field.File is { } file)
        {
            html.Raw("<div class=\"form-check\"><input type=\"checkbox\" class=\"form-check-input\" checked")
                .Attribute("id", field.Path + "-keep")
                .Attribute("name", field.Name)
                .Attribute("value", field.Text)
                .Flag("disabled", field.IsReadOnly)
                .Raw("><label class=\"form-check-label\"")
                .Attribute("for", field.Path + "-keep")
                .Raw(">");
            html.Text(context.T["file.keep"]).Raw("</label></div>");
            AttachmentHtml.Write(file, context.LaoId, context.T, html);
        }
        html.Raw("</div>");
        if (!field.IsReadOnly)
        {
            Attributes(
                    field,
                    html.Raw("<input type=\"file\" class=\"form-control\""),
                    name: AttachPostedFiles.NamePrefix + field.Path,
                    describedBy: field.Path + "-limits"
                )
                .Attribute("accept", string.Join(',', extensions))
                .Raw(">");
            html.Raw("<p class=\"hint\"").Attribute("id", field.Path + "-limits").Raw(">");
            html.Text(context.T["file.limits", Names(field), FileLimits.Megabytes]).Raw("</p>");
        }
        html.Raw("</div>");
    }

    private static string Names(FieldView field) =>
        string.Join(", ", AttachmentPlace.KindsOf(field.Question).Select(kind => kind.Name()));
}

using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Thongthin.Features.Submissions.Attachments;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Schema;

namespace Thongthin.Features.Submissions.Entry;

/// <summary>
/// Writes the answers of a sheet for reading: what reviewers and certifiers see, and what is printed. Only what applies is
/// written; a required answer that is missing is said in words, and a change against the earlier year is marked.
/// </summary>
/// <param name="firstLevel">of the headings, 2 to 6</param>
internal sealed class ReadForm(SheetView sheet, int firstLevel) : IHtmlContent
{
    private readonly EntryContext context = sheet.Context;

    public void WriteTo(TextWriter writer, HtmlEncoder encoder) =>
        WriteNodes(context.Form.Nodes, null, firstLevel, new HtmlOut(writer, encoder));

    private void WriteNodes(IReadOnlyList<FormNode> nodes, AnswerPath? row, int level, HtmlOut html)
    {
        var isOpen = false;
        foreach (var node in nodes.Where(node => sheet.IsRelevant(node, row)))
        {
            if (node is Question question)
            {
                WriteQuestion(question, row, html, ref isOpen);
                continue;
            }
            Close(html, ref isOpen);
            WriteHeading(node, level, html);
            if (node is Group group)
            {
                WriteNodes(group.Nodes, row, level + 1, html);
            }
            else if (node is Repeat repeat)
            {
                WriteRows(repeat, row, level, html);
            }
        }
        Close(html, ref isOpen);
    }

    private void WriteRows(Repeat repeat, AnswerPath? row, int level, HtmlOut html)
    {
        var rows = sheet.Rows(repeat, row);
        if (rows.Count == 0)
        {
            html.Raw("<p class=\"muted\">").Text(context.T["entry.no_rows"]).Raw("</p>");
        }
        foreach (var (index, path) in rows.Index())
        {
            html.Raw("<div class=\"row-panel\"><p class=\"row-title\">");
            html.Text(context.T["entry.row", context.In(repeat.Label), index + 1]).Raw("</p>");
            WriteNodes(repeat.Nodes, path, level + 1, html);
            html.Raw("</div>");
        }
    }

    private void WriteHeading(FormNode node, int level, HtmlOut html)
    {
        if (!node.Label.IsEmpty)
        {
            var tag = "h" + Math.Min(level, 6).ToString(CultureInfo.InvariantCulture) + ">";
            html.Raw("<" + tag).Text(context.In(node.Label)).Raw("</" + tag);
        }
    }

    private void WriteQuestion(Question question, AnswerPath? row, HtmlOut html, ref bool isOpen)
    {
        if (question.Type == QuestionType.Note || question.Label.IsEmpty)
        {
            return;
        }
        if (!isOpen)
        {
            html.Raw("<dl class=\"facts answers\">");
            isOpen = true;
        }
        var field = sheet.Field(question, row);
        html.Raw("<dt>").Text(context.In(question.Label)).Raw("</dt><dd");
        html.Attribute("class", field.Previous is not null && !field.Carried ? "as-typed changed" : "as-typed")
            .Raw(">");
        if (field.File is { } file)
        {
            AttachmentHtml.Write(file, context.LaoId, context.T, html);
        }
        else if (field.Shown.Length > 0)
        {
            html.Text(field.Shown);
        }
        else if (field.Errors.Count == 0)
        {
            html.Raw("<span class=\"muted\">")
                .Text(context.T[field.IsRequired ? "read.missing" : "read.empty"])
                .Raw("</span>");
        }
        if (field.Previous is { } previous && !field.Carried)
        {
            html.Raw(" <span class=\"previous\">").Text(previous).Raw("</span>");
        }
        if (field.Reason.Length > 0)
        {
            html.Raw("<span class=\"previous\">").Text(context.T["read.reason", field.Reason]).Raw("</span>");
        }
        foreach (var message in field.Errors.Concat(field.Warnings))
        {
            html.Raw("<span class=\"field-warning\">").Text(message).Raw("</span>");
        }
        html.Raw("</dd>");
    }

    private static void Close(HtmlOut html, ref bool isOpen)
    {
        if (isOpen)
        {
            html.Raw("</dl>");
            isOpen = false;
        }
    }
}

using Thongthin.Forms.Schema;

namespace Thongthin.Features.Submissions.Entry;

/// <summary>
/// What stands below a field about the year before: last year's value, a box that confirms that nothing changed, and, where a
/// number moved further than its bound, a line for the reason. With scripts the box and the line come and go with what is typed
/// (live.js); without scripts they are there whenever they may be needed, and what is not needed is not counted.
/// </summary>
internal static class RemarkWriter
{
    public static void Write(FieldView field, EntryContext context, HtmlOut html)
    {
        if (field.Previous is { } previous)
        {
            html.Raw("<div class=\"previous\"").Attribute("data-previous", field.PreviousText).Raw(">");
            html.Raw("<p").Attribute("id", field.Path + "-previous").Raw(">").Text(previous).Raw("</p>");
            if (field is { TakesRemarks: true, Question.TakesAnswer: true })
            {
                WriteSame(field, context, html);
            }
            html.Raw("</div>");
        }
        if (field.Question.YearBound is not null && field.Previous is not null && field.TakesRemarks)
        {
            WriteReason(field, context, html);
        }
    }

    private static void WriteSame(FieldView field, EntryContext context, HtmlOut html)
    {
        var path = field.RemarkPath(Remarks.SameOf(field.Question.Name));
        html.Raw("<div class=\"form-check\" data-same><input type=\"checkbox\" class=\"form-check-input\" value=\"OK\"")
            .Attribute("id", path)
            .Attribute("name", FieldView.NamePrefix + path)
            .Flag("checked", field.IsConfirmed)
            .Raw("><label class=\"form-check-label\"")
            .Attribute("for", path)
            .Raw(">");
        html.Text(context.T["entry.unchanged"]).Raw("</label></div>");
    }

    private static void WriteReason(FieldView field, EntryContext context, HtmlOut html)
    {
        var path = field.RemarkPath(Remarks.ReasonOf(field.Question.Name));
        var bound = field.Question.YearBound!;
        html.Raw("<div class=\"reason\" data-reason")
            .Attribute("data-bound", bound.ToString())
            .Flag("hidden", !field.AsksForReason && field.Reason.Length == 0)
            .Raw("><label")
            .Attribute("for", path)
            .Raw(">");
        html.Text(context.T["entry.reason"]).Raw("</label><input type=\"text\" class=\"form-control\"");
        html.Attribute("id", path)
            .Attribute("name", FieldView.NamePrefix + path)
            .Attribute("value", field.Reason)
            .Raw("></div>");
    }
}

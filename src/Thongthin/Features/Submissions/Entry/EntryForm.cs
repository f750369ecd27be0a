using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Schema;
using StoredAnswers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Submissions.Entry;

/// <summary>
/// Writes the questions of a sheet in the form's order: a section per group, a fieldset per row of a repeat. Rows are
/// added and removed by buttons of the same form, so they need no script and what was typed travels with them. What is not
/// relevant is written but hidden: its answers are kept, and scripts can show it again.
/// </summary>
internal sealed class EntryForm(SheetView sheet) : IHtmlContent
{
    // A blank row shows its inner repeats empty: their blank rows are there only to be written by themselves.
    private bool isBlank;

    private readonly EntryContext context = sheet.Context;

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var html = new HtmlOut(writer, encoder);
        WriteNodes(context.Form.Nodes, null, 2, html);
        SharedLists.Write(context, html);
    }

    private void WriteNodes(IReadOnlyList<FormNode> nodes, AnswerPath? row, int level, HtmlOut html)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case Group group:
                    WriteGroup(group, row, level, html);
                    break;
                case Repeat repeat:
                    WriteRepeat(repeat, row, level, html);
                    break;
                case Question question:
                    var field = sheet.Field(question, row);
                    QuestionWriter.Of(question).Write(field, context, html);
                    break;
            }
        }
    }

    private void WriteGroup(Group group, AnswerPath? row, int level, HtmlOut html)
    {
        Open(group, row, level, "panel form-section", html);
        WriteNodes(group.Nodes, row, level + 1, html);
        html.Raw("</section>");
    }

    private void Open(FormNode node, AnswerPath? row, int level, string look, HtmlOut html)
    {
        var id = Id(node, row);
        var heading = Math.Min(level, 6).ToString(CultureInfo.InvariantCulture);
        html.Raw("<section").Attribute("class", level == 2 ? look : "form-group").Attribute("data-node", Id(node, row));
        html.Flag("hidden", !sheet.IsRelevant(node, row));
        if (node.Label.IsEmpty)
        {
            html.Raw(">");
            return;
        }
        html.Attribute("aria-labelledby", id + "-heading").Raw(">");
        html.Raw("<h" + heading)
            .Attribute("id", id + "-heading")
            .Raw(">")
            .Text(context.In(node.Label))
            .Raw("</h" + heading + ">");
        if (!node.Hint.IsEmpty)
        {
            html.Raw("<p class=\"hint\">").Text(context.In(node.Hint)).Raw("</p>");
        }
        if (level == 2 && !sheet.IsReadOnly && sheet.AsLastYear(node).Any())
        {
            html.Raw("<p><button class=\"btn btn-sm btn-outline-secondary\" name=\"_same\"")
                .Attribute("value", node.Name)
                .Raw(">");
            html.Text(context.T["entry.section_unchanged"]).Raw("</button></p>");
        }
    }

    private void WriteRepeat(Repeat repeat, AnswerPath? row, int level, HtmlOut html)
    {
        Open(repeat, row, level, "panel form-section", html);
        var rows = isBlank ? [] : sheet.Rows(repeat, row);
        var label = context.In(repeat.Label);
        var errors = sheet.Errors(Id(repeat, row));
        html.Raw("<span class=\"field-error\" data-error").Attribute("id", Id(repeat, row) + "-error");
        html.Flag("hidden", errors.Count == 0).Raw(">").Text(string.Join(" · ", errors)).Raw("</span>");
        html.Raw("<div class=\"rows\"").Attribute("id", Id(repeat, row)).Attribute("tabindex", "-1").Raw(">");
        foreach (var (index, path) in rows.Index())
        {
            WriteRow(repeat, path, context.T["entry.row", label, index + 1], level, html);
        }
        if (rows.Count == 0)
        {
            html.Raw("<p class=\"muted\">").Text(context.T["entry.no_rows"]).Raw("</p>");
        }
        html.Raw("</div>");
        if (row is null && sheet.BlankRows is { } blank)
        {
            foreach (
                var inner in context.Form.AllNodes.OfType<Repeat>().Where(inner => context.Form.IsWithin(inner, repeat))
            )
            {
                new EntryForm(blank) { isBlank = true }.WriteBlankRow(inner, level, html);
            }
        }
        if (!sheet.IsReadOnly && rows.Count < StoredAnswers.MaximumRows)
        {
            html.Raw("<p><button class=\"btn btn-outline-primary\" name=\"_add\"")
                .Attribute("value", Id(repeat, row))
                .Raw(">");
            html.Text(context.T["entry.add_row", label]).Raw("</button></p>");
        }
        html.Raw("</section>");
    }

    /// <summary>
    /// A row as it is before anything is typed, for scripts that add rows without asking the server: its id and, for its
    /// number, the sign % are theirs to replace.
    /// </summary>
    private void WriteBlankRow(Repeat repeat, int level, HtmlOut html)
    {
        var title = context.T["entry.row", context.In(repeat.Label), "%"];
        html.Raw("<template").Attribute("data-rows", repeat.Name).Raw(">");
        WriteRow(repeat, SheetView.BlankRow(context.Form, repeat), title, level, html);
        html.Raw("</template>");
    }

    private void WriteRow(Repeat repeat, AnswerPath path, string title, int level, HtmlOut html)
    {
        html.Raw("<fieldset class=\"row-panel\" tabindex=\"-1\"")
            .Attribute("id", path.ToString())
            .Attribute("data-row", path.ToString());
        html.Raw("><legend>").Text(title).Raw("</legend>");
        WriteNodes(repeat.Nodes, path, level + 1, html);
        if (!sheet.IsReadOnly)
        {
            html.Raw("<p class=\"row-remove\"><button class=\"btn btn-sm btn-outline-danger\" name=\"_remove\"");
            html.Attribute("value", path.ToString())
                .Attribute("data-confirm", context.T["entry.remove_row_sure", title])
                .Raw(">");
            html.Text(context.T["entry.remove_row", title]).Raw("</button></p>");
        }
        html.Raw("</fieldset>");
    }

    // A group's or repeat's name, inside a row with the row before it.
    private static string Id(FormNode node, AnswerPath? row) => row is null ? node.Name : $"{row}.{node.Name}";
}

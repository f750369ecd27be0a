using System.Globalization;
using Thongthin.Forms.Schema;

namespace Thongthin.Features.Submissions.Entry;

/// <summary>A line of text; with the appearance <c>multiline</c> a larger field. Never cut short while typing: what is too long is said.</summary>
internal sealed class TextQuestion : QuestionWriter
{
    protected override void WriteControl(FieldView field, EntryContext context, HtmlOut html)
    {
        if (field.Question.Appearance?.Contains("multiline", StringComparison.Ordinal) == true)
        {
            Attributes(field, html.Raw("<textarea class=\"form-control\" rows=\"4\""))
                .Flag("readonly", field.IsReadOnly);
            // The browser drops one line break after the start tag.
            html.Raw(">\n").Text(field.Text).Raw("</textarea>");
            return;
        }
        Attributes(field, html.Raw("<input type=\"text\" class=\"form-control\""))
            .Flag("readonly", field.IsReadOnly)
            .Attribute("value", field.Text)
            .Raw(">");
    }
}

/// <summary>A number with its unit beside it. Typed freely, in Thai or Arabic digits, with or without grouping.</summary>
internal sealed class NumberQuestion : QuestionWriter
{
    protected override void WriteControl(FieldView field, EntryContext context, HtmlOut html)
    {
        var unit = context.In(field.Question.Unit);
        html.Raw("<div class=\"input-group field-medium\">");
        Attributes(field, html.Raw("<input type=\"text\" class=\"form-control num\" autocomplete=\"off\" data-number"))
            .Attribute("inputmode", field.Question.Type == QuestionType.Integer ? "numeric" : "decimal")
            .Flag("readonly", field.IsReadOnly)
            .Attribute("value", field.Text)
            .Raw(">");
        if (unit.Length > 0)
        {
            html.Raw("<span class=\"input-group-text\"").Attribute("id", field.Path + "-unit").Raw(">");
            html.Text(unit).Raw("</span>");
        }
        html.Raw("</div>");
    }
}

/// <summary>A day in the Buddhist era; with scripts it gets a calendar beside it (date-picker.js).</summary>
internal sealed class DateQuestion : QuestionWriter
{
    protected override void WriteControl(FieldView field, EntryContext context, HtmlOut html)
    {
        html.Raw("<div class=\"date-field\">");
        Attributes(field, html.Raw("<input type=\"text\" class=\"form-control\" autocomplete=\"off\""))
            .Attribute("data-date", context.Language)
            .Attribute("placeholder", context.T["entry.date_placeholder"])
            .Flag("readonly", field.IsReadOnly)
            .Attribute("value", field.Text)
            .Raw("></div>");
    }
}

/// <summary>One of a list: all visible when they are few, otherwise a drop-down list.</summary>
internal sealed class SelectOneQuestion : QuestionWriter
{
    private const int Few = 12;

    protected override bool IsFieldset(FieldView field, EntryContext context) => IsShort(field.Question, context.Form);

    private static bool IsShort(Question question, FormDefinition form) =>
        form.ListOf(question) is { Choices.Count: <= Few }
        && question.Appearance?.Contains("minimal", StringComparison.Ordinal) != true;

    protected override void WriteControl(FieldView field, EntryContext context, HtmlOut html)
    {
        var choices = context.Form.ListOf(field.Question)?.Choices ?? [];
        var isKnown = field.Text.Length == 0 || choices.Any(choice => choice.Name == field.Text);
        if (!IsShort(field.Question, context.Form))
        {
            WriteList(field, context, html, choices, isKnown);
            return;
        }
        foreach (var (index, choice) in choices.Index())
        {
            WriteRadio(field, html, index, choice.Name, context.In(choice.Label), choice.Name == field.Text);
        }
        if (!isKnown)
        {
            var text = context.T["entry.not_in_list", field.Text];
            WriteRadio(field, html, choices.Count, field.Text, text, isChecked: true);
        }
        if (!field.IsRequired)
        {
            // Without scripts a radio button cannot be taken back: this one is the empty answer.
            WriteRadio(field, html, choices.Count + 1, "", context.T["entry.no_answer"], field.Text.Length == 0);
        }
    }

    private static void WriteRadio(FieldView field, HtmlOut html, int index, string value, string label, bool isChecked)
    {
        var id = index == 0 ? field.Path : string.Create(CultureInfo.InvariantCulture, $"{field.Path}-{index}");
        html.Raw("<div class=\"form-check\">");
        Attributes(field, html.Raw("<input type=\"radio\" class=\"form-check-input\""), id)
            .Attribute("value", value)
            .Flag("checked", isChecked)
            .Flag("disabled", field.IsReadOnly)
            .Raw("><label class=\"form-check-label\"")
            .Attribute("for", id)
            .Raw(">")
            .Text(label)
            .Raw("</label></div>");
    }

    private static void WriteList(
        FieldView field,
        EntryContext context,
        HtmlOut html,
        IReadOnlyList<Choice> choices,
        bool isKnown
    )
    {
        Attributes(field, html.Raw("<select class=\"form-select field-medium\""))
            .Flag("disabled", field.IsReadOnly)
            .Raw(">");
        Option(html, "", context.T["entry.choose"], field.Text.Length == 0);
        if (!isKnown)
        {
            Option(html, field.Text, context.T["entry.not_in_list", field.Text], isChosen: true);
        }
        foreach (var choice in choices)
        {
            Option(html, choice.Name, context.In(choice.Label), choice.Name == field.Text);
        }
        html.Raw("</select>");
    }

    private static void Option(HtmlOut html, string value, string label, bool isChosen) =>
        html.Raw("<option").Attribute("value", value).Flag("selected", isChosen).Raw(">").Text(label).Raw("</option>");
}

/// <summary>Any number of a list, as boxes to tick.</summary>
internal sealed class SelectMultipleQuestion : QuestionWriter
{
    protected override bool IsFieldset(FieldView field, EntryContext context) => true;

    protected override void WriteControl(FieldView field, EntryContext context, HtmlOut html)
    {
        var choices = context.Form.ListOf(field.Question)?.Choices ?? [];
        var chosen = field.Chosen;
        html.Raw(choices.Count > 6 ? "<div class=\"choice-columns\">" : "<div>");
        foreach (var (index, choice) in choices.Index())
        {
            WriteBox(field, html, index, choice.Name, context.In(choice.Label), chosen.Contains(choice.Name));
        }
        foreach (var (index, name) in chosen.Where(name => choices.All(choice => choice.Name != name)).Index())
        {
            WriteBox(field, html, choices.Count + index, name, context.T["entry.not_in_list", name], isChecked: true);
        }
        html.Raw("</div>");
    }

    private static void WriteBox(FieldView field, HtmlOut html, int index, string value, string label, bool isChecked)
    {
        var id = index == 0 ? field.Path : string.Create(CultureInfo.InvariantCulture, $"{field.Path}-{index}");
        html.Raw("<div class=\"form-check\">");
        Attributes(field, html.Raw("<input type=\"checkbox\" class=\"form-check-input\""), id)
            .Attribute("value", value)
            .Flag("checked", isChecked)
            .Flag("disabled", field.IsReadOnly)
            .Raw("><label class=\"form-check-label\"")
            .Attribute("for", id)
            .Raw(">")
            .Text(label)
            .Raw("</label></div>");
    }
}

/// <summary>A text to read.</summary>
internal sealed class NoteQuestion : QuestionWriter
{
    public override void Write(FieldView field, EntryContext context, HtmlOut html)
    {
        html.Raw("<p class=\"note\"").Attribute("data-path", field.Path).Flag("hidden", !field.IsRelevant).Raw(">");
        html.Text(context.In(field.Question.Label)).Raw("</p>");
    }

    protected override void WriteControl(FieldView field, EntryContext context, HtmlOut html) { }
}

/// <summary>A value computed from other answers; shown when it has a name, never typed.</summary>
internal sealed class CalculateQuestion : QuestionWriter
{
    public override void Write(FieldView field, EntryContext context, HtmlOut html)
    {
        if (field.Question.Label.IsEmpty)
        {
            return;
        }
        html.Raw("<div class=\"field calculated\"").Attribute("data-path", field.Path);
        html.Flag("hidden", !field.IsRelevant)
            .Raw("><span class=\"calculated-label\"")
            .Attribute("id", field.Path + "-label");
        html.Raw(">").Text(context.In(field.Question.Label)).Raw("</span> <output data-calculated");
        html.Attribute("id", field.Path)
            .Attribute("aria-labelledby", field.Path + "-label")
            .Attribute("data-unit", context.In(field.Question.Unit))
            .Raw(">")
            .Text(field.Shown);
        html.Raw("</output>");
        if (field.Previous is { } previous)
        {
            html.Raw("<p class=\"previous\">").Text(previous).Raw("</p>");
        }
        html.Raw("</div>");
    }

    protected override void WriteControl(FieldView field, EntryContext context, HtmlOut html) { }
}

using System.Globalization;
using Thongthin.Forms.Answers;
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
        && question is { ChoiceFilter: null, ChoicesFrom: null }
        && question.Appearance?.Contains("minimal", StringComparison.Ordinal) != true;

    protected override void WriteControl(FieldView field, EntryContext context, HtmlOut html)
    {
        var choices = field.Choices;
        if (SharedLists.IsTyped(field.Question, context.Form))
        {
            SharedLists.WriteField(field, context, html);
            return;
        }
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
            .Flag("data-filtered", field.IsFiltered)
            .Flag("disabled", field.IsReadOnly)
            .Raw(">");
        Option(html, "", context.T["entry.choose"], field.Text.Length == 0);
        if (!isKnown)
        {
            var label = context.Form.ListOf(field.Question)?.Find(field.Text)?.Label is { } known
                ? context.In(known)
                : field.Text;
            Option(html, field.Text, context.T["entry.not_in_list", label], isChosen: true);
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
        var offered = field.Choices.Select(choice => choice.Name).ToHashSet(StringComparer.Ordinal);
        var all = field.Question.ChoicesFrom is null
            ? context.Form.ListOf(field.Question)?.Choices ?? []
            : field.Choices;
        // In the order in which they are offered; where scripts filter, the others wait hidden behind them.
        IReadOnlyList<Choice> choices = field.IsFiltered ? all : field.Choices;
        var chosen = field.Chosen;
        html.Raw(choices.Count > 6 ? "<div class=\"choice-columns\">" : "<div>");
        foreach (var (index, choice) in choices.Index())
        {
            var isChosen = chosen.Contains(choice.Name);
            var isHidden = !isChosen && !offered.Contains(choice.Name);
            WriteBox(field, html, index, choice.Name, context.In(choice.Label), isChosen, isHidden);
        }
        foreach (var (index, name) in chosen.Where(name => choices.All(choice => choice.Name != name)).Index())
        {
            WriteBox(field, html, choices.Count + index, name, context.T["entry.not_in_list", name], isChecked: true);
        }
        html.Raw("</div>");
    }

    private static void WriteBox(
        FieldView field,
        HtmlOut html,
        int index,
        string value,
        string label,
        bool isChecked,
        bool isHidden = false
    )
    {
        var id = index == 0 ? field.Path : string.Create(CultureInfo.InvariantCulture, $"{field.Path}-{index}");
        html.Raw("<div class=\"form-check\"").Flag("data-box", field.IsFiltered).Flag("hidden", isHidden).Raw(">");
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

/// <summary>
/// The choices of a list in the person's order: a list to choose from for every place, the first place first. The same choice
/// twice counts once, at its first place.
/// </summary>
internal sealed class RankQuestion : QuestionWriter
{
    protected override bool IsFieldset(FieldView field, EntryContext context) => true;

    protected override void WriteControl(FieldView field, EntryContext context, HtmlOut html)
    {
        var chosen = field.Chosen;
        for (var place = 0; place < field.Choices.Count; place++)
        {
            var id = place == 0 ? field.Path : string.Create(CultureInfo.InvariantCulture, $"{field.Path}-{place}");
            html.Raw("<div class=\"rank\"><label").Attribute("for", id).Raw(">");
            html.Text(context.T["entry.place", place + 1]).Raw("</label>");
            Attributes(field, html.Raw("<select class=\"form-select field-medium\""), id)
                .Flag("disabled", field.IsReadOnly)
                .Raw("><option value=\"\">");
            html.Text(context.T["entry.choose"]).Raw("</option>");
            foreach (var choice in field.Choices)
            {
                html.Raw("<option").Attribute("value", choice.Name);
                html.Flag("selected", chosen.ElementAtOrDefault(place) == choice.Name).Raw(">");
                html.Text(context.In(choice.Label)).Raw("</option>");
            }
            html.Raw("</select></div>");
        }
    }
}

/// <summary>A box that says "yes, I have seen it".</summary>
internal sealed class AcknowledgeQuestion : QuestionWriter
{
    protected override void WriteControl(FieldView field, EntryContext context, HtmlOut html)
    {
        html.Raw("<div class=\"form-check\">");
        Attributes(field, html.Raw("<input type=\"checkbox\" class=\"form-check-input\" value=\"OK\""))
            .Flag("checked", field.Text == TypedAnswer.Confirmed)
            .Flag("disabled", field.IsReadOnly)
            .Raw("><label class=\"form-check-label\"")
            .Attribute("for", field.Path)
            .Raw(">")
            .Text(context.T["entry.acknowledge"])
            .Raw("</label></div>");
    }
}

/// <summary>A time of day, or a day with a time, typed as people write them.</summary>
internal sealed class MomentQuestion : QuestionWriter
{
    protected override void WriteControl(FieldView field, EntryContext context, HtmlOut html)
    {
        var isTime = field.Question.Type == QuestionType.Time;
        Attributes(field, html.Raw("<input type=\"text\" class=\"form-control field-medium\" autocomplete=\"off\""))
            .Attribute("placeholder", context.T[isTime ? "entry.time_placeholder" : "entry.moment_placeholder"])
            .Flag("readonly", field.IsReadOnly)
            .Attribute("value", field.Text)
            .Raw(">");
    }
}

/// <summary>Coordinates, several of them one a line; with scripts a button asks the machine where it is.</summary>
internal sealed class PlaceQuestion : QuestionWriter
{
    protected override void WriteControl(FieldView field, EntryContext context, HtmlOut html)
    {
        html.Raw("<div class=\"place-field\">");
        if (field.Question.Type == QuestionType.Geopoint)
        {
            Attributes(field, html.Raw("<input type=\"text\" class=\"form-control field-medium\" autocomplete=\"off\""))
                .Attribute("placeholder", context.T["entry.place_placeholder"])
                .Flag("readonly", field.IsReadOnly)
                .Attribute("value", field.Text)
                .Raw(">");
        }
        else
        {
            Attributes(field, html.Raw("<textarea class=\"form-control\" rows=\"4\""))
                .Attribute("placeholder", context.T["entry.places_placeholder"])
                .Flag("readonly", field.IsReadOnly)
                .Raw(">\n");
            html.Text(field.Text).Raw("</textarea>");
        }
        if (!field.IsReadOnly)
        {
            html.Raw("<button type=\"button\" class=\"btn btn-sm btn-outline-secondary\" data-locate hidden>");
            html.Text(context.T["entry.locate"]).Raw("</button>");
        }
        html.Raw("</div>");
    }
}

/// <summary>Nothing: a value that nobody sees or types.</summary>
internal sealed class HiddenQuestion : QuestionWriter
{
    public override void Write(FieldView field, EntryContext context, HtmlOut html) { }

    protected override void WriteControl(FieldView field, EntryContext context, HtmlOut html) { }
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
        RemarkWriter.Write(field, context, html);
        html.Raw("</div>");
    }

    protected override void WriteControl(FieldView field, EntryContext context, HtmlOut html) { }
}

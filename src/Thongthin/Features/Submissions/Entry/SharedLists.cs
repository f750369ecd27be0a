using Thongthin.Forms.Schema;

namespace Thongthin.Features.Submissions.Entry;

/// <summary>
/// Long choice lists (over 50) are written once per page, however many questions and rows use them, as lists that the browser
/// suggests from while a person types into the field. What is typed is read by its text in either language.
/// </summary>
internal static class SharedLists
{
    /// <summary>A filtered list is short by then: it stays a drop-down.</summary>
    public static bool IsTyped(Question question, FormDefinition form) =>
        question is { Type: QuestionType.SelectOne, ChoiceFilter: null, ChoicesFrom: null }
        && form.ListOf(question) is { IsLong: true };

    /// <summary>What stands in the field for a choice; what is no choice stays as it was typed.</summary>
    public static string TextOf(Question question, FormDefinition form, string stored, string language) =>
        IsTyped(question, form) && form.ListOf(question)!.Find(stored) is { } choice
            ? form.ListOf(question)!.TextOf(choice, language)
            : stored;

    public static void WriteField(FieldView field, EntryContext context, HtmlOut html) =>
        QuestionWriter
            .Attributes(
                field,
                html.Raw("<input type=\"text\" class=\"form-control field-medium\" autocomplete=\"off\"")
            )
            .Attribute("list", IdOf(context.Form.ListOf(field.Question)!))
            .Attribute("placeholder", context.T["entry.type_to_choose"])
            .Flag("readonly", field.IsReadOnly)
            .Attribute("value", field.Text)
            .Raw(">");

    /// <summary>Every list that a field of the form needs.</summary>
    public static void Write(EntryContext context, HtmlOut html)
    {
        var lists = context
            .Form.Questions.Where(q => q.TakesAnswer && IsTyped(q, context.Form))
            .Select(q => context.Form.ListOf(q)!)
            .DistinctBy(list => list.Name, StringComparer.Ordinal);
        foreach (var list in lists)
        {
            html.Raw("<datalist").Attribute("id", IdOf(list)).Raw(">");
            foreach (var choice in list.Choices)
            {
                html.Raw("<option").Attribute("value", list.TextOf(choice, context.Language)).Raw(">");
            }
            html.Raw("</datalist>");
        }
    }

    private static string IdOf(ChoiceList list) => "list-" + list.Name;
}

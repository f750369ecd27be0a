using System.Globalization;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions.Entry;

/// <summary>What a writer needs besides the field: texts, language, and the form for its choice lists.</summary>
internal sealed record EntryContext(FormDefinition Form, Texts T)
{
    /// <summary>Whose answers they are: the addresses of attached files name it.</summary>
    public int LaoId { get; init; }

    public string Language => T.Reader.Code;

    public string In(LocalText text) => text.In(Language);
}

/// <summary>
/// Writes one question: its name, whether it must be answered, hint, error, control, last year's value. There is one small
/// class per type; this one writes what is the same for all. The control's id is the answer's path, so that a link to
/// <c>#path</c> lands on the field. A question of several controls is a fieldset whose first control has that id.
/// </summary>
internal abstract class QuestionWriter
{
    private static readonly TextQuestion Text = new();
    private static readonly NumberQuestion Number = new();
    private static readonly DateQuestion Date = new();
    private static readonly SelectOneQuestion SelectOne = new();
    private static readonly SelectMultipleQuestion SelectMultiple = new();
    private static readonly FileQuestion File = new();
    private static readonly RankQuestion Rank = new();
    private static readonly AcknowledgeQuestion Acknowledge = new();
    private static readonly MomentQuestion Moment = new();
    private static readonly PlaceQuestion Place = new();
    private static readonly HiddenQuestion Hidden = new();
    private static readonly NoteQuestion Note = new();
    private static readonly CalculateQuestion Calculate = new();

    public static QuestionWriter Of(Question question) =>
        question.Type switch
        {
            QuestionType.Note => Note,
            QuestionType.Calculate => Calculate,
            _ when question.IsCalculated => Calculate,
            QuestionType.Hidden => Hidden,
            QuestionType.Integer or QuestionType.Decimal or QuestionType.Range => Number,
            QuestionType.Date => Date,
            QuestionType.Time or QuestionType.DateTime => Moment,
            QuestionType.SelectOne => SelectOne,
            QuestionType.SelectMultiple => SelectMultiple,
            QuestionType.Rank => Rank,
            QuestionType.Acknowledge => Acknowledge,
            _ when question.Type.IsPlace() => Place,
            _ when question.Type.IsFile() => File,
            _ => Text,
        };

    /// <summary>Several controls under one name: written as a fieldset with a legend.</summary>
    protected virtual bool IsFieldset(FieldView field, EntryContext context) => false;

    protected abstract void WriteControl(FieldView field, EntryContext context, HtmlOut html);

    public virtual void Write(FieldView field, EntryContext context, HtmlOut html)
    {
        var fieldset = IsFieldset(field, context);
        var invalid = field.Errors.Count > 0;
        html.Raw(fieldset ? "<fieldset" : "<div").Attribute("class", invalid ? "field field-invalid" : "field");
        html.Attribute("data-path", field.Path).Attribute("data-question", field.Question.Name);
        html.Flag("hidden", !field.IsRelevant).Raw(">");
        html.Raw(fieldset ? "<legend>" : "<label");
        if (!fieldset)
        {
            html.Attribute("for", field.Path).Raw(">");
        }
        html.Text(context.In(field.Question.Label));
        html.Raw(" <span class=\"required\" data-required").Flag("hidden", !field.IsRequired).Raw(">");
        html.Text(context.T["entry.required"]).Raw("</span>").Raw(fieldset ? "</legend>" : "</label>");
        WriteHint(field, context, html);
        WriteGuidance(field, context, html);
        WriteMessages(field, html);
        WriteControl(field, context, html);
        RemarkWriter.Write(field, context, html);
        html.Raw(fieldset ? "</fieldset>" : "</div>");
    }

    private static void WriteHint(FieldView field, EntryContext context, HtmlOut html)
    {
        if (field.Question.Bounds is { } bounds)
        {
            var (least, most) = (context.T.Digits(Grouped(bounds.Least)), context.T.Digits(Grouped(bounds.Most)));
            html.Raw("<p class=\"hint\"").Attribute("id", field.Path + "-bounds").Raw(">");
            html.Text(context.T["entry.bounds", least, most]).Raw("</p>");
        }
        if (!field.Question.Hint.IsEmpty)
        {
            html.Raw("<p class=\"hint\"").Attribute("id", field.Path + "-hint").Raw(">");
            html.Text(context.In(field.Question.Hint)).Raw("</p>");
        }
    }

    private static string Grouped(double number) => number.ToString("#,0.######", CultureInfo.InvariantCulture);

    private static void WriteGuidance(FieldView field, EntryContext context, HtmlOut html)
    {
        if (!field.Question.GuidanceHint.IsEmpty)
        {
            html.Raw("<details class=\"guidance\"><summary>").Text(context.T["entry.guidance"]).Raw("</summary><p>");
            html.Text(context.In(field.Question.GuidanceHint)).Raw("</p></details>");
        }
    }

    private static void WriteMessages(FieldView field, HtmlOut html)
    {
        Message("error", field.Errors);
        Message("warning", field.Warnings);

        // Scripts write a place for what comes later.
        void Message(string kind, IReadOnlyList<string> messages)
        {
            if (messages.Count > 0)
            {
                html.Raw($"<span class=\"field-{kind}\" data-{kind}").Attribute("id", $"{field.Path}-{kind}").Raw(">");
                html.Text(string.Join(" · ", messages)).Raw("</span>");
            }
        }
    }

    /// <summary>id, name and the attributes that tie the control to hint, error and last year's value.</summary>
    internal static HtmlOut Attributes(
        FieldView field,
        HtmlOut html,
        string? id = null,
        string? name = null,
        string? describedBy = null
    )
    {
        html.Attribute("id", id ?? field.Path).Attribute("name", name ?? field.Name);
        if ($"{Described(field)} {describedBy}".Trim() is { Length: > 0 } described)
        {
            html.Attribute("aria-describedby", described);
        }
        if (field.Errors.Count > 0)
        {
            html.Attribute("aria-invalid", "true");
        }
        return html;
    }

    private static string Described(FieldView field) =>
        string.Join(
            ' ',
            new (bool Applies, string Part)[]
            {
                (field.Question.Bounds is not null, "-bounds"),
                (!field.Question.Hint.IsEmpty, "-hint"),
                (field.Errors.Count > 0, "-error"),
                (field.Warnings.Count > 0, "-warning"),
                (field.Question.IsNumber && !field.Question.Unit.IsEmpty, "-unit"),
                (field.Previous is not null, "-previous"),
            }
                .Where(part => part.Applies)
                .Select(part => field.Path + part.Part)
        );
}

using System.Text;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Validation;
using Thongthin.Platform.Web;
using StoredAnswers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Submissions.Entry;

/// <summary>
/// One sheet with everything that follows from its answers, ready to be written as fields or for reading. Missing answers
/// are complaints only once somebody asked for a check: a form that was just opened is not full of errors.
/// </summary>
/// <param name="evaluation">of the answers as they are to be shown, what was just typed included</param>
/// <param name="title">of a record: its number and name; empty for an annual sheet</param>
internal sealed class SheetView(EntryContext context, FormEvaluation evaluation, string title)
{
    public EntryContext Context => context;

    public FormEvaluation Evaluation => evaluation;

    public string Title => title;

    /// <summary>Of a stored sheet; null before the first save.</summary>
    public Guid? SheetId { get; init; }

    /// <summary>The same form in the latest earlier fiscal year; null when there is none.</summary>
    public StoredAnswers? Previous { get; init; }

    public int? PreviousFiscalYear { get; init; }

    public bool IsReadOnly { get; init; }

    /// <summary>Numbers that moved further from last year's than their bound: a reason is asked for.</summary>
    public IReadOnlyList<Issue> YearChanges { get; init; } = [];

    /// <summary>Say also what is missing, not only what is wrong.</summary>
    public bool ShowMissing { get; init; }

    /// <summary>What was typed and could not be stored: path → text and why.</summary>
    public IReadOnlyDictionary<string, (string Text, string Error)> Refused { get; init; } =
        new Dictionary<string, (string, string)>();

    /// <summary>The same sheet with one more, empty row in every repeat; null where rows are not added by scripts.</summary>
    public SheetView? BlankRows { get; init; }

    /// <summary>The path of that row: ids that no row has, one for every level, so that scripts can tell them apart.</summary>
    public static AnswerPath BlankRow(FormDefinition form, Repeat repeat)
    {
        var outer = form.RepeatOf(repeat) is { } around ? BlankRow(form, around) : null;
        var id = BlankIds[outer?.Rows.Count ?? 0];
        return outer?.Row(repeat.Name, id) ?? AnswerPath.OfRow(repeat.Name, id);
    }

    // ffffffff-…, eeeeeeee-…: a form may nest repeats three deep.
    private static readonly Guid[] BlankIds = [.. "fed".Select(digit => Guid.ParseExact(new string(digit, 32), "N"))];
    private StoredAnswers Answers => evaluation.Sheet;

    public bool IsRelevant(FormNode node, AnswerPath? row) => State(node, row)?.IsRelevant ?? true;

    /// <summary>Paths of the rows of a repeat, in order.</summary>
    public IReadOnlyList<AnswerPath> Rows(Repeat repeat, AnswerPath? row) => Answers.Rows(row, repeat.Name);

    /// <summary>Complaints about a repeat as a whole.</summary>
    public IReadOnlyList<string> Errors(string path) => Messages(path, Severity.Block);

    public FieldView Field(Question question, AnswerPath? row)
    {
        var path = PathOf(question, row);
        var key = path.ToString();
        var state = evaluation.Field(key);
        var stored = Answers.Get(path);
        var text = AnswerWords.ForField(context.Form, question, stored, context.Language);
        var errors = Messages(key, Severity.Block);
        if (Refused.TryGetValue(key, out var refused))
        {
            (text, errors) = (refused.Text, [refused.Error]);
        }
        var before = Previous?.Get(path);
        var previousText = before is null ? "" : AnswerWords.ForReading(context.Form, question, before, context.T);
        var reason = RemarkOf(path, Remarks.ReasonOf(question.Name));
        var yearChanges = YearChangesOf(key).ToList();
        return new FieldView(
            question,
            key,
            text,
            question.TakesAnswer
                ? AnswerWords.ForReading(context.Form, question, stored, context.T)
                : AnswerWords.ForReading(context.Form, question, state?.Value.ToText() ?? "", context.T),
            state?.IsRelevant ?? true,
            state?.IsRequired ?? false,
            IsReadOnly || question.ReadOnly,
            errors,
            [.. Messages(key, Severity.Warn), .. reason.Length > 0 ? [] : yearChanges],
            previousText.Length == 0
                ? null
                : context.T["entry.previous", context.T.FiscalYear(PreviousFiscalYear!.Value), previousText],
            previousText.Length > 0 && TypedAnswer.ToRaw(before) == TypedAnswer.ToRaw(stored)
        )
        {
            Choices = question.Type.HasChoices() ? evaluation.ChoicesOf(path) : [],
            PreviousText = AnswerWords.ForField(context.Form, question, before, context.Language),
            TakesRemarks = !IsReadOnly && (question.TakesAnswer || question.IsCalculated),
            IsConfirmed = RemarkOf(path, Remarks.SameOf(question.Name)).Length > 0,
            AsksForReason = yearChanges.Count > 0,
            Reason = reason,
            File = StoredFile.Of(stored),
        };
    }

    /// <summary>
    /// Everything to complain about, in the form's order whatever kind of complaint it is, for the summary: path and message.
    /// A field whose text was refused has that complaint alone, as beside the field.
    /// </summary>
    public IEnumerable<(string Path, string Message)> Complaints()
    {
        var issues = evaluation
            .Issues.Where(issue => issue.Severity == Severity.Block && IsShown(issue))
            .ToLookup(issue => issue.Path.ToString(), StringComparer.Ordinal);
        return evaluation
            .States.Select(state => state.Path.ToString())
            .SelectMany(path =>
                Refused.TryGetValue(path, out var refused)
                    ? [(path, refused.Error)]
                    : issues[path].Select(issue => (path, RowOf(issue.Path) + context.In(issue.Message)))
            );
    }

    /// <summary>Answers below a node that are as they were last year, confirmed or not; null: the whole sheet.</summary>
    public IEnumerable<(AnswerPath Path, bool IsConfirmed)> AsLastYear(FormNode? node) =>
        from state in evaluation.States
        where
            state is { IsRelevant: true, Node: Question { TakesAnswer: true } }
            && context.Form.IsWithin(state.Node, node)
        let before = TypedAnswer.ToRaw(Previous?.Get(state.Path))
        where before.Length > 0 && before == TypedAnswer.ToRaw(Answers.Get(state.Path))
        select (state.Path, RemarkOf(state.Path, Remarks.SameOf(state.Node.Name)).Length > 0);

    private string RemarkOf(AnswerPath path, string remark) => TypedAnswer.ToRaw(Answers.Get(path.Beside(remark)));

    /// <summary>How many warnings stand beside the answers: those of rules, and changes that have no reason yet.</summary>
    public int Warnings =>
        evaluation.Issues.Count(issue => issue.Severity == Severity.Warn && IsShown(issue))
        + YearChanges.Count(issue => ReasonFor(issue.Path).Length == 0);

    /// <summary>How many changes the recorder gave a reason for.</summary>
    public int Reasons => YearChanges.Count(issue => ReasonFor(issue.Path).Length > 0);

    private string ReasonFor(AnswerPath path) => RemarkOf(path, Remarks.ReasonOf(path.Name!));

    /// <summary>The texts that stand in the fields, path → text: sent back with the form to tell what was changed in it.</summary>
    public Dictionary<string, string> ShownTexts()
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var state in evaluation.States)
        {
            if (state.Node is Question { TakesAnswer: true } question)
            {
                var stored = Answers.Get(state.Path);
                texts[state.Path.ToString()] = AnswerWords.ForField(context.Form, question, stored, context.Language);
            }
            if (state.Node is Question asked && Previous?.Get(state.Path) is not null)
            {
                foreach (var remark in RemarksOf(asked))
                {
                    texts[state.Path.Beside(remark).ToString()] = RemarkOf(state.Path, remark);
                }
            }
        }
        return texts;
    }

    /// <summary>"Foreign partner 2: ", when the place is in a row.</summary>
    private string RowOf(AnswerPath path)
    {
        var words = new StringBuilder();
        AnswerPath? outer = null;
        foreach (var step in path.Rows)
        {
            var row = outer?.Row(step.Repeat, step.RowId) ?? AnswerPath.OfRow(step.Repeat, step.RowId);
            var label = context.Form.Find(step.Repeat) is { } repeat ? context.In(repeat.Label) : step.Repeat;
            var number = Answers.Rows(outer, step.Repeat).Index().First(r => r.Item == row).Index + 1;
            words.Append(context.T["entry.row", label, number]).Append(": ");
            outer = row;
        }
        return words.ToString();
    }

    private FieldState? State(FormNode node, AnswerPath? row) => evaluation.Field(PathOf(node, row));

    private static AnswerPath PathOf(FormNode node, AnswerPath? row) =>
        row?.Question(node.Name) ?? AnswerPath.Of(node.Name);

    private static IEnumerable<string> RemarksOf(Question question)
    {
        if (question.TakesAnswer)
        {
            yield return Remarks.SameOf(question.Name);
        }
        if (question.YearBound is not null)
        {
            yield return Remarks.ReasonOf(question.Name);
        }
    }

    private IEnumerable<string> YearChangesOf(string path) =>
        YearChanges.Where(issue => issue.Path.ToString() == path).Select(issue => context.In(issue.Message));

    private bool IsShown(Issue issue) => ShowMissing || issue.Code is not (IssueCodes.Required or IssueCodes.NoRows);

    private IReadOnlyList<string> Messages(string path, Severity severity) =>
        [
            .. evaluation
                .IssuesOf(path)
                .Where(issue => issue.Severity == severity && IsShown(issue))
                .Select(issue => context.In(issue.Message)),
        ];
}

using Thongthin.Features.Forms;
using Thongthin.Features.Submissions.Facts;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Comparison;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Validation;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;
using StoredAnswers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Submissions.Entry;

/// <summary>Makes views of stored sheets: reads the form's definition and evaluates the answers as of the actor's day.</summary>
internal sealed class SheetViews(
    SubmissionQueries queries,
    FormLibrary forms,
    FactQueries facts,
    CurrentActor actor,
    Texts texts
)
{
    private readonly Dictionary<SubmissionKey, EvaluationContext> contexts = [];

    /// <summary>Every sheet in force, for reading; complaints include what is missing.</summary>
    public async Task<IReadOnlyList<SheetView>> ListAsync(SubmissionDetail detail, CancellationToken cancellationToken)
    {
        var form = await FormOfAsync(detail, cancellationToken);
        var sheets = await queries.ListSheetsAsync(detail.Key, cancellationToken);
        return [.. sheets.Select(sheet => ForReading(form, detail, sheet))];
    }

    /// <summary>The form of a submission. What its rules read of other forms is read with it, for every view of this submission.</summary>
    public async ValueTask<FormDefinition> FormOfAsync(SubmissionDetail detail, CancellationToken cancellationToken)
    {
        var form = await forms.GetAsync(detail.FormId, detail.FormVersion, cancellationToken);
        if (!contexts.ContainsKey(detail.Key))
        {
            contexts[detail.Key] = await facts.ContextAsync(
                form,
                actor.Value,
                detail.Key.LaoId,
                detail.FiscalYear,
                cancellationToken
            );
        }
        return form;
    }

    /// <summary>The sheet for entry, with these answers in it: the stored ones, or those with what was just typed.</summary>
    public SheetView ForEntry(
        FormDefinition form,
        SubmissionDetail detail,
        StoredAnswers answers,
        string? previousAnswers,
        int? previousFiscalYear,
        bool showMissing,
        IReadOnlyDictionary<string, (string Text, string Error)>? refused = null,
        bool isReadOnly = false
    )
    {
        var (evaluation, previous) = (Evaluate(form, detail, answers), Parse(previousAnswers));
        return new(ContextFor(form, detail), evaluation, "")
        {
            Previous = previous,
            YearChanges = Compare(form, previous, previousFiscalYear, evaluation),
            PreviousFiscalYear = previousFiscalYear,
            ShowMissing = showMissing,
            IsReadOnly = isReadOnly,
            Refused = refused ?? new Dictionary<string, (string, string)>(),
            BlankRows = isReadOnly ? null : BlankRows(new EntryContext(form, texts), answers, ContextOf(detail)),
        };
    }

    /// <summary>The same answers with one more, empty row in every repeat; null where the form has none.</summary>
    public static SheetView? BlankRows(EntryContext entry, StoredAnswers answers, EvaluationContext context)
    {
        var repeats = entry.Form.AllNodes.OfType<Repeat>().ToList();
        if (repeats.Count == 0)
        {
            return null;
        }
        var none = new Dictionary<string, string>();
        var changes = new AnswerChanges(none, [.. repeats.Select(repeat => SheetView.BlankRow(entry.Form, repeat))]);
        var blank = answers.Apply(entry.Form, changes, context).Sheet;
        return new SheetView(entry, SheetEvaluation.Evaluate(entry.Form, blank, context), "");
    }

    public SheetView ForReading(FormDefinition form, SubmissionDetail detail, SheetDetail sheet)
    {
        var (evaluation, previous) = (Evaluate(form, detail, Parse(sheet.Answers)!), Parse(sheet.PreviousAnswers));
        return new(
            ContextFor(form, detail),
            evaluation,
            sheet.RecordNumber is null ? "" : $"{sheet.RecordNumber} {sheet.Label}".Trim()
        )
        {
            SheetId = sheet.SheetId,
            Previous = previous,
            PreviousFiscalYear = sheet.PreviousFiscalYear,
            YearChanges = Compare(form, previous, sheet.PreviousFiscalYear, evaluation),
            IsReadOnly = true,
            ShowMissing = true,
        };
    }

    private IReadOnlyList<Issue> Compare(
        FormDefinition form,
        StoredAnswers? previous,
        int? previousFiscalYear,
        FormEvaluation evaluation
    ) =>
        previous is null
            ? []
            : YearComparison
                .Between(
                    SheetEvaluation.Evaluate(
                        form,
                        previous,
                        SheetEvaluation.ContextOf(actor.Value, previousFiscalYear!.Value)
                    ),
                    evaluation
                )
                .Issues();

    private EntryContext ContextFor(FormDefinition form, SubmissionDetail detail) =>
        new(form, texts) { LaoId = detail.Key.LaoId };

    private FormEvaluation Evaluate(FormDefinition form, SubmissionDetail detail, StoredAnswers answers) =>
        SheetEvaluation.Evaluate(form, answers, ContextOf(detail));

    /// <summary>What the form's expressions may know.</summary>
    public EvaluationContext ContextOf(SubmissionDetail detail) =>
        contexts.GetValueOrDefault(detail.Key) ?? SheetEvaluation.ContextOf(actor.Value, detail.FiscalYear);

    private static StoredAnswers? Parse(string? json) => json is null ? null : StoredAnswers.Parse(json);
}

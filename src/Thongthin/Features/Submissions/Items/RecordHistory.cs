using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Submissions.Entry;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Validation;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;
using Answers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Submissions.Items;

/// <summary>A property of a record that got another value, in words; empty: it has none any more.</summary>
internal sealed record PropertyChange(string Label, string Value);

/// <summary>One change of a record: what became other than before, in which year, when and by whom it was left so.</summary>
internal sealed record RecordChange(
    int FiscalYear,
    DateTimeOffset At,
    string By,
    IReadOnlyList<PropertyChange> Properties
);

/// <summary>
/// The life of a record over the years: every change of the properties that the form keeps of it (<c>save_to</c>), such as
/// its status with date, reason and document. Read from what was confirmed: the versions of its sheets in all years.
/// </summary>
internal sealed class RecordHistory(AppDb db, CurrentActor actor, Texts texts)
{
    /// <summary>Newest first; empty when the form keeps no properties or nothing is confirmed yet.</summary>
    public async Task<IReadOnlyList<RecordChange>> ListAsync(
        FormDefinition form,
        int laoId,
        Guid recordId,
        CancellationToken cancellationToken
    )
    {
        var properties = form.Questions.Where(q => q.SaveTo is not null).ToList();
        if (properties.Count == 0)
        {
            return [];
        }
        var states = await db
            .Database.SqlQuery<State>(
                $"""
                select t.fiscal_year, x.answers, x.at, x.by
                from answer_sheet b
                join submission t using (lao_id, submission_id)
                cross join lateral (
                    select v.answers, v.closed_at as at, v.author_name as by, v.number
                    from answer_version v
                    where v.lao_id = b.lao_id and v.answer_sheet_id = b.answer_sheet_id and v.status = 'confirmed'
                    union all
                    select b.answers, b.saved_at, coalesce(b.draft_by_name, ''), 2147483647
                    where b.status = 'confirmed') x
                where b.lao_id = {laoId} and b.record_id = {recordId}
                order by t.fiscal_year, x.number
                """
            )
            .ToListAsync(cancellationToken);
        var changes = new List<RecordChange>();
        var before = properties.ToDictionary(q => q.Name, _ => "");
        foreach (var state in states)
        {
            var now = Words(form, properties, state);
            List<PropertyChange> changed =
            [
                .. properties
                    .Where(q => now[q.Name] != before[q.Name])
                    .Select(q => new PropertyChange(q.Label.In(texts.Reader.Code) ?? q.Name, now[q.Name])),
            ];
            if (changed.Count > 0)
            {
                changes.Add(new(state.FiscalYear, state.At, state.By, changed));
            }
            before = now;
        }
        changes.Reverse();
        return changes;
    }

    private Dictionary<string, string> Words(FormDefinition form, List<Question> properties, State state)
    {
        var context = SheetEvaluation.ContextOf(actor.Value, state.FiscalYear);
        var evaluation = SheetEvaluation.Evaluate(form, Answers.Parse(state.Answers), context);
        return properties.ToDictionary(q => q.Name, q => Word(form, evaluation, q));
    }

    private string Word(FormDefinition form, FormEvaluation evaluation, Question question) =>
        evaluation.Field(question.Name) is { IsRelevant: true, Value: var value }
            ? AnswerWords.ForReading(form, question, value.ToText(), texts)
            : "";

    private sealed record State(int FiscalYear, string Answers, DateTimeOffset At, string By);
}

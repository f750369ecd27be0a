using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Validation;

namespace Thongthin.Features.Submissions.Facts;

/// <summary>One recorded value: exactly one of number, day and text is there.</summary>
/// <param name="RecordNumber">of a register or catalogue; empty: an annual form</param>
/// <param name="RowId">of the row of a repeat; empty: outside repeats</param>
internal sealed record AnswerFact(
    string Question,
    string RecordNumber,
    string RowId,
    double? Number,
    DateOnly? Day,
    string? Text
)
{
    /// <summary>The facts of one sheet, in the order of the form: what is answered, relevant and worth keeping.</summary>
    public static IEnumerable<AnswerFact> Of(FormEvaluation evaluation, string recordNumber) =>
        evaluation
            .States.Where(state => state is { IsAnswered: true, Node: Question question } && IsKept(question))
            .Select(state => Of((Question)state.Node, state, recordNumber));

    /// <summary>Numbers, which are what is added up, and what the form marks as worth analysing; never what is about a person.</summary>
    public static bool IsKept(Question question) => (question.IsNumber || question.Analyse) && !question.Personal;

    private static AnswerFact Of(Question question, FieldState state, string recordNumber)
    {
        var row = state.Path.Rows is [.., var last] ? last.RowId.ToString() : "";
        var fact = new AnswerFact(question.Name, recordNumber, row, null, null, null);
        var value = state.Value;
        return question.IsNumber || value.Kind == ValueKind.Number ? fact with { Number = value.ToNumber() }
            : value.AsDate is { } day ? fact with { Day = day }
            : fact with { Text = value.ToText() };
    }
}

using Thongthin.Forms.Answers;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Validation;

namespace Thongthin.Forms.Comparison;

/// <summary>A number that changed from one year to the next.</summary>
/// <param name="Change">now minus before, in the question's unit</param>
/// <param name="Percent">change in percent of before; null when before was zero</param>
/// <param name="IsBeyondBound">further than the question's bound: a reason is asked for; false without a bound</param>
public sealed record NumberChange(
    Question Question,
    AnswerPath Path,
    double Before,
    double Now,
    double Change,
    double? Percent,
    bool IsBeyondBound
);

/// <summary>
/// This year's sheet beside last year's: which answers differ, and which numbers moved further than their bound. Rows are
/// matched by their permanent ids. Only what counts is compared: an answer that is not relevant is no answer. A number that
/// is missing in one of the years is a changed answer, not a number that moved.
/// </summary>
public sealed class YearComparison
{
    private YearComparison(IReadOnlyList<AnswerPath> changed, IReadOnlyList<NumberChange> numbers)
    {
        Changed = changed;
        Numbers = numbers;
    }

    /// <summary>Paths whose counting answer differs; a row that only one year has is one path.</summary>
    public IReadOnlyList<AnswerPath> Changed { get; }

    /// <summary>Every number that both years have and that differs, calculated ones included, in the order of the form.</summary>
    public IReadOnlyList<NumberChange> Numbers { get; }

    /// <summary>The numbers that a reason is asked for.</summary>
    public IEnumerable<NumberChange> BeyondBound => Numbers.Where(n => n.IsBeyondBound);

    /// <summary>Compares two evaluations; the questions of <paramref name="now"/>'s form version count.</summary>
    public static YearComparison Between(FormEvaluation before, FormEvaluation now)
    {
        var numbers = now
            .States.Select(state => (State: state, Before: before.Field(state.Path)))
            .Where(pair => pair.Before is not null && IsNumber(pair.State) && IsNumber(pair.Before))
            .Select(pair => Compare(pair.Before!, pair.State))
            .Where(number => number.Change != 0)
            .ToList();
        var changed = AnswerSheet.Changes(AnswerSheet.Of(before.Content), AnswerSheet.Of(now.Content));
        return new YearComparison(changed, numbers);
    }

    /// <summary>What a recorder is told: a warning for each number beyond its bound.</summary>
    public IReadOnlyList<Issue> Issues() =>
        [
            .. BeyondBound.Select(n => new Issue(
                IssueCodes.YearChange,
                Severity.Warn,
                n.Path,
                IssueTexts.YearChange(n.Question, n.Before, n.Percent)
            )),
        ];

    private static bool IsNumber(FieldState state) =>
        state.Node is Question && state.Value.Kind == ValueKind.Number && state.IsAnswered;

    private static NumberChange Compare(FieldState before, FieldState now)
    {
        var question = (Question)now.Node;
        var (old, value) = (before.Value.ToNumber(), now.Value.ToNumber());
        return new NumberChange(
            question,
            now.Path,
            old,
            value,
            value - old,
            old == 0 ? null : (value - old) / Math.Abs(old) * 100,
            question.YearBound?.IsExceeded(old, value) ?? false
        );
    }
}

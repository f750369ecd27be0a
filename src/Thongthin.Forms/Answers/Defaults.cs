using System.Text.Json.Nodes;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Answers;

/// <summary>Writes the defaults of questions into a new sheet or row. A default reads no answers: there are none yet.</summary>
internal static class Defaults
{
    public static void Fill(
        JsonObject container,
        IEnumerable<Question> questions,
        FormDefinition definition,
        EvaluationContext context
    )
    {
        foreach (var question in questions.Where(q => q is { Default: not null, IsCalculated: false }))
        {
            var value = Evaluator.Evaluate(question.Default!.Tree, context, NoAnswers.Instance);
            if (!value.IsEmpty)
            {
                ChangeWriter.Set(
                    container,
                    question.Name,
                    TypedAnswer.Parse(question, definition.ListOf(question), value.ToText())
                );
            }
        }
    }

    private sealed class NoAnswers : IValueSource
    {
        public static readonly NoAnswers Instance = new();

        public FormValue Current => FormValue.Empty;

        public FormValue ValueOf(string name) => FormValue.Empty;
    }
}

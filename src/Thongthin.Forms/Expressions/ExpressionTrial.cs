using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Expressions;

/// <summary>
/// Tries an expression without a form: an author's tool. Answers are JSON as they are stored, without types: an ISO date is
/// taken for a date, an array of texts for several choices, an array of rows for a repeat; <c>"."</c> is the own answer.
/// </summary>
public static class ExpressionTrial
{
    /// <summary>The value; null when the expression has an error.</summary>
    public sealed record Outcome(FormValue? Value, ExpressionError? Error)
    {
        /// <summary>What to print: the value's text, or one line for each of several values.</summary>
        public IEnumerable<string> Lines => Value is { } value ? value.Items.Select(v => v.ToText()) : [];
    }

    public static Outcome Run(string expression, JsonObject answers, EvaluationContext context)
    {
        var result = ExpressionParser.Parse(expression);
        if (result.Tree is not { } tree)
        {
            return new Outcome(null, result.Error);
        }
        return PatternErrorOf(tree) is { } error
            ? new Outcome(null, error)
            : new Outcome(Evaluator.Evaluate(tree, context, new UntypedAnswers(answers)), null);
    }

    /// <summary>The expression with a mark under the error, and the sentence in both languages.</summary>
    public static IEnumerable<string> Explain(string expression, ExpressionError error)
    {
        yield return expression.ReplaceLineEndings(" ");
        yield return new string(' ', Math.Min(error.Position, expression.Length)) + "^";
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{error.Position + 1}: {error.Message.Th} / {error.Message.En}"
        );
    }

    private static ExpressionError? PatternErrorOf(Expression tree) =>
        tree.Descendants()
            .OfType<FunctionCall>()
            .Where(call => call.Name == "regex")
            .Select(call => call.Arguments[1])
            .OfType<StringLiteral>()
            .Select(pattern =>
                RegexSubset.Check(pattern.Value) is { } error
                    ? error with
                    {
                        Position = pattern.Position + 1 + error.Position,
                    }
                    : null
            )
            .FirstOrDefault(error => error is not null);

    private sealed class UntypedAnswers(JsonObject answers) : IValueSource
    {
        public FormValue Current => ValueOf(".");

        public FormValue ValueOf(string name)
        {
            if (answers.ContainsKey(name))
            {
                return Value(answers[name]);
            }
            var rows = answers
                .Select(p => p.Value)
                .OfType<JsonArray>()
                .SelectMany(a => a.OfType<JsonObject>())
                .ToList();
            return rows.Exists(r => r.ContainsKey(name))
                ? FormValue.Of([.. rows.Where(r => r.ContainsKey(name)).Select(r => Value(r[name]))])
                : FormValue.Empty;
        }

        private static FormValue Value(JsonNode? json) =>
            json switch
            {
                JsonArray rows when rows.OfType<JsonObject>().Any() => FormValue.Of([
                    .. rows.Select(_ => FormValue.Empty),
                ]),
                JsonArray names => FormValue.Of(string.Join(' ', names.Select(n => Value(n).ToText()))),
                JsonValue scalar => scalar.GetValueKind() switch
                {
                    JsonValueKind.Number => FormValue.Of(
                        double.Parse(scalar.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture)
                    ),
                    JsonValueKind.True => FormValue.Of(true),
                    JsonValueKind.False => FormValue.Of(false),
                    _ => Text(scalar.GetValue<string>()),
                },
                _ => FormValue.Empty,
            };

        private static FormValue Text(string text) =>
            FormValue.ParseIso(text) is { } date ? FormValue.Of(date) : FormValue.Of(text);
    }
}

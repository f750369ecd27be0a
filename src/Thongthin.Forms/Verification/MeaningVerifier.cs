using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Verification;

/// <summary>
/// Finds expressions that are well written and cannot mean what their author wants: a number compared with a word, choices
/// counted in a number, a condition that no answer fulfils or every answer does.
/// </summary>
internal sealed class MeaningVerifier(
    IReadOnlyDictionary<string, FormNode> byName,
    FormNode? own,
    Action<string, object[]> add
)
{
    private static readonly EvaluationContext anyDay = new(new DateOnly(2026, 1, 1));

    /// <summary>Functions whose value depends on more than what stands in their brackets.</summary>
    private static readonly HashSet<string> varying = new(StringComparer.Ordinal)
    {
        "today",
        "now",
        "once",
        "position",
        "last",
        "current",
        "instance",
        "indexed-repeat",
        "pulldata",
        "jr:choice-name",
        "randomize",
        "random",
        "uuid",
        "version",
        "fiscal-year",
        "fiscal-year-start",
        "fiscal-year-end",
    };

    /// <param name="isCondition">it decides something: to hold never or always makes it useless</param>
    public void Verify(Expression tree, bool isCondition)
    {
        foreach (var part in tree.Descendants())
        {
            switch (part)
            {
                case Operation { Operator: Operator.And } conjunction:
                    VerifyTogether(conjunction);
                    break;
                case Operation { Operator: Operator.Or }:
                    break;
                case Operation { Operator: >= Operator.Add } sum:
                    foreach (var operand in sum.Operands)
                    {
                        VerifyNumber(operand, sum.Operator.Sign());
                    }
                    break;
                case Operation comparison:
                    VerifyComparison(comparison, comparison.Operands[0], comparison.Operands[1]);
                    VerifyComparison(comparison, comparison.Operands[1], comparison.Operands[0]);
                    break;
                case FunctionCall { Name: "selected" or "count-selected" or "selected-at" } call:
                    VerifyChoices(call);
                    break;
                case FunctionCall { Name: "sum" or "round" or "int" or "abs" or "sqrt" or "floor" or "ceiling" } call:
                    VerifyNumber(call.Arguments[0], call.Name + "()");
                    break;
            }
        }
        if (isCondition && IsConstant(tree))
        {
            var holds = Evaluator.Evaluate(tree, anyDay, new Nothing()).ToBoolean();
            add(holds ? "F071" : "F070", holds ? [] : [tree.ToShownText()]);
        }
    }

    private static bool IsConstant(Expression tree) =>
        tree.Descendants()
            .All(part =>
                part is NumberLiteral or StringLiteral or Negation or Operation
                || (part is FunctionCall call && !varying.Contains(call.Name))
            );

    private Question? QuestionOf(Expression part) =>
        part switch
        {
            Reference reference => byName.GetValueOrDefault(reference.Name) as Question,
            CurrentValue => own as Question,
            _ => null,
        };

    private void VerifyNumber(Expression operand, string use)
    {
        if (
            QuestionOf(operand) is { } question
            && (
                question.Type.HasManyChoices()
                || question.Type.IsPlace()
                || question.Type.IsFile()
                || question.Type == QuestionType.Acknowledge
            )
        )
        {
            Clash(question, use);
        }
    }

    private void VerifyChoices(FunctionCall call)
    {
        if (
            QuestionOf(call.Arguments[0]) is { } question
            && (
                question.IsNumber
                || question.Type.IsPlace()
                || question.Type.IsFile()
                || question.Type is QuestionType.Date or QuestionType.Time or QuestionType.DateTime
            )
        )
        {
            Clash(question, call.Name + "()");
        }
    }

    private void VerifyComparison(Operation comparison, Expression asked, Expression other)
    {
        if (QuestionOf(asked) is not { } question || other is not StringLiteral { Value.Length: > 0 } text)
        {
            return;
        }
        var number = FormValue.Of(text.Value).ToNumber();
        var isDate = FormValue.ParseIso(text.Value) is not null;
        if ((question.IsNumber && double.IsNaN(number)) || (question.Type == QuestionType.Date && !isDate))
        {
            Clash(question, $"{comparison.Operator.Sign()} '{text.Value}'");
        }
    }

    private void Clash(Question question, string use) =>
        add("F069", [question.Name, QuestionTypes.NameOf(question.Type), use]);

    // Of one answer: bounds that exclude each other, or two different texts at once.
    private void VerifyTogether(Operation conjunction)
    {
        var bounds = new Dictionary<string, (double Least, double Most)>(StringComparer.Ordinal);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in conjunction.Operands.OfType<Operation>().Where(o => o.Operands.Count == 2))
        {
            var (asked, value, op) = part.Operands[1] is Reference or CurrentValue
                ? (part.Operands[1], part.Operands[0], Turned(part.Operator))
                : (part.Operands[0], part.Operands[1], part.Operator);
            if (asked is not (Reference or CurrentValue))
            {
                continue;
            }
            var key = asked.ToText();
            if (op == Operator.Equal && value is StringLiteral text && QuestionOf(asked)?.Type.HasManyChoices() != true)
            {
                if (!texts.TryAdd(key, text.Value) && texts[key] != text.Value)
                {
                    add("F070", [$"{key} = '{texts[key]}' and {key} = '{text.Value}'"]);
                }
            }
            else if (NumberOf(value) is { } number)
            {
                var (least, most) = bounds.GetValueOrDefault(key, (double.NegativeInfinity, double.PositiveInfinity));
                bounds[key] = (Math.Max(least, Lower(op, number)), Math.Min(most, Upper(op, number)));
            }
        }
        foreach (var (key, (least, most)) in bounds.Where(b => b.Value.Least > b.Value.Most))
        {
            add("F070", [$"{key} >= {NumberText.Format(least)} and {key} <= {NumberText.Format(most)}"]);
        }
    }

    private static double? NumberOf(Expression part) =>
        part switch
        {
            NumberLiteral number => number.Value,
            Negation { Operand: NumberLiteral number } => -number.Value,
            _ => null,
        };

    private static double Lower(Operator op, double number) =>
        op switch
        {
            Operator.Greater => Math.BitIncrement(number),
            Operator.GreaterOrEqual or Operator.Equal => number,
            _ => double.NegativeInfinity,
        };

    private static double Upper(Operator op, double number) =>
        op switch
        {
            Operator.Less => Math.BitDecrement(number),
            Operator.LessOrEqual or Operator.Equal => number,
            _ => double.PositiveInfinity,
        };

    private static Operator Turned(Operator op) =>
        op switch
        {
            Operator.Less => Operator.Greater,
            Operator.LessOrEqual => Operator.GreaterOrEqual,
            Operator.Greater => Operator.Less,
            Operator.GreaterOrEqual => Operator.LessOrEqual,
            _ => op,
        };

    private sealed class Nothing : IValueSource
    {
        public FormValue Current => FormValue.Empty;

        public FormValue ValueOf(string name) => FormValue.Empty;
    }
}

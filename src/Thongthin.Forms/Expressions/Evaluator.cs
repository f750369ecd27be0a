namespace Thongthin.Forms.Expressions;

/// <summary>
/// Evaluates a tree. Total: every tree gives a value, whatever the answers are (a meaningless sum is NaN, a meaningless
/// date is no answer). <c>expressions.js</c> is the same, function for function; one corpus runs on both.
/// </summary>
public sealed class Evaluator(EvaluationContext context, IValueSource source)
{
    public static FormValue Evaluate(Expression expression, EvaluationContext context, IValueSource source) =>
        new Evaluator(context, source).Evaluate(expression);

    public FormValue Evaluate(Expression expression) =>
        expression switch
        {
            NumberLiteral number => FormValue.Of(number.Value),
            StringLiteral text => FormValue.Of(text.Value),
            CurrentValue => source.Current,
            Reference reference => source.ValueOf(reference.Name),
            Negation negation => FormValue.Of(-Evaluate(negation.Operand).ToNumber()),
            Operation operation => Apply(operation),
            FunctionCall call => Call(call),
            _ => throw new ArgumentOutOfRangeException(nameof(expression)),
        };

    private FormValue Apply(Operation operation)
    {
        if (operation.Operator is Operator.And)
        {
            return FormValue.Of(operation.Operands.All(o => Evaluate(o).ToBoolean()));
        }
        if (operation.Operator is Operator.Or)
        {
            return FormValue.Of(operation.Operands.Any(o => Evaluate(o).ToBoolean()));
        }
        var left = Evaluate(operation.Operands[0]);
        var right = Evaluate(operation.Operands[1]);
        return operation.Operator switch
        {
            Operator.Equal => FormValue.Of(FormValue.AreEqual(left, right)),
            Operator.NotEqual => FormValue.Of(FormValue.AreDifferent(left, right)),
            Operator.Less => FormValue.Of(FormValue.Compare(left, right, static (a, b) => a < b)),
            Operator.LessOrEqual => FormValue.Of(FormValue.Compare(left, right, static (a, b) => a <= b)),
            Operator.Greater => FormValue.Of(FormValue.Compare(left, right, static (a, b) => a > b)),
            Operator.GreaterOrEqual => FormValue.Of(FormValue.Compare(left, right, static (a, b) => a >= b)),
            _ => FormValue.Of(Calculate(operation.Operator, left.ToNumber(), right.ToNumber())),
        };
    }

    private static double Calculate(Operator op, double left, double right) =>
        op switch
        {
            Operator.Add => left + right,
            Operator.Subtract => left - right,
            Operator.Multiply => left * right,
            Operator.Divide => left / right,
            Operator.Modulo => left % right,
            _ => throw new ArgumentOutOfRangeException(nameof(op)),
        };

    private FormValue Call(FunctionCall call)
    {
        FormValue Argument(int i) => Evaluate(call.Arguments[i]);
        string Text(int i) => Argument(i).ToText();
        double Number(int i) => Argument(i).ToNumber();
        return call.Name switch
        {
            "if" => Argument(Argument(0).ToBoolean() ? 1 : 2),
            "coalesce" => Coalesce(call.Arguments),
            "not" => FormValue.Of(!Argument(0).ToBoolean()),
            "true" => FormValue.Of(true),
            "false" => FormValue.Of(false),
            "boolean" => FormValue.Of(Argument(0).ToBoolean()),
            "string" => FormValue.Of(Text(0)),
            "number" => FormValue.Of(Number(0)),
            "int" => FormValue.Of(Math.Truncate(Number(0))),
            "round" when call.Arguments.Count == 1 => FormValue.Of(NumberText.Round(Number(0), 0)),
            "round" => FormValue.Of(NumberText.Round(Number(0), Number(1))),
            "abs" => FormValue.Of(Math.Abs(Number(0))),
            "today" => FormValue.Of(context.Today),
            "date" => Argument(0).ToDate(),
            "fiscal-year" => context.FiscalYear is { } year ? FormValue.Of((double)year) : FormValue.Empty,
            "fiscal-year-start" => context.FiscalYearStart is { } start ? FormValue.Of(start) : FormValue.Empty,
            "fiscal-year-end" => context.FiscalYearEnd is { } end ? FormValue.Of(end) : FormValue.Empty,
            "selected" => FormValue.Of(Texts.Words(Text(0)).Contains(Texts.TrimSpaces(Text(1)))),
            "count-selected" => FormValue.Of((double)Texts.Words(Text(0)).Length),
            "string-length" => FormValue.Of((double)Texts.Length(Text(0))),
            "contains" => FormValue.Of(Text(0).Contains(Text(1), StringComparison.Ordinal)),
            "starts-with" => FormValue.Of(Text(0).StartsWith(Text(1), StringComparison.Ordinal)),
            "normalize-space" => FormValue.Of(string.Join(' ', Texts.Words(Text(0)))),
            "regex" => FormValue.Of(RegexSubset.IsMatch(Text(0), Text(1))),
            _ => CallOverMany(call),
        };
    }

    private FormValue CallOverMany(FunctionCall call)
    {
        var items = call.Arguments.SelectMany(a => Evaluate(a).Items).ToList();
        return call.Name switch
        {
            "concat" => FormValue.Of(string.Concat(items.Select(v => v.ToText()))),
            "count" => FormValue.Of((double)items.Count),
            "count-non-empty" => FormValue.Of((double)items.Count(v => !v.IsEmpty)),
            "sum" => FormValue.Of(items.Aggregate(0.0, (sum, v) => sum + v.ToNumber())),
            "min" => FormValue.Of(Extreme(items, Math.Min)),
            "max" => FormValue.Of(Extreme(items, Math.Max)),
            _ => throw new ArgumentOutOfRangeException(
                nameof(call),
                call.Name,
                "The parser lets no other name through."
            ),
        };
    }

    private FormValue Coalesce(IReadOnlyList<Expression> arguments)
    {
        foreach (var argument in arguments)
        {
            var value = Evaluate(argument);
            if (value.ToText().Length > 0)
            {
                return value;
            }
        }
        return FormValue.Empty;
    }

    private static double Extreme(List<FormValue> items, Func<double, double, double> choose) =>
        items.Count == 0 ? double.NaN : items.Select(v => v.ToNumber()).Aggregate(choose);
}

/// <summary>Texts as XPath counts and cuts them, the same in C# and in the browser.</summary>
internal static class Texts
{
    private static readonly char[] Spaces = [' ', '\t', '\r', '\n'];

    /// <summary>Without the spaces, tabs and line ends around it.</summary>
    public static string TrimSpaces(string text) => text.Trim(Spaces);

    public static string[] Words(string text) => text.Split(Spaces, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Number of Unicode code points.</summary>
    public static int Length(string text)
    {
        var pairs = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i]))
            {
                pairs++;
                i++;
            }
        }
        return text.Length - pairs;
    }
}

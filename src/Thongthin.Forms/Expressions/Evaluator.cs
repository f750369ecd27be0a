namespace Thongthin.Forms.Expressions;

/// <summary>
/// Evaluates a tree. Total: every tree gives a value, whatever the answers are (a meaningless sum is NaN, a meaningless
/// date is no answer). <c>expressions.js</c> is the same, function for function; one corpus runs on both.
/// </summary>
public sealed class Evaluator(EvaluationContext context, IValueSource source)
{
    // What a predicate or a choice filter looks at; null: the node that has the expression.
    private (TreeNode Node, int Position, int Size)? focus;
    private Chance? chance;

    public static FormValue Evaluate(Expression expression, EvaluationContext context, IValueSource source) =>
        new Evaluator(context, source).Evaluate(expression);

    /// <summary>Those of the nodes for which the expression holds, as a predicate: <c>.</c> and bare names are of the node.</summary>
    public static IReadOnlyList<TreeNode> Filter(
        Expression expression,
        IReadOnlyList<TreeNode> nodes,
        EvaluationContext context,
        IValueSource source
    ) => new Evaluator(context, source).Filter(nodes, [expression]);

    public FormValue Evaluate(Expression expression) =>
        expression switch
        {
            NumberLiteral number => FormValue.Of(number.Value),
            StringLiteral text => FormValue.Of(text.Value),
            CurrentValue => focus is { } at ? at.Node.Value : source.Current,
            PathExpression or Union => ValueOf(NodesOf(expression)),
            Reference reference => source.ValueOf(reference.Name),
            Negation negation => FormValue.Of(-Evaluate(negation.Operand).ToNumber()),
            Operation operation => Apply(operation),
            FunctionCall call => Call(call),
            _ => throw new ArgumentOutOfRangeException(nameof(expression)),
        };

    // One node stands for its value, as references do.
    private static FormValue ValueOf(IReadOnlyList<TreeNode> nodes) =>
        nodes.Count == 1 ? nodes[0].Value : FormValue.Of([.. nodes.Select(n => n.Value)]);

    private IReadOnlyList<TreeNode> NodesOf(Expression expression) =>
        expression switch
        {
            CurrentValue => focus is { } at ? [at.Node] : Own(),
            Reference reference => source.NodesOf(reference.Name),
            Union union => [.. union.Operands.SelectMany(NodesOf).Distinct()],
            PathExpression path => Walk(path),
            FunctionCall { Name: "current" } => Own(),
            FunctionCall { Name: "instance" } call => source.ListNamed(Literal(call, 0)) is { } list
                ? [list.Document]
                : [],
            FunctionCall { Name: "indexed-repeat" } call => Indexed(call),
            FunctionCall { Name: "randomize" } call => Randomized(call),
            _ => [],
        };

    private IReadOnlyList<TreeNode> Own() => source.Here is { } here ? [here] : [];

    private static string Literal(FunctionCall call, int i) => ((StringLiteral)call.Arguments[i]).Value;

    private IReadOnlyList<TreeNode> Walk(PathExpression path)
    {
        IReadOnlyList<TreeNode> nodes = path.Start switch
        {
            PathStart.Root => source.Here is { } here ? [here.Document] : [],
            PathStart.Here => focus is { } at ? [at.Node] : Own(),
            _ => Filter(NodesOf(path.From!), path.Filters),
        };
        foreach (var (i, step) in path.Steps.Index())
        {
            // The form itself may be called anything: authors write /data, or the form's name.
            var isForm = i == 0 && path.Start == PathStart.Root;
            nodes =
            [
                .. nodes
                    .SelectMany(node => Filter(isForm ? [.. node.Children] : Reached(node, step), step.Predicates))
                    .Distinct(),
            ];
        }
        return nodes;
    }

    private static IReadOnlyList<TreeNode> Reached(TreeNode node, Step step) =>
        step.Kind switch
        {
            StepKind.Self => [node],
            StepKind.Parent => node.Parent is { } parent ? [parent] : [],
            StepKind.AnyChild => [.. node.Children],
            _ => [.. node.Children.Where(child => child.Name == step.Name)],
        };

    // A number is a position, anything else a condition.
    private IReadOnlyList<TreeNode> Filter(IReadOnlyList<TreeNode> nodes, IReadOnlyList<Expression> predicates)
    {
        var outside = focus;
        foreach (var predicate in predicates)
        {
            var kept = new List<TreeNode>();
            for (var i = 0; i < nodes.Count; i++)
            {
                focus = (nodes[i], i + 1, nodes.Count);
                var value = Evaluate(predicate);
                if (value.Kind == ValueKind.Number ? value.ToNumber() == i + 1 : value.ToBoolean())
                {
                    kept.Add(nodes[i]);
                }
            }
            nodes = kept;
        }
        focus = outside;
        return nodes;
    }

    private IReadOnlyList<TreeNode> Indexed(FunctionCall call)
    {
        var names = NodeFunctions.IndexedNames(call).ToList();
        var nodes = Own().Select(here => here.Document).ToList();
        for (var i = 1; i < names.Count; i++)
        {
            var index = Evaluate(call.Arguments[i * 2]).ToNumber();
            nodes = [.. nodes.SelectMany(node => node.Below(names[i]!).Where((_, place) => place + 1 == index))];
        }
        return [.. nodes.SelectMany(node => node.Below(names[0]!))];
    }

    private IReadOnlyList<TreeNode> Randomized(FunctionCall call)
    {
        var nodes = NodesOf(call.Arguments[0]);
        return (call.Arguments.Count > 1 ? new Chance(Evaluate(call.Arguments[1]).ToText()) : Chance()).Shuffle(nodes);
    }

    private Chance Chance() => chance ??= new Chance($"{context.Seed}|{source.Here?.Key}");

    private FormValue PullData(FunctionCall call)
    {
        var (list, column) = (Literal(call, 0), Literal(call, 1));
        var key = Evaluate(call.Arguments[2]).ToText();
        var wanted = Evaluate(call.Arguments[3]).ToText();
        if (NodeFunctions.IsOfFacts(call))
        {
            return context.Facts?.Of(column, wanted) ?? FormValue.Empty;
        }
        return source.ListNamed(list)?.Items.FirstOrDefault(item => TextOf(item, key) == wanted) is { } found
            ? FormValue.Of(TextOf(found, column) ?? "")
            : FormValue.Empty;
    }

    private static string? TextOf(TreeNode item, string column) =>
        item.Children.FirstOrDefault(child => child.Name == column)?.Value.ToText();

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
            "floor" => FormValue.Of(Math.Floor(Number(0))),
            "ceiling" => FormValue.Of(Math.Ceiling(Number(0))),
            "sqrt" => FormValue.Of(Math.Sqrt(Number(0))),
            "pi" => FormValue.Of(Math.PI),
            "today" => FormValue.Of(context.Today),
            "date" => Argument(0).ToDate(),
            "position" when call.Arguments.Count == 0 => FormValue.Of((double)(focus?.Position ?? 1)),
            "position" => FormValue.Of(NodesOf(call.Arguments[0]) is [var node, ..] ? node.Place : double.NaN),
            "last" => FormValue.Of((double)(focus?.Size ?? 1)),
            "current" => source.Current,
            "instance" or "indexed-repeat" or "randomize" => ValueOf(NodesOf(call)),
            "pulldata" => PullData(call),
            "jr:choice-name" => FormValue.Of(
                Text(0) is var name
                && source.ListOf(NodeFunctions.QuestionOf(call.Arguments[1])!)?.Find(name) is { } choice
                    ? choice.Label.In("th")
                    : ""
            ),
            "random" => FormValue.Of(Chance().Next()),
            "uuid" when call.Arguments.Count == 0 => FormValue.Of(Chance().NextUuid()),
            "uuid" => FormValue.Of(Chance().NextText((int)Math.Clamp(Truncated(Number(0)), 0, 100))),
            "digest" => FormValue.Of(Digests.Digest(Text(0), Text(1), call.Arguments.Count > 2 ? Text(2) : "base64")),
            "base64-decode" => FormValue.Of(Digests.FromBase64(Text(0))),
            "geofence" => FormValue.Of(Places.IsInside(Text(0), Text(1))),
            "version" => FormValue.Of(context.Version),
            "fiscal-year" => context.FiscalYear is { } year ? FormValue.Of((double)year) : FormValue.Empty,
            "fiscal-year-start" => context.FiscalYearStart is { } start ? FormValue.Of(start) : FormValue.Empty,
            "fiscal-year-end" => context.FiscalYearEnd is { } end ? FormValue.Of(end) : FormValue.Empty,
            "selected" => FormValue.Of(Texts.Words(Text(0)).Contains(Texts.TrimSpaces(Text(1)))),
            "count-selected" => FormValue.Of((double)Texts.Words(Text(0)).Length),
            "string-length" => FormValue.Of((double)Texts.Length(Text(0))),
            "contains" => FormValue.Of(Text(0).Contains(Text(1), StringComparison.Ordinal)),
            "starts-with" => FormValue.Of(Text(0).StartsWith(Text(1), StringComparison.Ordinal)),
            "normalize-space" => FormValue.Of(string.Join(' ', Texts.Words(Text(0)))),
            "ends-with" => FormValue.Of(Text(0).EndsWith(Text(1), StringComparison.Ordinal)),
            "substr" => FormValue.Of(
                Texts.Slice(Text(0), Number(1), call.Arguments.Count > 2 ? Number(2) : double.PositiveInfinity)
            ),
            "substring" => FormValue.Of(
                Texts.Substring(Text(0), Number(1), call.Arguments.Count > 2 ? Number(2) : double.PositiveInfinity)
            ),
            "substring-before" => FormValue.Of(Texts.Before(Text(0), Text(1))),
            "substring-after" => FormValue.Of(Texts.After(Text(0), Text(1))),
            "translate" => FormValue.Of(Texts.Translate(Text(0), Text(1), Text(2))),
            "boolean-from-string" => FormValue.Of(Text(0).ToLowerInvariant() is "true" or "1"),
            "selected-at" => FormValue.Of(Texts.WordAt(Text(0), Number(1))),
            "regex" => FormValue.Of(RegexSubset.IsMatch(Text(0), Text(1))),
            "once" => source.Current.IsEmpty ? Argument(0) : source.Current,
            "now" => context.Now is { } now ? FormValue.Of(Moments.ToText(now.DateTime)) : FormValue.Empty,
            "date-time" => Moments.Parse(Argument(0)) is { } moment
                ? FormValue.Of(Moments.ToText(moment))
                : FormValue.Empty,
            "decimal-date-time" => FormValue.Of(
                Moments.Parse(Argument(0)) is { } moment ? Moments.ToDays(moment) : double.NaN
            ),
            "decimal-time" => FormValue.Of(Moments.ToDayFraction(Argument(0))),
            "format-date" or "format-date-time" => FormValue.Of(
                Moments.Parse(Argument(0)) is { } moment ? Moments.Format(moment, Text(1)) : ""
            ),
            _ => Calculate(call) is { } number ? FormValue.Of(NumberText.Approximate(number)) : CallOverMany(call),
        };
    }

    /// <summary>Functions of numbers that engines compute with different last digits; null for other names.</summary>
    private double? Calculate(FunctionCall call)
    {
        double Number(int i) => Evaluate(call.Arguments[i]).ToNumber();
        return call.Name switch
        {
            "pow" => Power(Number(0), Number(1)),
            "exp" => Math.Exp(Number(0)),
            "exp10" => Power(10, Number(0)),
            "log" => Math.Log(Number(0)),
            "log10" => Math.Log10(Number(0)),
            "sin" => Math.Sin(Number(0)),
            "cos" => Math.Cos(Number(0)),
            "tan" => Math.Tan(Number(0)),
            "asin" => Math.Asin(Number(0)),
            "acos" => Math.Acos(Number(0)),
            "atan" => Math.Atan(Number(0)),
            "atan2" => Math.Atan2(Number(0), Number(1)),
            _ => null,
        };
    }

    // Browsers say that 1 to the power of NaN or infinity is NaN; so do we.
    private static double Power(double value, double exponent) =>
        double.IsNaN(exponent) || (Math.Abs(value) == 1 && double.IsInfinity(exponent))
            ? double.NaN
            : Math.Pow(value, exponent);

    private static double Truncated(double number) => double.IsNaN(number) ? 0 : Math.Truncate(number);

    private static bool IsWithin(double sum, double least, double most) =>
        (least == -1 || sum >= least) && (most == -1 || sum <= most);

    private FormValue CallOverMany(FunctionCall call)
    {
        var items = call.Arguments.SelectMany(a => Evaluate(a).Items).ToList();
        return call.Name switch
        {
            "concat" => FormValue.Of(string.Concat(items.Select(v => v.ToText()))),
            "count" => FormValue.Of((double)items.Count),
            "count-non-empty" => FormValue.Of((double)items.Count(v => !v.IsEmpty)),
            "join" => FormValue.Of(
                string.Join(items.Count > 0 ? items[0].ToText() : "", items.Skip(1).Select(v => v.ToText()))
            ),
            "checklist" => FormValue.Of(
                items.Count > 1
                    && IsWithin(items.Skip(2).Count(v => v.ToBoolean()), items[0].ToNumber(), items[1].ToNumber())
            ),
            "weighted-checklist" => FormValue.Of(
                items.Count > 1
                    && IsWithin(
                        items
                            .Skip(2)
                            .Chunk(2)
                            .Where(pair => pair.Length == 2 && pair[0].ToBoolean())
                            .Aggregate(0.0, (sum, pair) => sum + pair[1].ToNumber()),
                        items[0].ToNumber(),
                        items[1].ToNumber()
                    )
            ),
            "distance" => FormValue.Of(Places.Distance(items.Select(v => v.ToText()))),
            "area" => FormValue.Of(Places.Area(items.Select(v => v.ToText()))),
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

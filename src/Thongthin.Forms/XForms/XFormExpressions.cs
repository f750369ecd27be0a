using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;

namespace Thongthin.Forms.XForms;

/// <summary>
/// Writes our expressions as other engines read them: <c>${x}</c> as a path, our own functions by what they stand for. What reads the
/// facts of other forms cannot be carried along: such a rule is left out, as it is silent where nothing is known.
/// </summary>
internal sealed class XFormExpressions(FormDefinition definition)
{
    /// <summary>The path of a node from the document.</summary>
    public string PathOf(FormNode node)
    {
        var parent = definition.ParentOf(node);
        return $"{(parent is null ? "/data" : PathOf(parent))}/{node.Name}";
    }

    /// <summary>null when the expression reads facts.</summary>
    /// <param name="node">that has the expression</param>
    public string? Write(Formula? formula, FormNode node) =>
        formula is null || formula.FactNames.Count > 0
            ? null
            : formula.Tree.Rewrite(part => Replace(part, node, insidePredicate: false)).ToText();

    /// <summary>The predicate of a select's list.</summary>
    public string WriteFilter(Formula formula, FormNode node) =>
        formula.Tree.Rewrite(part => Replace(part, node, insidePredicate: true)).ToText();

    private Expression? Replace(Expression part, FormNode node, bool insidePredicate)
    {
        switch (part)
        {
            case Reference reference when definition.Find(reference.Name) is { } target:
                return PathTo(target, node, insidePredicate);
            case FunctionCall { Name: "jr:choice-name" } call:
                var asked = definition.Find(NodeFunctions.QuestionOf(call.Arguments[1])!);
                return call with
                {
                    Arguments =
                    [
                        call.Arguments[0].Rewrite(p => Replace(p, node, insidePredicate)),
                        new StringLiteral(0, asked is null ? "" : PathOf(asked)),
                    ],
                };
            case FunctionCall { Name: "fiscal-year" }:
                return FiscalYear;
            case FunctionCall { Name: "fiscal-year-start" }:
                return DayOfYear(544, "-10-01");
            case FunctionCall { Name: "fiscal-year-end" }:
                return DayOfYear(543, "-09-30");
            case PathExpression path:
                return Joined(
                    path with
                    {
                        From = path.From?.Rewrite(p => Replace(p, node, insidePredicate)),
                        Filters = InPredicate(path.Filters, node),
                        Steps = [.. path.Steps.Select(s => s with { Predicates = InPredicate(s.Predicates, node) })],
                    }
                );
            default:
                return null;
        }
    }

    // ${rows}[2]/x is /data/rows[2]/x: engines of others filter steps, not whole paths.
    private static PathExpression Joined(PathExpression path) =>
        path.From is PathExpression { Steps: [.., var last] } source
            ? source with
            {
                Steps =
                [
                    .. source.Steps.SkipLast(1),
                    last with
                    {
                        Predicates = [.. last.Predicates, .. path.Filters],
                    },
                    .. path.Steps,
                ],
            }
            : path;

    private IReadOnlyList<Expression> InPredicate(IReadOnlyList<Expression> predicates, FormNode node) =>
        [.. predicates.Select(p => p.Rewrite(part => Replace(part, node, insidePredicate: true)))];

    // In a common repeat the way goes up to the row and down again, so that it stays in the row; else it starts at the top.
    private PathExpression PathTo(FormNode target, FormNode node, bool insidePredicate)
    {
        var common = CommonRow(target, node);
        if (common is null)
        {
            var names = PathOf(target)[1..].Split('/').Select(name => new Step(StepKind.Child, name, []));
            return new PathExpression(0, PathStart.Root, null, [], [.. names]);
        }
        var up = new List<Step>();
        for (var at = node; at is not null && at != common; at = definition.ParentOf(at))
        {
            up.Add(new Step(StepKind.Parent, "", []));
        }
        var down = PathOf(target)[(PathOf(common).Length + 1)..]
            .Split('/')
            .Select(name => new Step(StepKind.Child, name, []));
        return insidePredicate
            ? new PathExpression(0, PathStart.Nodes, new FunctionCall(0, "current", []), [], [.. up, .. down])
            : new PathExpression(0, PathStart.Here, null, [], [.. up, .. down]);
    }

    private Repeat? CommonRow(FormNode target, FormNode node)
    {
        for (var row = Around(node); row is not null; row = definition.RepeatOf(row))
        {
            for (var at = definition.RepeatOf(target); at is not null; at = definition.RepeatOf(at))
            {
                if (at == row)
                {
                    return row;
                }
            }
        }
        return null;
    }

    private Repeat? Around(FormNode node) => definition.RepeatOf(node);

    // A phone records today: the fiscal year is the one that today is in.
    private static Expression FiscalYear =>
        Formula.Parse("format-date(today(), '%Y') + if(format-date(today(), '%n') >= 10, 544, 543)").Tree;

    private static FunctionCall DayOfYear(double offset, string day) =>
        new(
            0,
            "date",
            [
                new FunctionCall(
                    0,
                    "concat",
                    [
                        new Operation(0, Operator.Subtract, [FiscalYear, new NumberLiteral(0, offset)]),
                        new StringLiteral(0, day),
                    ]
                ),
            ]
        );
}

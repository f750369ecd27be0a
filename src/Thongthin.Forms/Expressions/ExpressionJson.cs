using System.Text.Json.Nodes;

namespace Thongthin.Forms.Expressions;

/// <summary>
/// Writes a tree for the browser. Literals are JSON numbers and strings; everything else is an array whose first entry
/// says what it is: <c>["."]</c>, <c>["$", "name"]</c>, <c>["neg", x]</c>, <c>["+", a, b]</c>, <c>["round", x, 2]</c>. A path
/// is <c>["/", start, filters, step…]</c>: the start is "root", "here" or a tree, a step <c>["name", predicate…]</c>.
/// </summary>
public static class ExpressionJson
{
    public static JsonNode ToJson(this Expression expression) =>
        expression switch
        {
            NumberLiteral number => JsonValue.Create(number.Value),
            StringLiteral text => JsonValue.Create(text.Value),
            CurrentValue => new JsonArray("."),
            Reference reference => new JsonArray("$", reference.Name),
            Negation negation => Array("neg", negation.Children),
            Operation operation => Array(operation.Operator.Sign(), operation.Operands),
            FunctionCall call => Array(call.Name, call.Arguments),
            Union union => Array("|", union.Operands),
            PathExpression path => Path(path),
            _ => throw new ArgumentOutOfRangeException(nameof(expression)),
        };

    private static JsonArray Path(PathExpression path)
    {
        JsonNode start = path.Start switch
        {
            PathStart.Root => "root",
            PathStart.Here => "here",
            _ => path.From!.ToJson(),
        };
        return new JsonArray([
            "/",
            start,
            new JsonArray([.. path.Filters.Select(ToJson)]),
            .. path.Steps.Select(step => Array(step.Sign, step.Predicates)),
        ]);
    }

    private static JsonArray Array(string head, IReadOnlyList<Expression> operands) =>
        new([JsonValue.Create(head), .. operands.Select(ToJson)]);
}

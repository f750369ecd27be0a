namespace Thongthin.Forms.Expressions;

/// <summary>Makes another tree of a tree.</summary>
internal static class ExpressionRewriting
{
    /// <summary>The tree with some of its nodes replaced, parents asked first; what is replaced is not looked into.</summary>
    /// <param name="replace">null: keep the node and go on below it</param>
    public static Expression Rewrite(this Expression tree, Func<Expression, Expression?> replace)
    {
        if (replace(tree) is { } other)
        {
            return other;
        }
        IReadOnlyList<Expression> All(IReadOnlyList<Expression> parts) =>
            [.. parts.Select(part => part.Rewrite(replace))];
        return tree switch
        {
            Negation negation => negation with { Operand = negation.Operand.Rewrite(replace) },
            Operation operation => operation with { Operands = All(operation.Operands) },
            FunctionCall call => call with { Arguments = All(call.Arguments) },
            Union union => union with { Operands = All(union.Operands) },
            PathExpression path => path with
            {
                From = path.From?.Rewrite(replace),
                Filters = All(path.Filters),
                Steps = [.. path.Steps.Select(step => step with { Predicates = All(step.Predicates) })],
            },
            _ => tree,
        };
    }
}

using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;

namespace Thongthin.Features.Demonstration;

/// <summary>
/// What a question's rules say about its own number: between which figures it lies. Read from the comparisons of <c>.</c>
/// that stand under <c>and</c> and <c>not</c>: <c>. &lt;= 300</c>, <c>not(. + ${a} &gt; ${b} * 2)</c>,
/// <c>${a} div . &gt;= 3</c>. What has another shape is left to the caller, who tries the number against the rule.
/// </summary>
internal sealed class RuleLimits(Func<Expression, double> valueOf)
{
    /// <summary>From rules that name no other question; NaN: none.</summary>
    public Range Fixed { get; } = new();

    /// <summary>From the constraint, where it names other questions.</summary>
    public Range Required { get; } = new();

    /// <summary>From the order of magnitude, where it names other questions.</summary>
    public Range Usual { get; } = new();

    internal sealed class Range
    {
        public double Low { get; private set; } = double.NaN;

        public double High { get; private set; } = double.NaN;

        public void Raise(double low) => Low = double.IsNaN(Low) ? low : Math.Max(Low, low);

        public void Lower(double high) => High = double.IsNaN(High) ? high : Math.Min(High, high);
    }

    public static RuleLimits Of(Question question, Func<Expression, double> valueOf)
    {
        var limits = new RuleLimits(valueOf);
        limits.Read(question.Constraint?.Tree, false, limits.Required);
        limits.Read(question.Plausible?.Tree, false, limits.Usual);
        return limits;
    }

    private void Read(Expression? rule, bool negated, Range related)
    {
        switch (rule)
        {
            case Operation { Operator: Operator.And } all when !negated:
                foreach (var part in all.Operands)
                {
                    Read(part, negated, related);
                }
                break;
            case Operation { Operator: Operator.Or } any when !negated:
                // the way out for what is not answered yet comes first; the last part is the rule proper
                Read(any.Operands[^1], negated, related);
                break;
            case FunctionCall { Name: "not", Arguments: [var inner] }:
                Read(inner, !negated, related);
                break;
            case Operation { Operands: [var left, var right] } comparison:
                Compare(left, right, Direction(comparison.Operator, negated), related);
                break;
        }
    }

    /// <summary>1: the left side is at most the right; -1: at least; 0: neither.</summary>
    private static int Direction(Operator comparison, bool negated) =>
        comparison switch
        {
            Operator.Less or Operator.LessOrEqual => negated ? -1 : 1,
            Operator.Greater or Operator.GreaterOrEqual => negated ? 1 : -1,
            _ => 0,
        };

    private void Compare(Expression left, Expression right, int direction, Range related)
    {
        if (direction == 0 || HasCurrent(right))
        {
            return;
        }
        var target = left.References().Any() || right.References().Any() ? related : Fixed;
        var limit = valueOf(right);
        if (left is Operation { Operator: Operator.Divide, Operands: [var dividend, CurrentValue] })
        {
            limit = valueOf(dividend) / limit;
            direction = -direction;
        }
        else if (left is Operation { Operator: Operator.Add } sum && Terms(sum).OfType<CurrentValue>().Count() == 1)
        {
            limit -= Terms(sum).Where(t => t is not CurrentValue).Sum(valueOf);
        }
        else if (left is not CurrentValue)
        {
            return;
        }
        if (double.IsFinite(limit))
        {
            if (direction > 0)
            {
                target.Lower(limit);
            }
            else
            {
                target.Raise(limit);
            }
        }
    }

    private static IEnumerable<Expression> Terms(Expression node) =>
        node is Operation { Operator: Operator.Add } sum ? sum.Operands.SelectMany(Terms) : [node];

    private static bool HasCurrent(Expression node) => node.Descendants().Any(d => d is CurrentValue);
}

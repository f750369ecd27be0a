using Thongthin.Forms.Expressions;

namespace Thongthin.Forms.Schema;

/// <summary>
/// Orders the nodes of a form such that every expression is evaluated after what it reads: a node depends on what its
/// relevance and calculation refer to and on the group around it. Depth-first over the survey's order, so the order is
/// the same every time; with its own stack, because a chain may be as long as the form. A cycle has no such order.
/// </summary>
internal static class EvaluationOrder
{
    /// <summary>Throws <see cref="ArgumentException"/> when expressions refer to each other in a circle.</summary>
    public static IReadOnlyList<FormNode> Of(FormDefinition definition)
    {
        var cycle = TryOrder(definition.AllNodes, definition.Find, definition.ParentOf, out var order);
        return cycle is null
            ? order
            : throw new ArgumentException($"The expressions of {string.Join(" → ", cycle)} need each other.");
    }

    /// <summary>The names on a cycle, the first one repeated at the end; null when there is an order.</summary>
    public static IReadOnlyList<string>? TryOrder(
        IReadOnlyList<FormNode> nodes,
        Func<string, FormNode?> find,
        Func<FormNode, FormNode?> parentOf,
        out IReadOnlyList<FormNode> order
    )
    {
        var ordered = new List<FormNode>(nodes.Count);
        var open = new HashSet<string>(StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        var stack = new Stack<(FormNode Node, IEnumerator<FormNode> Needed)>();
        order = ordered;
        foreach (var start in nodes)
        {
            Enter(start);
            while (stack.TryPeek(out var top))
            {
                if (!top.Needed.MoveNext())
                {
                    stack.Pop();
                    open.Remove(top.Node.Name);
                    done.Add(top.Node.Name);
                    ordered.Add(top.Node);
                }
                else if (open.Contains(top.Needed.Current.Name))
                {
                    return CycleOn(stack.Select(s => s.Node.Name), top.Needed.Current.Name);
                }
                else
                {
                    Enter(top.Needed.Current);
                }
            }
        }
        return null;

        void Enter(FormNode node)
        {
            if (!done.Contains(node.Name))
            {
                open.Add(node.Name);
                stack.Push((node, NeededBy(node, find, parentOf).GetEnumerator()));
            }
        }
    }

    /// <summary>Names that a node's relevance or value is computed from.</summary>
    public static IEnumerable<string> ReferencesOf(FormNode node) =>
        ((Formula?[])[node.Relevant, (node as Question)?.Calculation, (node as Repeat)?.Count])
            .Where(formula => formula is not null)
            .SelectMany(formula => formula!.Tree.References());

    private static List<string> CycleOn(IEnumerable<string> innermostFirst, string name)
    {
        var cycle = innermostFirst.TakeWhile(n => n != name).Reverse().ToList();
        return [name, .. cycle, name];
    }

    private static IEnumerable<FormNode> NeededBy(
        FormNode node,
        Func<string, FormNode?> find,
        Func<FormNode, FormNode?> parentOf
    )
    {
        if (parentOf(node) is { } parent)
        {
            yield return parent;
        }
        foreach (var name in ReferencesOf(node))
        {
            if (find(name) is { } other)
            {
                yield return other;
            }
        }
    }
}

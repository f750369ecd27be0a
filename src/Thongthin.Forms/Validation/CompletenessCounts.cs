using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Validation;

/// <summary>Counts answers and issues of each node at the top level of the form, with everything inside it.</summary>
internal static class CompletenessCounts
{
    public static Dictionary<string, Completeness> ByPart(
        FormDefinition definition,
        IReadOnlyList<FieldState> states,
        IReadOnlyList<Issue> issues
    )
    {
        var parts = definition.Nodes.ToDictionary(n => n.Name, _ => default(Completeness), StringComparer.Ordinal);
        var topOf = definition.AllNodes.ToDictionary(n => n.Name, n => TopOf(definition, n), StringComparer.Ordinal);
        foreach (var state in states)
        {
            if (state is { IsRelevant: true, Node: Question { TakesAnswer: true } })
            {
                parts[topOf[state.Node.Name]] += new Completeness(
                    state.IsAnswered ? 1 : 0,
                    1,
                    state is { IsAnswered: true, IsRequired: true } ? 1 : 0,
                    state.IsRequired ? 1 : 0,
                    0,
                    0
                );
            }
        }
        foreach (var issue in issues)
        {
            var name = topOf[issue.Path.Name ?? issue.Path.Rows[^1].Repeat];
            var isBlocking = issue.Severity == Severity.Block;
            parts[name] += new Completeness(0, 0, 0, 0, isBlocking ? 1 : 0, isBlocking ? 0 : 1);
        }
        return parts;
    }

    private static string TopOf(FormDefinition definition, FormNode node)
    {
        while (definition.ParentOf(node) is { } parent)
        {
            node = parent;
        }
        return node.Name;
    }
}

using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Verification;

/// <summary>
/// Walks the paths of an expression over the form instead of over answers: a step that can find nothing, whatever is
/// answered, is a mistake of its author.
/// </summary>
internal sealed class PathVerifier(
    IReadOnlyDictionary<string, FormNode> byName,
    IReadOnlyDictionary<string, FormNode> parents,
    IReadOnlyDictionary<string, ChoiceList> lists,
    Action<string, object[]> add
)
{
    // What a step stands on: a node of the form, the form itself (no node), its document, or the items of a list.
    private sealed record Place(FormNode? Node, bool IsDocument = false, string? List = null, int Depth = 0);

    /// <param name="node">that has the expression; null: the form itself</param>
    /// <param name="list">whose items a choice filter looks at; null for other expressions</param>
    public void Verify(Expression tree, FormNode? node, string? list)
    {
        var own = new Place(node);
        VerifyPart(tree, own, list is null ? own : new Place(null, List: list, Depth: 2));
    }

    // own: the node with the expression; here: what a predicate looks at.
    private void VerifyPart(Expression part, Place own, Place here)
    {
        if (part is PathExpression path)
        {
            Walk(path, own, here);
            return;
        }
        foreach (var child in part.Children)
        {
            VerifyPart(child, own, here);
        }
    }

    private List<Place> Walk(PathExpression path, Place own, Place here)
    {
        List<Place> places = path.Start switch
        {
            PathStart.Root => [new Place(null, IsDocument: true)],
            PathStart.Here => [here],
            _ => StartOf(path.From!, own, here),
        };
        VerifyPredicates(path.Filters, own, places);
        foreach (var (i, step) in path.Steps.Index())
        {
            var isForm = i == 0 && path.Start == PathStart.Root;
            var reached = isForm
                ? [new Place(null)]
                : places.SelectMany(place => Reached(place, step)).Distinct().ToList();
            if (reached.Count == 0 && places.Count > 0)
            {
                Complain(path, step, places[0]);
                return [];
            }
            places = reached;
            VerifyPredicates(step.Predicates, own, places);
        }
        return places;
    }

    private void VerifyPredicates(IReadOnlyList<Expression> predicates, Place own, IReadOnlyList<Place> places)
    {
        foreach (var predicate in predicates)
        {
            foreach (var place in places.Take(1))
            {
                VerifyPart(predicate, own, place);
            }
        }
    }

    private void Complain(PathExpression path, Step step, Place place)
    {
        if (step.Kind == StepKind.AnyChild)
        {
            add("F073", []);
        }
        else if (place.List is { } list)
        {
            add("F068", [list, step.Sign]);
        }
        else if (step.Kind == StepKind.Child && !byName.ContainsKey(step.Name))
        {
            add("F041", [step.Name]);
        }
        else
        {
            add("F066", [path.ToShownText(), step.Sign]);
        }
    }

    private List<Place> StartOf(Expression from, Place own, Place here)
    {
        switch (from)
        {
            case Reference reference:
                return byName.TryGetValue(reference.Name, out var node) ? [new Place(node)] : [];
            case PathExpression path:
                return Walk(path, own, here);
            case Union union:
                return [.. union.Operands.SelectMany(operand => StartOf(operand, own, here))];
            case FunctionCall { Name: "current" }:
                return [own];
            case FunctionCall { Name: "instance" } call:
                var list = ((StringLiteral)call.Arguments[0]).Value;
                return lists.ContainsKey(list) ? [new Place(null, List: list)] : [];
            case FunctionCall call:
                foreach (var argument in call.Arguments)
                {
                    VerifyPart(argument, own, here);
                }
                return StartOf(call.Arguments[0], own, here);
            default:
                return [];
        }
    }

    private IEnumerable<Place> Reached(Place place, Step step)
    {
        if (place.List is not null)
        {
            return ReachedInList(place, step);
        }
        return step.Kind switch
        {
            StepKind.Self => [place],
            StepKind.AnyChild => [],
            StepKind.Parent when place.IsDocument => [],
            StepKind.Parent => place.Node is null
                ? [new Place(null, IsDocument: true)]
                : [new Place(parents.GetValueOrDefault(place.Node.Name))],
            _ when place.IsDocument => [new Place(null)],
            _ => byName.TryGetValue(step.Name, out var child) && parents.GetValueOrDefault(child.Name) == place.Node
                ? [new Place(child)]
                : [],
        };
    }

    // A list is a document, its root, the items, and what an item has.
    private IEnumerable<Place> ReachedInList(Place place, Step step)
    {
        var isThere = (step.Kind, place.Depth) switch
        {
            (StepKind.Self, _) => true,
            (StepKind.Parent, _) => place.Depth > 0,
            (StepKind.AnyChild, _) => place.Depth < 3,
            (_, 0) => step.Name == "root",
            (_, 1) => step.Name == "item",
            (_, 2) => lists.TryGetValue(place.List!, out var list) && list.HasColumn(step.Name),
            _ => false,
        };
        var deeper = step.Kind switch
        {
            StepKind.Self => 0,
            StepKind.Parent => -1,
            _ => 1,
        };
        return isThere ? [place with { Depth = place.Depth + deeper }] : [];
    }
}

using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.XlsForm;

namespace Thongthin.Forms.Verification;

/// <summary>Checks what the expressions of a form mean: names exist and have answers, <c>.</c> has a meaning, patterns can be matched, choices exist.</summary>
internal sealed class ExpressionVerifier(
    IReadOnlyList<FormNode> all,
    IReadOnlyDictionary<string, FormNode> byName,
    IReadOnlyDictionary<string, FormNode> parents,
    IReadOnlyDictionary<string, ChoiceList> lists,
    ColumnMap columns,
    FindingList findings
)
{
    private static readonly string[] conditions = ["relevant", "constraint", "plausible", "choice_filter"];

    private static readonly HashSet<string> takingMany = new(StringComparer.Ordinal)
    {
        "count",
        "count-non-empty",
        "sum",
        "min",
        "max",
        "concat",
        "join",
        "checklist",
        "weighted-checklist",
        "distance",
        "area",
        "indexed-repeat",
        "position",
        "randomize",
    };

    /// <summary>Names of the lists that expressions look into.</summary>
    public static IEnumerable<string> ListsIn(IEnumerable<Formula> formulas) =>
        formulas
            .SelectMany(f => f.Tree.Descendants())
            .OfType<FunctionCall>()
            .Where(call => call.Name == "instance" || (call.Name == "pulldata" && !NodeFunctions.IsOfFacts(call)))
            .Select(call => ((StringLiteral)call.Arguments[0]).Value);

    public void Verify(EntityDraft? entity)
    {
        foreach (var node in all)
        {
            Check(node, node.Relevant, "relevant", hasCurrent: false);
            Check(node, (node as Repeat)?.Count, "repeat_count", hasCurrent: false);
            if (node is Question question)
            {
                Check(node, question.ChoiceFilter, "choice_filter", hasCurrent: true);
                Check(node, question.Calculation, "calculation", hasCurrent: false);
                Check(node, question.Required, "required", hasCurrent: true);
                Check(node, question.Constraint, "constraint", hasCurrent: true);
                Check(node, question.Plausible, "plausible", hasCurrent: true);
                Check(node, question.Default, "default", hasCurrent: false);
                if (question.Default?.Tree.References().Any() ?? false)
                {
                    findings.Add("F049", "survey", node.Row, columns.HeaderOf("default"));
                }
            }
        }
        if (entity?.Declaration is { } declaration)
        {
            CheckTree(new Place("entities", entity.Row, "label", null, false), declaration.Label);
            CheckTree(new Place("entities", entity.Row, "create_if", null, false), declaration.CreateIf);
            CheckTree(new Place("entities", entity.Row, "update_if", null, false), declaration.UpdateIf);
        }
    }

    /// <summary>Where an expression stands; Node is null outside the survey sheet.</summary>
    private sealed record Place(string Sheet, int? Row, string Column, FormNode? Node, bool HasCurrent);

    private void Check(FormNode node, Formula? formula, string key, bool hasCurrent) =>
        CheckTree(new Place("survey", node.Row, columns.HeaderOf(key), node, hasCurrent), formula);

    private void CheckTree(Place place, Formula? formula)
    {
        if (formula is null)
        {
            return;
        }
        var many = new HashSet<Expression>(ReferenceEqualityComparer.Instance);
        var ofNodes = new HashSet<Expression>(ReferenceEqualityComparer.Instance);
        new PathVerifier(byName, parents, lists, (code, arguments) => Add(place, code, arguments)).Verify(
            formula.Tree,
            place.Node,
            place.Column == columns.HeaderOf("choice_filter") ? (place.Node as Question)?.List : null
        );
        new MeaningVerifier(byName, place.Node, (code, arguments) => Add(place, code, arguments)).Verify(
            formula.Tree,
            isCondition: place.Sheet == "survey"
                && Array.Exists(conditions, key => place.Column == columns.HeaderOf(key))
        );
        foreach (var part in formula.Tree.Descendants())
        {
            switch (part)
            {
                case Reference reference:
                    CheckReference(place, reference, many.Contains(reference));
                    break;
                case PathExpression path:
                    many.UnionWith(path.From is null ? [] : [path.From]);
                    ofNodes.UnionWith(
                        path.Filters.Concat(path.Steps.SelectMany(s => s.Predicates)).SelectMany(p => p.Descendants())
                    );
                    break;
                case CurrentValue when !place.HasCurrent && !ofNodes.Contains(part):
                    Add(place, "F044");
                    break;
                case FunctionCall call:
                    many.UnionWith(takingMany.Contains(call.Name) ? call.Arguments : []);
                    CheckCall(place, call);
                    break;
                case Operation { Operator: Operator.Equal } comparison:
                    CheckChoice(place, comparison.Operands[0], comparison.Operands[1], QuestionType.SelectOne);
                    CheckChoice(place, comparison.Operands[1], comparison.Operands[0], QuestionType.SelectOne);
                    break;
            }
        }
    }

    private void Add(Place place, string code, params object[] arguments) =>
        findings.Add(code, place.Sheet, place.Row, place.Column, arguments);

    private void CheckReference(Place place, Reference reference, bool takesMany)
    {
        if (!byName.TryGetValue(reference.Name, out var node))
        {
            Add(place, "F041", reference.Name);
        }
        else if (node is Group or Question { Type: QuestionType.Note })
        {
            Add(place, "F042", reference.Name);
        }
        else if (!takesMany && (node as Repeat ?? OuterRepeat(node, place.Node)) is { } repeat)
        {
            Add(place, "F047", reference.Name, repeat.Name);
        }
    }

    // The repeat around the node that is not around the expression too.
    private Repeat? OuterRepeat(FormNode node, FormNode? from)
    {
        var repeat = RepeatOf(node);
        return repeat is not null && (from is null || RepeatOf(from) != repeat) ? repeat : null;
    }

    private Repeat? RepeatOf(FormNode node)
    {
        var at = parents.GetValueOrDefault(node.Name);
        while (at is not (null or Repeat))
        {
            at = parents.GetValueOrDefault(at.Name);
        }
        return (Repeat?)at;
    }

    private void CheckCall(Place place, FunctionCall call)
    {
        var listName = call.Name is "instance" or "pulldata" ? ((StringLiteral)call.Arguments[0]).Value : null;
        if (call.Name == "pulldata" && NodeFunctions.IsOfFacts(call))
        {
            var fact = ((StringLiteral)call.Arguments[1]).Value;
            if (fact.Split('.') is not [var form, var name] || !Names.IsValidFormId(form) || !Names.IsValid(name))
            {
                Add(place, "F072", fact);
            }
        }
        else if (listName is not null && !lists.ContainsKey(listName))
        {
            Add(place, "F067", listName);
        }
        else if (listName is not null && call.Name == "pulldata")
        {
            foreach (
                var column in call
                    .Arguments.Skip(1)
                    .Take(2)
                    .OfType<StringLiteral>()
                    .Where(c => !lists[listName].HasColumn(c.Value))
            )
            {
                Add(place, "F068", listName, column.Value);
            }
        }
        if (
            call.Name == "jr:choice-name"
            && NodeFunctions.QuestionOf(call.Arguments[1]) is { } asked
            && !byName.ContainsKey(asked)
        )
        {
            Add(place, "F041", asked);
        }
        if (call.Name == "selected")
        {
            CheckChoice(place, call.Arguments[0], call.Arguments[1], null);
        }
        if (call.Name != "regex")
        {
            return;
        }
        if (call.Arguments[1] is not StringLiteral pattern)
        {
            Add(place, "F046");
        }
        else if (RegexSubset.Check(pattern.Value) is { } error)
        {
            Add(place, "F045", error.Position + 1, error.Message.In("th"), error.Message.In("en"));
        }
    }

    private void CheckChoice(Place place, Expression asked, Expression answer, QuestionType? only)
    {
        var node = asked switch
        {
            Reference reference => byName.GetValueOrDefault(reference.Name),
            CurrentValue => place.Node,
            _ => null,
        };
        if (
            answer is StringLiteral { Value.Length: > 0 } name
            && node is Question { List: { } listName } question
            && (only is null || question.Type == only)
            && lists.TryGetValue(listName, out var list)
            && list.Find(name.Value) is null
        )
        {
            Add(place, "F048", name.Value, question.Name);
        }
    }
}

using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Comparison;

/// <summary>What a new version does to a node of the form.</summary>
public enum NodeChangeKind
{
    /// <summary>It was not there before.</summary>
    Added,

    /// <summary>It is there no longer.</summary>
    Removed,

    /// <summary>Another place in the form.</summary>
    Moved,

    /// <summary>Another question type.</summary>
    Type,

    /// <summary>Choices that were there and are not any more.</summary>
    ChoicesRemoved,

    /// <summary>New choices.</summary>
    ChoicesAdded,

    /// <summary>Another unit: the same number means something else.</summary>
    Unit,

    /// <summary>A rule: required, relevant, constraint, plausible, calculation, bound, filter.</summary>
    Rule,

    /// <summary>Labels, hints, messages.</summary>
    Text,
}

/// <summary>What becomes of answers that were given to the version before.</summary>
public enum AnswerEffect
{
    /// <summary>They stay as they are.</summary>
    Kept,

    /// <summary>They stay, and stand elsewhere on the page.</summary>
    Moved,

    /// <summary>They stay and are checked by the new version: some may have to be answered again.</summary>
    CheckedAgain,

    /// <summary>They stay stored and nobody sees them: the new version has no place for them.</summary>
    Orphaned,

    /// <summary>There are none yet.</summary>
    None,
}

/// <summary>One difference between two versions.</summary>
/// <param name="Node">of the new version; of the old one where it was removed</param>
/// <param name="Details">what changed: keys of rules and texts, names of choices, types and units; empty where the kind says it all</param>
/// <param name="RenamedTo">of a removed question: an added one of the same type and label, likely the same under another name</param>
public sealed record NodeChange(
    FormNode Node,
    NodeChangeKind Kind,
    AnswerEffect Effect,
    IReadOnlyList<string> Details,
    string? RenamedTo = null
);

/// <summary>
/// Two versions of a form side by side. Names are what answers are kept under, so a question is the same where its name is; one
/// that changes its repeat is another, because the path of its answers is.
/// </summary>
public static class FormComparison
{
    /// <summary>Every difference, in the order of the new version, then what was removed.</summary>
    public static IReadOnlyList<NodeChange> Between(FormDefinition before, FormDefinition after)
    {
        var changes = after.AllNodes.SelectMany(node => Of(before, after, node)).ToList();
        var added = changes.Where(c => c.Kind == NodeChangeKind.Added).Select(c => c.Node).OfType<Question>().ToList();
        changes.AddRange(
            before
                .AllNodes.Where(node => !IsSame(before, after, node))
                .Select(node => new NodeChange(
                    node,
                    NodeChangeKind.Removed,
                    HasAnswers(node) ? AnswerEffect.Orphaned : AnswerEffect.None,
                    [],
                    (node as Question)?.Label.IsEmpty == false
                        ? added.Find(q => q.Type == ((Question)node).Type && q.Label == node.Label)?.Name
                        : null
                ))
        );
        return changes;
    }

    private static bool HasAnswers(FormNode node) => node is Repeat or Question { TakesAnswer: true };

    // The same name in the same repeats.
    private static bool IsSame(FormDefinition before, FormDefinition after, FormNode node) =>
        after.Find(node.Name) is { } found
        && found.GetType() == node.GetType()
        && RepeatsAround(before, node).SequenceEqual(RepeatsAround(after, found));

    private static IEnumerable<string> RepeatsAround(FormDefinition form, FormNode node)
    {
        for (var repeat = form.RepeatOf(node); repeat is not null; repeat = form.RepeatOf(repeat))
        {
            yield return repeat.Name;
        }
    }

    private static List<NodeChange> Of(FormDefinition before, FormDefinition after, FormNode node)
    {
        if (before.Find(node.Name) is not { } old || !IsSame(before, after, old))
        {
            return [new NodeChange(node, NodeChangeKind.Added, AnswerEffect.None, [])];
        }
        var changes = new List<NodeChange>();
        if (PlaceOf(before, old) != PlaceOf(after, node))
        {
            changes.Add(
                new NodeChange(
                    node,
                    NodeChangeKind.Moved,
                    HasAnswers(node) ? AnswerEffect.Moved : AnswerEffect.None,
                    []
                )
            );
        }
        if (node is Question now && old is Question then)
        {
            changes.AddRange(OfQuestion(before, after, then, now));
        }
        Add(changes, node, NodeChangeKind.Rule, RulesOf(old), RulesOf(node));
        Add(changes, node, NodeChangeKind.Text, TextsOf(old), TextsOf(node));
        return changes;
    }

    // The group or repeat around it; the order inside is a matter of reading.
    private static string PlaceOf(FormDefinition form, FormNode node) => form.ParentOf(node)?.Name ?? "";

    private static IEnumerable<NodeChange> OfQuestion(
        FormDefinition before,
        FormDefinition after,
        Question then,
        Question now
    )
    {
        if (then.Type != now.Type)
        {
            string[] types = [QuestionTypes.NameOf(then.Type), QuestionTypes.NameOf(now.Type)];
            var effect =
                !HasAnswers(then) ? AnswerEffect.None
                : now.TakesAnswer ? AnswerEffect.CheckedAgain
                : AnswerEffect.Orphaned;
            yield return new NodeChange(now, NodeChangeKind.Type, effect, types);
        }
        if (then.Unit != now.Unit)
        {
            string[] units = [then.Unit.In("th"), now.Unit.In("th")];
            yield return new NodeChange(now, NodeChangeKind.Unit, AnswerEffect.CheckedAgain, units);
        }
        var (old, names) = (NamesOf(before, then), NamesOf(after, now));
        if (old.Except(names).ToList() is { Count: > 0 } gone && now.Type.HasChoices())
        {
            yield return new NodeChange(now, NodeChangeKind.ChoicesRemoved, AnswerEffect.CheckedAgain, gone);
        }
        if (names.Except(old).ToList() is { Count: > 0 } come && then.Type.HasChoices())
        {
            yield return new NodeChange(now, NodeChangeKind.ChoicesAdded, AnswerEffect.Kept, come);
        }
    }

    private static IReadOnlyList<string> NamesOf(FormDefinition form, Question question) =>
        [.. form.ListOf(question)?.Choices.Select(choice => choice.Name) ?? []];

    private static void Add(
        List<NodeChange> changes,
        FormNode node,
        NodeChangeKind kind,
        Dictionary<string, string> before,
        Dictionary<string, string> after
    )
    {
        var keys = after.Where(p => before[p.Key] != p.Value).Select(p => p.Key).ToList();
        if (keys.Count > 0)
        {
            var effect =
                !HasAnswers(node) ? AnswerEffect.None
                : kind == NodeChangeKind.Rule ? AnswerEffect.CheckedAgain
                : AnswerEffect.Kept;
            changes.Add(new NodeChange(node, kind, effect, keys));
        }
    }

    private static Dictionary<string, string> RulesOf(FormNode node)
    {
        var question = node as Question;
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["relevant"] = node.Relevant?.Text ?? "",
            ["required"] = question?.Required?.Text ?? "",
            ["constraint"] = question?.Constraint?.Text ?? "",
            ["severity"] = question?.Severity.ToString() ?? "",
            ["plausible"] = question?.Plausible?.Text ?? "",
            ["calculation"] = question?.Calculation?.Text ?? "",
            ["choice_filter"] = question?.ChoiceFilter?.Text ?? "",
            ["readonly"] = question?.ReadOnly.ToString() ?? "",
            ["yoy_bound"] = question?.YearBound?.ToString() ?? "",
            ["repeat_count"] = (node as Repeat)?.Count?.Text ?? "",
            ["carry_forward"] = node.CarryForward.ToString(),
            ["parameters"] = string.Join(' ', question?.Parameters.Select(p => $"{p.Key}={p.Value}") ?? []),
        };
    }

    private static Dictionary<string, string> TextsOf(FormNode node)
    {
        var question = node as Question;
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["label"] = Both(node.Label),
            ["hint"] = Both(node.Hint),
            ["guidance_hint"] = Both(node.GuidanceHint),
            ["required_message"] = Both(question?.RequiredMessage),
            ["constraint_message"] = Both(question?.ConstraintMessage),
            ["plausible_message"] = Both(question?.PlausibleMessage),
        };
    }

    private static string Both(LocalText? text) => $"{text?.Th}|{text?.En}";
}

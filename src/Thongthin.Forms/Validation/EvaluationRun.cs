using System.Text.Json.Nodes;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Validation;

/// <summary>
/// One evaluation, in two passes. First relevance and values, in the order in which expressions need each other, each node in
/// every scope (the sheet or the rows) it stands in. Then the form from top to bottom: required, readable, allowed.
/// </summary>
internal sealed class EvaluationRun(FormDefinition definition, AnswerSheet sheet, EvaluationContext given)
{
    private readonly EvaluationContext context = given with { Version = definition.Version };
    private readonly Scope root = Scope.Of(definition, sheet);
    private readonly List<FieldState> states = [];
    private readonly List<Issue> issues = [];

    public FormEvaluation Run()
    {
        foreach (var node in definition.Order)
        {
            foreach (var scope in root.Below(definition, definition.RepeatOf(node)))
            {
                FindValue(node, scope);
            }
        }
        var content = new JsonObject();
        foreach (var node in definition.Nodes)
        {
            Check(node, root, content);
        }
        var label = definition.Entity is { } entity
            ? Evaluate(entity.Label, root, null, FormValue.Empty).ToText().Trim()
            : "";
        var creates =
            definition.Entity?.CreateIf is not { } createIf
            || Evaluate(createIf, root, null, FormValue.Empty).ToBoolean();
        return new FormEvaluation(definition, sheet, states, issues, content, label, creates, ChoicesOf);
    }

    private FormValue Evaluate(Formula formula, Scope scope, FormNode? node, FormValue current) =>
        Evaluator.Evaluate(formula.Tree, context, new ScopedSource(definition, scope, node, current));

    private void FindValue(FormNode node, Scope scope)
    {
        var isRelevant =
            IsAroundRelevant(node, scope)
            && (node.Relevant is not { } relevant || Evaluate(relevant, scope, node, FormValue.Empty).ToBoolean());
        var value = node is Question question && isRelevant ? ValueOf(question, scope) : FormValue.Empty;
        scope.Set(node, isRelevant, value);
    }

    private bool IsAroundRelevant(FormNode node, Scope scope) =>
        definition.ParentOf(node) switch
        {
            null => true,
            Repeat repeat => scope.Parent!.IsRelevant(repeat),
            var group => scope.IsRelevant(group),
        };

    private FormValue ValueOf(Question question, Scope scope)
    {
        if (question.Type == QuestionType.Note)
        {
            return FormValue.Empty;
        }
        return question.Calculation is { } calculation
            ? AnswerValue.OfCalculated(
                question,
                definition.ListOf(question),
                Evaluate(calculation, scope, question, FormValue.Empty)
            )
            : AnswerValue.Of(question, scope.Answers[question.Name]);
    }

    private void Check(FormNode node, Scope scope, JsonObject content)
    {
        switch (node)
        {
            case Group group:
                AddState(group, scope.PathOf(group), scope.IsRelevant(group));
                foreach (var child in group.Nodes)
                {
                    Check(child, scope, content);
                }
                break;
            case Repeat repeat:
                CheckRepeat(repeat, scope, content);
                break;
            case Question question:
                CheckQuestion(question, scope, content);
                break;
        }
    }

    private void AddState(FormNode node, AnswerPath path, bool isRelevant) =>
        states.Add(new FieldState(node, path, isRelevant, false, FormValue.Empty, null));

    private void CheckRepeat(Repeat repeat, Scope scope, JsonObject content)
    {
        var isRelevant = scope.IsRelevant(repeat);
        AddState(repeat, scope.PathOf(repeat), isRelevant);
        var rows = scope.Rows[repeat.Name];
        if (isRelevant && repeat.MinimumRows > rows.Count)
        {
            issues.Add(new Issue(IssueCodes.NoRows, Severity.Block, scope.PathOf(repeat), IssueTexts.NoRows(repeat)));
        }
        if (
            isRelevant
            && repeat.Count is { } count
            && Evaluate(count, scope, repeat, FormValue.Empty).ToNumber() is var wanted
            && double.IsFinite(wanted)
            && Math.Max(Math.Truncate(wanted), 0) != rows.Count
        )
        {
            issues.Add(
                new Issue(IssueCodes.RowCount, Severity.Block, scope.PathOf(repeat), IssueTexts.RowCount(repeat))
            );
        }
        var array = new JsonArray();
        foreach (var row in rows)
        {
            AddState(repeat, row.Row!, isRelevant);
            var rowContent = new JsonObject { [AnswerSheet.IdMember] = row.Row!.Rows[^1].RowId.ToString("D") };
            foreach (var child in repeat.Nodes)
            {
                Check(child, row, rowContent);
            }
            array.Add(rowContent);
        }
        if (isRelevant && rows.Count > 0)
        {
            content[repeat.Name] = array;
        }
    }

    private void CheckQuestion(Question question, Scope scope, JsonObject content)
    {
        var path = scope.PathOf(question);
        var isRelevant = scope.IsRelevant(question);
        var value = scope.Value(question);
        var isRequired =
            isRelevant
            && !question.Type.IsNeverTyped()
            && question.Required is { } required
            && Evaluate(required, scope, question, value).ToBoolean();
        var json =
            question.Type.IsFile() && !value.IsEmpty
                ? scope.Answers[question.Name]
                : AnswerValue.ToJson(question, definition.ListOf(question), value);
        states.Add(new FieldState(question, path, isRelevant, isRequired, value, json));
        if (json is not null)
        {
            content[question.Name] = json.DeepClone();
        }
        if (isRelevant && question.Type != QuestionType.Note)
        {
            FindIssues(question, scope, path, value, isRequired);
        }
    }

    private void FindIssues(Question question, Scope scope, AnswerPath path, FormValue value, bool isRequired)
    {
        if (
            !question.IsCalculated
            && AnswerValue.ProblemOf(question, definition.ListOf(question), scope.Answers[question.Name]) is { } code
        )
        {
            issues.Add(new Issue(code, Severity.Block, path, IssueTexts.Unreadable(question, code)));
        }
        else if (value.IsEmpty)
        {
            if (isRequired)
            {
                issues.Add(new Issue(IssueCodes.Required, Severity.Block, path, IssueTexts.Required(question)));
            }
        }
        else
        {
            if (!IsOffered(question, scope, value))
            {
                issues.Add(new Issue(IssueCodes.NotOffered, Severity.Block, path, IssueTexts.NotOffered(question)));
            }
            if (question.Bounds is { } bounds && !(value.ToNumber() >= bounds.Least && value.ToNumber() <= bounds.Most))
            {
                issues.Add(new Issue(IssueCodes.OutOfRange, Severity.Block, path, IssueTexts.OutOfRange(question)));
            }
            CheckRule(question.Constraint, IssueCodes.Constraint, question.Severity, IssueTexts.Constraint(question));
            CheckRule(question.Plausible, IssueCodes.Plausible, Severity.Warn, IssueTexts.Plausible(question));
        }

        void CheckRule(Formula? rule, string ruleCode, Severity severity, LocalText message)
        {
            // What another form recorded may be old or wrong: such a rule never blocks, and is silent without the facts.
            var readsFacts = rule?.FactNames.Count > 0;
            if (
                rule is not null
                && (!readsFacts || context.Facts?.Has(rule.FactNames) == true)
                && !Evaluate(rule, scope, question, value).ToBoolean()
            )
            {
                issues.Add(new Issue(ruleCode, readsFacts ? Severity.Warn : severity, path, message));
            }
        }
    }

    /// <summary>The choices that go with the other answers, as a new page would offer them; empty where there is no such row or question.</summary>
    public IReadOnlyList<Choice> ChoicesOf(AnswerPath path) =>
        path.Name is { } name && definition.FindQuestion(name) is { } question && root.Find(path.Rows) is { } scope
            ? ChoicesOf(question, scope)
            : [];

    private IReadOnlyList<Choice> ChoicesOf(Question question, Scope scope)
    {
        var choices = FilteredChoicesOf(question, scope);
        return question.Parameters.GetValueOrDefault("randomize") == "true"
            ? new Chance(
                question.Parameters.GetValueOrDefault("seed") ?? $"{context.Seed}|{scope.PathOf(question)}"
            ).Shuffle(choices)
            : choices;
    }

    private IReadOnlyList<Choice> FilteredChoicesOf(Question question, Scope scope)
    {
        if (question.ChoicesFrom is { } from)
        {
            return
            [
                .. new ScopedSource(definition, scope, question, FormValue.Empty)
                    .NodesOf(from)
                    .Select(node => node.Value.ToText())
                    .Where(text => text.Length > 0)
                    .Distinct(StringComparer.Ordinal)
                    .Select(text => new Choice(text, new LocalText(text, null))),
            ];
        }
        if (definition.ListOf(question) is not { } list)
        {
            return [];
        }
        if (question.ChoiceFilter is not { } filter)
        {
            return list.Choices;
        }
        var source = new ScopedSource(definition, scope, question, FormValue.Empty);
        var kept = Evaluator.Filter(filter.Tree, list.Items, context, source).ToHashSet();
        return [.. list.Choices.Where((_, i) => kept.Contains(list.Items[i]))];
    }

    // Only what depends on other answers: that a choice is one of its list is checked when it is read.
    private bool IsOffered(Question question, Scope scope, FormValue value) =>
        question is { ChoiceFilter: null, ChoicesFrom: null }
        || Texts.Words(value.ToText()).All(ChoicesOf(question, scope).Select(c => c.Name).ToHashSet().Contains);
}

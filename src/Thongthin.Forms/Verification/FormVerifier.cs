using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.XlsForm;

namespace Thongthin.Forms.Verification;

/// <summary>
/// Checks a form as a whole, after its sheets were read: labels and languages, choice lists, what expressions refer to, circles,
/// the entities of a register. Small checks by subject, one pass each; the codes are in <see cref="FindingCodes"/>.
/// </summary>
internal sealed class FormVerifier
{
    private static readonly HashSet<string> appearances = new(StringComparer.Ordinal)
    {
        "multiline",
        "minimal",
        "autocomplete",
        "horizontal",
        "columns",
        "email",
        "tel",
        "url",
        "money",
        "heading",
        "important",
        "likert",
        "quick",
        "numbers",
        "thousands-sep",
        "month-year",
        "year",
        "signature",
        "draw",
        "annotate",
        "maps",
        "placement-map",
        "table-list",
        "list-nolabel",
        "label",
        "compact",
        "search",
        "masked",
    };

    // Known from the XLSForm reference, but a page shows the plain question: the author should know.
    private static readonly HashSet<string> plain = new(StringComparer.Ordinal)
    {
        "likert",
        "quick",
        "month-year",
        "year",
        "signature",
        "draw",
        "annotate",
        "maps",
        "placement-map",
        "table-list",
        "list-nolabel",
        "label",
        "compact",
        "masked",
    };

    private readonly FormShape? shape;
    private readonly IReadOnlyDictionary<string, ChoiceList> lists;
    private readonly ChoicesDraft choices;
    private readonly EntityDraft? entity;
    private readonly ColumnMap columns;
    private readonly FindingList findings;
    private readonly List<FormNode> all = [];
    private readonly Dictionary<string, FormNode> parents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FormNode> byName = new(StringComparer.Ordinal);

    public FormVerifier(
        FormShape? shape,
        IReadOnlyList<FormNode> nodes,
        IReadOnlyDictionary<string, ChoiceList> lists,
        ChoicesDraft choices,
        EntityDraft? entity,
        ColumnMap columns,
        FindingList findings
    )
    {
        this.shape = shape;
        this.lists = lists;
        this.choices = choices;
        this.entity = entity;
        this.columns = columns;
        this.findings = findings;
        Index(nodes, null);
    }

    /// <summary>The languages' names in Thai and English of the one that is missing.</summary>
    public static object[] MissingLanguage(LocalText text) => text.Th is null ? ["ไทย", "Thai"] : ["อังกฤษ", "English"];

    public void Verify()
    {
        if (!all.Exists(n => n is Question { Type: var type } && !type.IsNeverTyped()))
        {
            findings.Add("F031", "survey", null, null);
        }
        foreach (var node in all)
        {
            VerifyTexts(node);
            VerifyAppearance(node);
            if (node is Question question)
            {
                VerifyQuestion(question);
            }
            else if (FormDefinition.ChildrenOf(node).Count == 0)
            {
                findings.Add("F030", "survey", node.Row, null, node.Name);
            }
        }
        VerifyLists();
        new ExpressionVerifier(all, byName, parents, lists, columns, findings).Verify(entity);
        VerifyEntity();
        var cycle = EvaluationOrder.TryOrder(
            all,
            byName.GetValueOrDefault,
            n => parents.GetValueOrDefault(n.Name),
            out _
        );
        if (cycle is not null)
        {
            findings.Add("F043", "survey", byName[cycle[0]].Row, null, string.Join(" → ", cycle));
        }
    }

    private void Index(IReadOnlyList<FormNode> nodes, FormNode? parent)
    {
        foreach (var node in nodes)
        {
            all.Add(node);
            byName.TryAdd(node.Name, node);
            if (parent is not null)
            {
                parents.TryAdd(node.Name, parent);
            }
            Index(FormDefinition.ChildrenOf(node), node);
        }
    }

    private void Add(string code, FormNode node, string? key, params object[] arguments) =>
        findings.Add(code, "survey", node.Row, key is null ? null : columns.HeaderOf(key), arguments);

    private void VerifyTexts(FormNode node)
    {
        if (node.Label.IsEmpty && node is not Question { Type: QuestionType.Calculate or QuestionType.Hidden })
        {
            Add("F025", node, "label", node.Name);
        }
        VerifyLanguages(node, "label", node.Label);
        VerifyLanguages(node, "hint", node.Hint);
        if (node is Question question)
        {
            VerifyLanguages(node, "guidance_hint", node.GuidanceHint);
            VerifyLanguages(node, "required_message", question.RequiredMessage);
            VerifyLanguages(node, "constraint_message", question.ConstraintMessage);
            VerifyLanguages(node, "plausible_message", question.PlausibleMessage);
            VerifyLanguages(node, "unit", question.Unit);
        }
    }

    private void VerifyLanguages(FormNode node, string key, LocalText text)
    {
        if (!text.IsEmpty && (text.Th is null || text.En is null))
        {
            Add("F026", node, key, [node.Name, key, .. MissingLanguage(text)]);
        }
    }

    private void VerifyAppearance(FormNode node)
    {
        foreach (var word in (node.Appearance ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!appearances.Contains(word))
            {
                Add("F055", node, "appearance", word);
            }
            else if (plain.Contains(word))
            {
                Add("F059", node, "appearance", word);
            }
        }
    }

    private void VerifyQuestion(Question question)
    {
        if (question.Type == QuestionType.Calculate && question.Calculation is null)
        {
            Add("F050", question, "calculation");
        }
        if (question.List is { } list && !lists.ContainsKey(list))
        {
            Add("F036", question, "type", list);
        }
        VerifyMessage(question, question.Constraint, "constraint", question.ConstraintMessage, "constraint_message");
        VerifyMessage(question, question.Plausible, "plausible", question.PlausibleMessage, "plausible_message");
        if (question.Required is null && !question.RequiredMessage.IsEmpty)
        {
            Add("F051", question, "required_message", "required_message", "required");
        }
        if (question.ChoicesFrom is { } from && (!byName.TryGetValue(from, out var source) || !IsInRepeat(source)))
        {
            Add("F034", question, "type", from);
        }
        foreach (var trigger in question.Trigger.Where(name => !byName.ContainsKey(name)))
        {
            Add("F041", question, "trigger", trigger);
        }
        if (question.Bounds is { } bounds && !(bounds.Least < bounds.Most && question.Interval > 0))
        {
            Add("F053", question, "parameters", "start, end, step", "start < end, step > 0");
        }
        if (question.IsNumber && question.Unit.IsEmpty)
        {
            Add("F056", question, "unit");
        }
        VerifyIdleColumns(question);
    }

    private void VerifyMessage(Question question, Formula? rule, string key, LocalText message, string messageKey)
    {
        if (rule is not null && message.IsEmpty)
        {
            Add("F052", question, key, key, messageKey);
        }
        if (rule is null && !message.IsEmpty)
        {
            Add("F051", question, messageKey, messageKey, key);
        }
    }

    private void VerifyIdleColumns(Question question)
    {
        var type = QuestionTypes.NameOf(question.Type);
        if (question.Type is QuestionType.Note or QuestionType.Calculate)
        {
            WarnIf(question.Required is not null, "required");
            WarnIf(question.Default is not null, "default");
            WarnIf(question.Type == QuestionType.Note && question.Constraint is not null, "constraint");
            WarnIf(question.Type == QuestionType.Note && question.Calculation is not null, "calculation");
        }
        WarnIf(!question.Type.HasChoices() && question.ChoiceFilter is not null, "choice_filter");
        WarnIf(question is { ChoicesFrom: not null, ChoiceFilter: not null }, "choice_filter");
        var isCalculatedNumber = question.IsNumber || question.Type == QuestionType.Calculate;
        WarnIf(!isCalculatedNumber && question.YearBound is not null, "yoy_bound");
        WarnIf(!isCalculatedNumber && question.Type != QuestionType.Text && !question.Unit.IsEmpty, "unit");

        void WarnIf(bool isIdle, string key)
        {
            if (isIdle)
            {
                Add("F054", question, key, type);
            }
        }
    }

    private void VerifyLists()
    {
        var used = all.OfType<Question>()
            .Select(q => q.List)
            .Concat(ExpressionVerifier.ListsIn(all.SelectMany(n => n.Formulas)))
            .OfType<string>()
            .SelectMany(name => (string[])[name, name.Replace("_or_other", "", StringComparison.Ordinal)])
            .ToHashSet(StringComparer.Ordinal);
        foreach (var list in choices.Lists.Keys.Where(name => !used.Contains(name)))
        {
            findings.Add("F039", "choices", choices.FirstRow[list], null, list);
        }
    }

    private void VerifyEntity()
    {
        if (shape == FormShape.Register && entity?.RowCount is not 1)
        {
            findings.Add("F060", "entities", entity?.Row, null);
        }
        if (shape is FormShape.Annual && entity is not null)
        {
            findings.Add("F061", "entities", entity.Row, null);
        }
        foreach (
            var name in (entity?.Declaration?.DuplicateKeys ?? []).Where(name =>
                !all.Exists(n => n is Question { TakesAnswer: true } && n.Name == name)
            )
        )
        {
            findings.Add("F065", "entities", entity!.Row, "duplicate_keys", name);
        }
        var properties = new HashSet<string>(StringComparer.Ordinal) { "name", "label" };
        foreach (var question in all.OfType<Question>().Where(q => q.SaveTo is not null))
        {
            if (entity is null || IsInRepeat(question))
            {
                Add("F063", question, "save_to");
            }
            else if (!Names.IsValid(question.SaveTo!) || !properties.Add(question.SaveTo!))
            {
                Add("F064", question, "save_to", question.SaveTo!);
            }
        }
    }

    private bool IsInRepeat(FormNode node)
    {
        for (var at = parents.GetValueOrDefault(node.Name); at is not null; at = parents.GetValueOrDefault(at.Name))
        {
            if (at is Repeat)
            {
                return true;
            }
        }
        return false;
    }
}

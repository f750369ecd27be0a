using System.Text.Json.Nodes;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Validation;

/// <summary>
/// The whole sheet, or one row of a repeat, while it is evaluated: its stored answers, and what is known of its nodes so
/// far. A name is looked up in the own row, then in the rows around it; what is asked from outside a repeat gives the
/// values of all its relevant rows.
/// </summary>
internal sealed class Scope
{
    private readonly Dictionary<string, FormValue> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> relevance = new(StringComparer.Ordinal);
    private readonly FormDefinition definition;
    private Dictionary<string, AnswerNode>? nodes;
    private AnswerNode? self;

    private Scope(Scope? parent, Repeat? repeat, AnswerPath? row, JsonObject answers, FormDefinition definition)
    {
        Parent = parent;
        Repeat = repeat;
        Row = row;
        Answers = answers;
        this.definition = definition;
        foreach (var inner in definition.RepeatsIn(repeat))
        {
            var rows = new List<Scope>();
            foreach (var json in AnswerSheet.Rows(answers, inner.Name))
            {
                var id = AnswerSheet.IdOf(json);
                var path = row is null ? AnswerPath.OfRow(inner.Name, id) : row.Row(inner.Name, id);
                rows.Add(new Scope(this, inner, path, json, definition));
            }
            Rows[inner.Name] = rows;
        }
    }

    public static Scope Of(FormDefinition definition, AnswerSheet sheet) =>
        new(null, null, null, sheet.Root, definition);

    /// <summary>null for the whole sheet.</summary>
    public Scope? Parent { get; }

    /// <summary>null for the whole sheet.</summary>
    public Repeat? Repeat { get; }

    /// <summary>null for the whole sheet.</summary>
    public AnswerPath? Row { get; }

    public JsonObject Answers { get; }

    /// <summary>The rows of each repeat directly inside.</summary>
    public Dictionary<string, List<Scope>> Rows { get; } = new(StringComparer.Ordinal);

    public AnswerPath PathOf(FormNode node) => Row is null ? AnswerPath.Of(node.Name) : Row.Question(node.Name);

    public void Set(FormNode node, bool isRelevant, FormValue value)
    {
        relevance[node.Name] = isRelevant;
        values[node.Name] = isRelevant ? value : FormValue.Empty;
    }

    public bool IsRelevant(FormNode node) => relevance.GetValueOrDefault(node.Name, true);

    /// <summary>Of a node of this scope; empty when it was not evaluated yet.</summary>
    public FormValue Value(FormNode node) => values.GetValueOrDefault(node.Name, FormValue.Empty);

    /// <summary>The form or the row itself, as paths walk it.</summary>
    public AnswerNode Self => self ??= new AnswerNode(definition, this, Repeat);

    /// <summary>A group or question of this scope, as paths walk it.</summary>
    public AnswerNode NodeOf(FormNode node)
    {
        nodes ??= new Dictionary<string, AnswerNode>(StringComparer.Ordinal);
        if (!nodes.TryGetValue(node.Name, out var found))
        {
            nodes[node.Name] = found = new AnswerNode(definition, this, node);
        }
        return found;
    }

    /// <summary>The row that steps lead to from here; null when one of them is not there.</summary>
    public Scope? Find(IReadOnlyList<RowStep> steps) =>
        steps is []
            ? this
            : Rows.GetValueOrDefault(steps[0].Repeat)
                ?.Find(row => row.Row!.Rows[^1].RowId == steps[0].RowId)
                ?.Find([.. steps.Skip(1)]);

    /// <summary>All scopes of the repeat (null: the sheet itself) at or below this one, in the order of the rows.</summary>
    public IEnumerable<Scope> Below(FormDefinition definition, Repeat? repeat)
    {
        if (repeat == Repeat)
        {
            return [this];
        }
        var outer = definition.RepeatOf(repeat!);
        return Below(definition, outer).SelectMany(scope => scope.Rows.GetValueOrDefault(repeat!.Name) ?? []);
    }
}

/// <summary>The form, a group, a row or a question of one sheet, as paths walk it.</summary>
internal sealed class AnswerNode(FormDefinition definition, Scope scope, FormNode? node) : TreeNode
{
    /// <summary>What the form itself is called at the beginning of an absolute path.</summary>
    public const string RootName = "data";

    private AnswerDocument? document;

    public override string Name => node?.Name ?? RootName;

    public override TreeNode? Parent =>
        node switch
        {
            null => document ??= new AnswerDocument(this),
            Repeat repeat => In(scope.Parent!, definition.ParentOf(repeat)),
            _ => In(scope, definition.ParentOf(node)),
        };

    public override IEnumerable<TreeNode> Children =>
        (node is null ? definition.Nodes : FormDefinition.ChildrenOf(node))
            .Where(scope.IsRelevant)
            .SelectMany(child =>
                child is Repeat repeat ? scope.Rows[repeat.Name].Select(row => row.Self) : [scope.NodeOf(child)]
            );

    public override FormValue Value => node is Question question ? scope.Value(question) : FormValue.Empty;

    internal override string Key =>
        node is null or Repeat ? scope.Row?.ToString() ?? "" : scope.PathOf(node).ToString();

    private static AnswerNode In(Scope scope, FormNode? parent) =>
        parent is null or Repeat ? scope.Self : scope.NodeOf(parent);

    private sealed class AnswerDocument(AnswerNode root) : TreeNode
    {
        public override string Name => "";

        public override TreeNode? Parent => null;

        public override IEnumerable<TreeNode> Children => [root];

        public override FormValue Value => FormValue.Empty;
    }
}

/// <summary>How one expression, evaluated in one scope, finds the answers.</summary>
/// <param name="node">that has the expression; null: the form itself</param>
internal sealed class ScopedSource(FormDefinition definition, Scope scope, FormNode? node, FormValue current)
    : IValueSource
{
    public FormValue Current => current;

    public TreeNode Here => node is null ? scope.Self : scope.NodeOf(node);

    public ChoiceList? ListNamed(string name) => definition.ChoiceLists.GetValueOrDefault(name);

    public ChoiceList? ListOf(string question) =>
        definition.FindQuestion(question) is { } found ? definition.ListOf(found) : null;

    public FormValue ValueOf(string name) =>
        definition.Find(name) is not { } found ? FormValue.Empty
        : found is not Repeat && HomeOf(found) is { } home ? home.Value(found)
        : FormValue.Of([.. NodesOf(name).Select(n => n.Value)]);

    public IReadOnlyList<TreeNode> NodesOf(string name)
    {
        if (definition.Find(name) is not { } found)
        {
            return [];
        }
        if (found is Repeat repeat)
        {
            return
            [
                .. Nearest(repeat)
                    .Below(definition, definition.RepeatOf(repeat))
                    .Where(outer => outer.IsRelevant(repeat))
                    .SelectMany(outer => outer.Rows[repeat.Name])
                    .Select(row => row.Self),
            ];
        }
        IEnumerable<Scope> scopes = HomeOf(found) is { } home
            ? [home]
            : Nearest(definition.RepeatOf(found)!).Below(definition, definition.RepeatOf(found));
        return [.. scopes.Where(s => s.IsRelevant(found)).Select(s => s.NodeOf(found))];
    }

    // The scope around the expression that the node stands in; null when it stands in a repeat elsewhere.
    private Scope? HomeOf(FormNode found)
    {
        var home = definition.RepeatOf(found);
        var around = scope;
        while (around is not null && around.Repeat != home)
        {
            around = around.Parent;
        }
        return around;
    }

    // The innermost scope around the expression that the repeat stands in, at any depth.
    private Scope Nearest(Repeat repeat)
    {
        var around = scope;
        while (around.Parent is not null && !IsInside(repeat, around.Repeat!))
        {
            around = around.Parent;
        }
        return around;
    }

    private bool IsInside(Repeat repeat, Repeat outer)
    {
        for (var at = definition.RepeatOf(repeat); at is not null; at = definition.RepeatOf(at))
        {
            if (at == outer)
            {
                return true;
            }
        }
        return false;
    }
}

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

    private Scope(Scope? parent, Repeat? repeat, AnswerPath? row, JsonObject answers, FormDefinition definition)
    {
        Parent = parent;
        Repeat = repeat;
        Row = row;
        Answers = answers;
        foreach (var inner in definition.AllNodes.OfType<Repeat>().Where(r => definition.RepeatOf(r) == repeat))
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

/// <summary>How one expression, evaluated in one scope, finds the answers.</summary>
internal sealed class ScopedSource(FormDefinition definition, Scope scope, FormValue current) : IValueSource
{
    public FormValue Current => current;

    public FormValue ValueOf(string name)
    {
        if (definition.Find(name) is not { } node)
        {
            return FormValue.Empty;
        }
        if (node is Repeat repeat)
        {
            return RowsOf(repeat);
        }
        var home = definition.RepeatOf(node);
        for (var around = scope; around is not null; around = around.Parent)
        {
            if (around.Repeat == home)
            {
                return around.Value(node);
            }
        }
        return FormValue.Of([
            .. Nearest(home!).Below(definition, home).Where(row => row.IsRelevant(node)).Select(row => row.Value(node)),
        ]);
    }

    // A repeat stands for its relevant rows, each an empty value: enough for count().
    private FormValue RowsOf(Repeat repeat)
    {
        var nearest = Nearest(repeat);
        var outer = definition.RepeatOf(repeat);
        var rows = nearest
            .Below(definition, outer)
            .Where(s => s.IsRelevant(repeat))
            .SelectMany(s => s.Rows[repeat.Name]);
        return FormValue.Of([.. rows.Select(_ => FormValue.Empty)]);
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

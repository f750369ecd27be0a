using System.Text.Json.Nodes;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Expressions;

namespace Thongthin.Forms.Schema;

/// <summary>
/// A form version: the tree of its questions with everything parsed. Immutable; made by
/// the XLSForm reader or from the JSON that <see cref="ToJson"/> wrote.
/// </summary>
public sealed class FormDefinition
{
    private readonly Dictionary<string, FormNode> nodesByName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FormNode> parents = new(StringComparer.Ordinal);
    private readonly List<FormNode> all = [];
    private readonly Dictionary<string, Repeat?> homes = new(StringComparer.Ordinal);
    private readonly ILookup<string, Repeat> repeatsByHome;

    public FormDefinition(
        FormSettings settings,
        IReadOnlyList<FormNode> nodes,
        IReadOnlyDictionary<string, ChoiceList> choiceLists,
        EntityDeclaration? entity
    )
    {
        Settings = settings;
        Nodes = nodes;
        ChoiceLists = choiceLists;
        Entity = entity;
        Index(nodes, null);
        Questions = [.. all.OfType<Question>()];
        foreach (var node in all)
        {
            homes[node.Name] = FindRepeat(node);
        }
        FactNames = [.. all.SelectMany(n => n.Formulas).SelectMany(f => f.FactNames).Distinct(StringComparer.Ordinal)];
        ReadsUnit =
            FactNames.Count > 0
            && all.SelectMany(n => n.Formulas)
                .SelectMany(f => f.Tree.Descendants())
                .OfType<FunctionCall>()
                .Any(IsAboutUnit);
        Order = EvaluationOrder.Of(this);
        repeatsByHome = all.OfType<Repeat>().ToLookup(r => RepeatOf(r)?.Name ?? "", StringComparer.Ordinal);
    }

    public FormSettings Settings { get; }

    /// <summary>Slug: words of a–z and 0–9 joined by hyphens.</summary>
    public string Id => Settings.Id;

    public LocalText Title => Settings.Title;

    /// <summary>1 to 8.</summary>
    public int Sector => Settings.Sector;

    public FormShape Shape => Settings.Shape;

    /// <summary>First fiscal year (Buddhist era) that this version is for.</summary>
    public int FirstFiscalYear => Settings.FirstFiscalYear;

    /// <summary>As the author wrote it, e.g. <c>2026-01</c>; not the number under which it was published.</summary>
    public string Version => Settings.Version;

    /// <summary>The top level, in order.</summary>
    public IReadOnlyList<FormNode> Nodes { get; }

    public IReadOnlyDictionary<string, ChoiceList> ChoiceLists { get; }

    /// <summary>null unless the form is a register.</summary>
    public EntityDeclaration? Entity { get; }

    /// <summary>Every group, repeat and question in the order of the survey sheet.</summary>
    public IReadOnlyList<FormNode> AllNodes => all;

    /// <summary>Every question, note and calculation in the order of the survey sheet.</summary>
    public IReadOnlyList<Question> Questions { get; }

    /// <summary>Every node such that what an expression reads comes before the node that has the expression.</summary>
    public IReadOnlyList<FormNode> Order { get; }

    /// <summary>null when the form has no node of that name.</summary>
    public FormNode? Find(string name) => nodesByName.GetValueOrDefault(name);

    /// <summary>A question, or a remark about one; null when the form has neither.</summary>
    public Question? FindQuestion(string name) =>
        Find(name) as Question
        ?? (
            Remarks.SubjectOf(name) is { } subject && Find(subject) is Question question
                ? Remarks.Question(name, question)
                : null
        );

    /// <summary>The group or repeat around a node; null at the top level.</summary>
    public FormNode? ParentOf(FormNode node) =>
        parents.GetValueOrDefault(node.Name[0] == '_' ? Remarks.SubjectOf(node.Name) ?? node.Name : node.Name);

    /// <summary>Whether a node is this part of the form or lies in it, however deep; null: the whole form.</summary>
    public bool IsWithin(FormNode node, FormNode? part)
    {
        FormNode? at = node;
        while (at is not null && at != part)
        {
            at = ParentOf(at);
        }
        return at == part;
    }

    /// <summary>The repeat around a node, however many groups lie between; null outside repeats.</summary>
    public Repeat? RepeatOf(FormNode node) => homes.TryGetValue(node.Name, out var home) ? home : FindRepeat(node);

    private Repeat? FindRepeat(FormNode node)
    {
        var parent = ParentOf(node);
        while (parent is not (null or Repeat))
        {
            parent = ParentOf(parent);
        }
        return (Repeat?)parent;
    }

    /// <summary>The repeats directly inside a repeat (null: the sheet), however many groups lie between.</summary>
    internal IReadOnlyList<Repeat> RepeatsIn(Repeat? repeat) => [.. repeatsByHome[repeat?.Name ?? ""]];

    /// <summary>The list of a select question; null for other types.</summary>
    public ChoiceList? ListOf(Question question) =>
        question.List is { } list ? ChoiceLists.GetValueOrDefault(list) : null;

    /// <summary>Lists that expressions look into: by <c>instance()</c>, <c>pulldata()</c>, <c>jr:choice-name()</c> or as a filtered list.</summary>
    internal IReadOnlyList<ChoiceList> ListsLookedInto =>
        [
            .. all.SelectMany(n => n.Formulas)
                .SelectMany(f => f.Tree.Descendants())
                .OfType<FunctionCall>()
                .Select(call =>
                    call.Name switch
                    {
                        "instance" or "pulldata" => ((StringLiteral)call.Arguments[0]).Value,
                        "jr:choice-name" => FindQuestion(NodeFunctions.QuestionOf(call.Arguments[1])!)?.List,
                        _ => null,
                    }
                )
                .Concat(Questions.Where(q => q.ChoiceFilter is not null).Select(q => q.List))
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Select(name => ChoiceLists.GetValueOrDefault(name))
                .OfType<ChoiceList>(),
        ];

    /// <summary>Names of the facts of other forms that its expressions read: <c>form.question</c>.</summary>
    public IReadOnlyList<string> FactNames { get; }

    /// <summary>Its expressions ask who the local authority is, or name one by its code.</summary>
    public bool ReadsUnit { get; }

    private static bool IsAboutUnit(FunctionCall call) =>
        call.Name == "pulldata"
        && NodeFunctions.IsOfFacts(call)
        && (
            ((StringLiteral)call.Arguments[1]).Value.StartsWith("unit.", StringComparison.Ordinal)
            || call.Arguments[3] is not StringLiteral { Value: "" }
        );

    /// <summary>Everything, with expressions as their authors wrote them: for storing. <see cref="FromJson"/> reads it back.</summary>
    public JsonObject ToJson() => DefinitionJson.Write(this);

    /// <summary>Throws <see cref="FormatException"/> when the JSON is not what <see cref="ToJson"/> writes.</summary>
    public static FormDefinition FromJson(JsonNode json) => DefinitionJson.Read(json);

    /// <summary>The same for fiscal years from another one on.</summary>
    public FormDefinition StartingFrom(int firstFiscalYear) =>
        new(Settings with { FirstFiscalYear = firstFiscalYear }, Nodes, ChoiceLists, Entity);

    /// <summary>What <c>js/forms/form.js</c> evaluates: the tree with expressions parsed, in evaluation order.</summary>
    public JsonObject ToBrowserJson() => BrowserJson.Write(this);

    /// <summary>The same as text: expressions may nest deeper than a JSON writer allows by itself. Not for pasting into HTML.</summary>
    public string ToBrowserText() => ToBrowserJson().ToJsonString(AnswerJson.Options);

    private void Index(IReadOnlyList<FormNode> nodes, FormNode? parent)
    {
        foreach (var node in nodes)
        {
            all.Add(node);
            if (!nodesByName.TryAdd(node.Name, node))
            {
                throw new ArgumentException($"Two nodes are named {node.Name}.", nameof(nodes));
            }
            if (parent is not null)
            {
                parents[node.Name] = parent;
            }
            if (node is Group or Repeat)
            {
                Index(ChildrenOf(node), node);
            }
        }
    }

    /// <summary>What stands inside a group or repeat; empty for a question.</summary>
    public static IReadOnlyList<FormNode> ChildrenOf(FormNode node) =>
        node switch
        {
            Group group => group.Nodes,
            Repeat repeat => repeat.Nodes,
            _ => [],
        };
}

/// <summary>The settings sheet.</summary>
public sealed record FormSettings(
    string Id,
    LocalText Title,
    int Sector,
    FormShape Shape,
    int FirstFiscalYear,
    string Version,
    string DefaultLanguage
)
{
    /// <summary>Name of the list of items that a catalogue goes through, e.g. <c>mission-catalogue</c>; null for other shapes.</summary>
    public string? Catalogue { get; init; }
}

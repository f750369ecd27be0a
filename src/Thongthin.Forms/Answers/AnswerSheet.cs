using System.Text.Json;
using System.Text.Json.Nodes;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Answers;

/// <summary>
/// The answers of one annual form, or of one record of a register, as stored: a JSON object keyed by question names
/// (groups do not nest), a repeat being an array of rows <c>{"_id": "0192…", "country": "JP"}</c>. Only what was typed is
/// kept, also where it is not relevant at the moment; calculations are made again by every evaluation. An unanswered question
/// has no key. Immutable: every change gives a new sheet.
/// </summary>
/// <remarks>
/// Values: text and select_one are strings, integer and decimal JSON numbers, date an ISO string, select_multiple an array
/// of names in the list's order. A text that could not be read is <c>{"_raw": "…"}</c>.
/// </remarks>
public sealed class AnswerSheet
{
    /// <summary>Name of the member with a row's permanent id.</summary>
    public const string IdMember = "_id";

    /// <summary>Rows of one repeat at most.</summary>
    public const int MaximumRows = 500;

    private readonly JsonObject root;

    private AnswerSheet(JsonObject root) => this.root = root;

    public static AnswerSheet Empty { get; } = new([]);

    /// <summary>Throws <see cref="FormatException"/> when the text is not a JSON object.</summary>
    public static AnswerSheet Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json) is JsonObject answers
                ? new AnswerSheet(answers)
                : throw new FormatException("Answers are a JSON object.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"Answers are not JSON: {e.Message}", e);
        }
    }

    /// <summary>The sheet of a copy of these answers.</summary>
    public static AnswerSheet Of(JsonObject answers) => new((JsonObject)answers.DeepClone());

    /// <summary>No answer at all. An added row counts, even while it is empty.</summary>
    public bool IsEmpty => root.Count == 0;

    /// <summary>A copy.</summary>
    public JsonObject ToJson() => (JsonObject)root.DeepClone();

    /// <summary>What is stored, with Thai letters as they are.</summary>
    public string ToJsonString() => root.ToJsonString(AnswerJson.Options);

    /// <summary>The stored value; null when there is no answer, no such row, or the path is a row. Not to be changed.</summary>
    public JsonNode? Get(AnswerPath path) =>
        path.Name is { } name && Container(root, path.Rows) is { } container ? container[name] : null;

    /// <summary>The same for the text of a path; null when the text is not a path.</summary>
    public JsonNode? Get(string path) => AnswerPath.Parse(path) is { } parsed ? Get(parsed) : null;

    /// <summary>The text for a form field; empty when there is no answer.</summary>
    public string GetRaw(AnswerPath path) => TypedAnswer.ToRaw(Get(path));

    /// <summary>Ids of the rows of a repeat in order; empty when there are none.</summary>
    public IReadOnlyList<Guid> RowIds(string repeat) => [.. Rows(root, repeat).Select(IdOf)];

    /// <summary>Paths of the rows of a repeat in a row (null: in the sheet), in order; empty when there are none.</summary>
    public IReadOnlyList<AnswerPath> Rows(AnswerPath? row, string repeat) =>
        Container(root, row?.Rows ?? []) is { } container
            ?
            [
                .. Rows(container, repeat)
                    .Select(IdOf)
                    .Select(id => row?.Row(repeat, id) ?? AnswerPath.OfRow(repeat, id)),
            ]
            : [];

    public bool HasRow(AnswerPath row) => Container(root, row.Rows) is not null;

    /// <summary>
    /// Applies what a page sent: first removes rows, then adds rows, then reads the fields. Unknown, calculated and read-only
    /// fields and fields of rows that are not there are left out and named in <see cref="AppliedChanges.Ignored"/>.
    /// </summary>
    /// <param name="context">when given, added rows start with their questions' defaults</param>
    public AppliedChanges Apply(FormDefinition definition, AnswerChanges changes, EvaluationContext? context = null) =>
        new ChangeWriter(definition, (JsonObject)root.DeepClone(), context).Apply(this, changes);

    /// <summary>The sheet that recording starts from: the defaults of the questions outside repeats.</summary>
    public static AnswerSheet New(FormDefinition definition, EvaluationContext context)
    {
        var answers = new JsonObject();
        Defaults.Fill(answers, definition.Questions.Where(q => definition.RepeatOf(q) is null), definition, context);
        return new AnswerSheet(answers);
    }

    /// <summary>
    /// The sheet that a new fiscal year starts from: last year's answers as far as the form carries them forward, and the defaults of
    /// those that it does not. Without last year's it is <see cref="New"/>.
    /// </summary>
    public static AnswerSheet Start(FormDefinition definition, AnswerSheet? previous, EvaluationContext context)
    {
        if (previous is null)
        {
            return New(definition, context);
        }
        var answers = previous.CarryForward(definition).root;
        var fresh = definition.Questions.Where(q => definition.RepeatOf(q) is null && !IsCarried(definition, q));
        Defaults.Fill(answers, fresh, definition, context);
        return new AnswerSheet(answers);
    }

    /// <summary>Applies fields alone: path → what was typed.</summary>
    public AppliedChanges Apply(FormDefinition definition, IReadOnlyDictionary<string, string> fields) =>
        Apply(definition, new AnswerChanges(fields));

    /// <summary>What a new fiscal year starts from: these answers without those that the form does not carry forward. Rows keep their ids.</summary>
    public AnswerSheet CarryForward(FormDefinition definition)
    {
        var copy = (JsonObject)root.DeepClone();
        RemoveRemarks(copy);
        foreach (var node in definition.AllNodes.Where(n => !IsCarried(definition, n)))
        {
            foreach (var container in ContainersOf(definition, copy, definition.RepeatOf(node)))
            {
                container.Remove(node.Name);
            }
        }
        return new AnswerSheet(copy);
    }

    /// <summary>A new sheet with one stored value replaced (null removes it); the row must exist.</summary>
    public AnswerSheet With(AnswerPath path, JsonNode? value)
    {
        var copy = (JsonObject)root.DeepClone();
        var container = Container(copy, path.Rows);
        if (container is null || path.Name is not { } name)
        {
            throw new ArgumentException($"There is no place for {path}.", nameof(path));
        }
        ChangeWriter.Set(container, name, value?.DeepClone());
        return new AnswerSheet(copy);
    }

    /// <summary>
    /// Paths whose stored value differs, in the order of <paramref name="before"/>, then new ones. A row that only one of them
    /// has is one path, the row's; its order among the others does not count.
    /// </summary>
    public static IReadOnlyList<AnswerPath> Changes(AnswerSheet before, AnswerSheet after) =>
        SheetChanges.Between(before.root, after.root);

    internal JsonObject Root => root;

    internal static AnswerSheet Owning(JsonObject root) => new(root);

    internal static Guid IdOf(JsonObject row) =>
        row[IdMember] is JsonValue value
        && value.TryGetValue<string>(out var text)
        && Guid.TryParseExact(text, "D", out var id)
            ? id
            : Guid.Empty;

    /// <summary>Rows with a valid id, each id once; whatever else stands in the array is not a row.</summary>
    internal static IEnumerable<JsonObject> Rows(JsonObject container, string repeat) =>
        container[repeat] is JsonArray rows
            ? rows.OfType<JsonObject>().Where(row => IdOf(row) != Guid.Empty).DistinctBy(IdOf)
            : [];

    private static void RemoveRemarks(JsonObject container)
    {
        foreach (var name in container.Select(p => p.Key).Where(n => Remarks.SubjectOf(n) is not null).ToList())
        {
            container.Remove(name);
        }
        foreach (var row in container.Select(p => p.Value).OfType<JsonArray>().SelectMany(a => a.OfType<JsonObject>()))
        {
            RemoveRemarks(row);
        }
    }

    private static bool IsCarried(FormDefinition definition, FormNode? node)
    {
        while (node is { CarryForward: true })
        {
            node = definition.ParentOf(node);
        }
        return node is null;
    }

    // The sheet itself, or every row of the repeat.
    private static IEnumerable<JsonObject> ContainersOf(FormDefinition definition, JsonObject root, Repeat? repeat) =>
        repeat is null
            ? [root]
            : ContainersOf(definition, root, definition.RepeatOf(repeat))
                .SelectMany(c => Rows(c, repeat.Name).ToList());

    internal static JsonObject? Container(JsonObject root, IReadOnlyList<RowStep> steps)
    {
        var container = root;
        foreach (var step in steps)
        {
            container = Rows(container, step.Repeat).FirstOrDefault(row => IdOf(row) == step.RowId);
            if (container is null)
            {
                return null;
            }
        }
        return container;
    }
}

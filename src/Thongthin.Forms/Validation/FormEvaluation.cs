using System.Text.Json.Nodes;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Validation;

/// <summary>
/// Everything that follows from the answers of one sheet: what is relevant, calculated, required, wrong and missing. Pure:
/// the same sheet and context give the same result. The browser's <c>form.js</c> computes the same; this one always wins.
/// </summary>
public sealed class FormEvaluation
{
    private readonly Dictionary<string, FieldState> fields;
    private readonly Dictionary<string, Completeness> parts;
    private readonly ILookup<string, Issue> issuesByPath;
    private readonly Func<AnswerPath, IReadOnlyList<Choice>> choicesOf;

    internal FormEvaluation(
        FormDefinition definition,
        AnswerSheet sheet,
        IReadOnlyList<FieldState> states,
        IReadOnlyList<Issue> issues,
        JsonObject content,
        string recordLabel,
        bool createsRecord,
        Func<AnswerPath, IReadOnlyList<Choice>> choicesOf
    )
    {
        this.choicesOf = choicesOf;
        Definition = definition;
        Sheet = sheet;
        States = states;
        Issues = issues;
        Content = content;
        RecordLabel = recordLabel;
        CreatesRecord = createsRecord;
        fields = states.ToDictionary(s => s.Path.ToString(), StringComparer.Ordinal);
        issuesByPath = issues.ToLookup(i => i.Path.ToString(), StringComparer.Ordinal);
        parts = CompletenessCounts.ByPart(definition, states, issues);
        Completeness = definition.Nodes.Aggregate(default(Completeness), (sum, node) => sum + parts[node.Name]);
    }

    public FormDefinition Definition { get; }

    public AnswerSheet Sheet { get; }

    /// <summary>All states in the order of the form; the rows of a repeat one after the other.</summary>
    public IReadOnlyList<FieldState> States { get; }

    /// <summary>In the order of the form.</summary>
    public IReadOnlyList<Issue> Issues { get; }

    public Completeness Completeness { get; }

    /// <summary>Nothing stops submitting.</summary>
    public bool IsValid => Completeness.Blocking == 0;

    /// <summary>
    /// The answers that count, for certifying and analysis: relevant ones and calculated values, in the order of the form. Shared,
    /// not to be changed.
    /// </summary>
    public JsonObject Content { get; }

    /// <summary>What the register's label expression gives; empty when it is no register or nothing is answered yet.</summary>
    public string RecordLabel { get; }

    /// <summary>What <c>create_if</c> says; true without one.</summary>
    public bool CreatesRecord { get; }

    /// <summary>null when the form has nothing at that path (an unknown name, a row that is not there).</summary>
    public FieldState? Field(string path) => fields.GetValueOrDefault(path);

    /// <inheritdoc cref="Field(string)"/>
    public FieldState? Field(AnswerPath path) => Field(path.ToString());

    /// <summary>Of one path, in order; empty when there are none.</summary>
    public IEnumerable<Issue> IssuesOf(string path) => issuesByPath[path];

    /// <summary>
    /// The choices that a question offers with these answers: those of its list that its filter keeps, or the answers of a
    /// repeat. Empty for other questions.
    /// </summary>
    public IReadOnlyList<Choice> ChoicesOf(AnswerPath path) => choicesOf(path);

    /// <summary>Of a node at the top level of the form; zero for other names.</summary>
    public Completeness CompletenessOf(string topLevelName) => parts.GetValueOrDefault(topLevelName);

    /// <summary>Evaluates a sheet. Never throws, whatever the stored answers are.</summary>
    public static FormEvaluation Evaluate(FormDefinition definition, AnswerSheet sheet, EvaluationContext context) =>
        new EvaluationRun(definition, sheet, context).Run();
}

using Thongthin.Forms.Expressions;

namespace Thongthin.Forms.Schema;

/// <summary>A line of the survey sheet: a group, a repeat or a question. Names are unique in a form.</summary>
public abstract record FormNode
{
    /// <summary>Letters a–z, digits and <c>_</c>, beginning with a letter.</summary>
    public required string Name { get; init; }

    public LocalText Label { get; init; } = LocalText.None;

    public LocalText Hint { get; init; } = LocalText.None;

    /// <summary>More help, for whoever asks for it.</summary>
    public LocalText GuidanceHint { get; init; } = LocalText.None;

    /// <summary>null: always relevant (as far as the groups around it are).</summary>
    public Formula? Relevant { get; init; }

    /// <summary>As written, e.g. <c>multiline</c>, <c>minimal</c>; null when there is none.</summary>
    public string? Appearance { get; init; }

    /// <summary>A new year starts from the last values; false: this one, and everything inside it, starts empty.</summary>
    public bool CarryForward { get; init; } = true;

    /// <summary>Every expression of it, in no particular order.</summary>
    public virtual IEnumerable<Formula> Formulas => ((Formula?[])[Relevant]).OfType<Formula>();

    /// <summary>Row of the survey sheet, from 1; 0 when unknown.</summary>
    public int Row { get; init; }
}

/// <summary>Questions under one heading. Groups do not appear in the stored answers.</summary>
public sealed record Group : FormNode
{
    public required IReadOnlyList<FormNode> Nodes { get; init; }
}

/// <summary>Questions answered once per row. Stored as an array of rows, each with a permanent id.</summary>
public sealed record Repeat : FormNode
{
    public required IReadOnlyList<FormNode> Nodes { get; init; }

    /// <summary>Rows that there must be before submitting: 1 where the column <c>required</c> says yes, else 0.</summary>
    public int MinimumRows { get; init; }

    /// <summary>How many rows there are to be: the column <c>repeat_count</c>; null: as many as the person adds.</summary>
    public Formula? Count { get; init; }

    public override IEnumerable<Formula> Formulas => ((Formula?[])[Relevant, Count]).OfType<Formula>();
}

/// <summary>A question, a note or a calculation.</summary>
public sealed record Question : FormNode
{
    public required QuestionType Type { get; init; }

    /// <summary>Name of the choice list of a select or rank; null for other types, and where <see cref="ChoicesFrom"/> says which.</summary>
    public string? List { get; init; }

    /// <summary>Name of the question of a repeat whose answers, one per row, are the choices; else null.</summary>
    public string? ChoicesFrom { get; init; }

    /// <summary>Which choices of the list are offered: evaluated per choice, whose columns it names bare; null: all.</summary>
    public Formula? ChoiceFilter { get; init; }

    /// <summary>The column <c>parameters</c> by name, e.g. <c>start</c>, <c>end</c>, <c>step</c>, <c>randomize</c>, <c>max-pixels</c>.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = NoParameters;

    /// <summary>Least and largest number of a range, from its parameters; null for other types.</summary>
    public (double Least, double Most)? Bounds =>
        Type == QuestionType.Range ? (Parameter("start", 0), Parameter("end", 10)) : null;

    /// <summary>Between two values that a range's slider stands on.</summary>
    public double Interval => Parameter("step", 1);

    private double Parameter(string name, double otherwise) =>
        Parameters.TryGetValue(name, out var text) && NumberText.Parse(text) is var number && double.IsFinite(number)
            ? number
            : otherwise;

    /// <summary>Names of the questions whose change computes the calculation anew; empty: whatever it reads.</summary>
    public IReadOnlyList<string> Trigger { get; init; } = [];

    /// <summary>null: never required. <c>yes</c> is written as <c>true()</c>.</summary>
    public Formula? Required { get; init; }

    public LocalText RequiredMessage { get; init; } = LocalText.None;

    /// <summary>Must hold for every answer that is not empty; breaking it has <see cref="Severity"/>.</summary>
    public Formula? Constraint { get; init; }

    public LocalText ConstraintMessage { get; init; } = LocalText.None;

    /// <summary>Of the constraint: block unless the column <c>severity</c> says warn.</summary>
    public Severity Severity { get; init; }

    /// <summary>An order-of-magnitude check: where it does not hold, the person is asked "are you sure"; it never blocks.</summary>
    public Formula? Plausible { get; init; }

    public LocalText PlausibleMessage { get; init; } = LocalText.None;

    /// <summary>The value of a calculate; on other types the value while nothing else decides (then read-only).</summary>
    public Formula? Calculation { get; init; }

    /// <summary>The answer that a new sheet or row starts with.</summary>
    public Formula? Default { get; init; }

    public bool ReadOnly { get; init; }

    /// <summary>Shown beside the field: บาท, กม.</summary>
    public LocalText Unit { get; init; } = LocalText.None;

    /// <summary>null: a change from last year asks for no reason.</summary>
    public YearBound? YearBound { get; init; }

    /// <summary>The property of a register's record that this answer is kept as; null: none.</summary>
    public string? SaveTo { get; init; }

    /// <summary>The answer is about a person: the rules of personal data hold for it.</summary>
    public bool Personal { get; init; }

    /// <summary>The answer may be shown to everybody, once certified.</summary>
    public bool Public { get; init; }

    /// <summary>The answer is a fact for tables and charts over many local authorities.</summary>
    public bool Analyse { get; init; }

    public override IEnumerable<Formula> Formulas =>
        ((Formula?[])[Relevant, ChoiceFilter, Required, Constraint, Plausible, Calculation, Default]).OfType<Formula>();

    /// <summary>The value comes from an expression and is never typed.</summary>
    public bool IsCalculated => Calculation is not null;

    /// <summary>A person may type an answer.</summary>
    public bool TakesAnswer => !Type.IsNeverTyped() && !IsCalculated && !ReadOnly;

    public bool IsNumber => Type.IsNumber();

    private static readonly Dictionary<string, string> NoParameters = [];
}

/// <summary>What the rows of a register are: the <c>entities</c> sheet.</summary>
/// <param name="Dataset">name of the list of records, e.g. <c>agreements</c></param>
/// <param name="Label">expression that gives a record's name in lists</param>
/// <param name="CreateIf">null: every sheet makes a record</param>
/// <param name="UpdateIf">null: a sheet of an existing record always updates it</param>
public sealed record EntityDeclaration(string Dataset, Formula Label, Formula? CreateIf, Formula? UpdateIf)
{
    /// <summary>
    /// Questions by which two records may be the same thing recorded twice: a like text, and the same in everything else. Empty:
    /// nobody is warned.
    /// </summary>
    public IReadOnlyList<string> DuplicateKeys { get; init; } = [];
}

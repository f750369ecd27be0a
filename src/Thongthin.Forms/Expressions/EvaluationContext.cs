using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Expressions;

/// <summary>What an evaluation may know besides the answers. Everything is passed in: the library has no clock.</summary>
/// <param name="Today">the calendar day in Bangkok</param>
/// <param name="FiscalYear">Buddhist-era fiscal year of the answers; null where there is none</param>
public sealed record EvaluationContext(DateOnly Today, int? FiscalYear = null)
{
    /// <summary>The moment, with Bangkok's offset; null where only the day is known.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>What random values are drawn from, the same for one sheet every time.</summary>
    public string Seed { get; init; } = "";

    /// <summary>Of the form, as its author wrote it; empty outside forms.</summary>
    public string Version { get; init; } = "";

    /// <summary>What other forms recorded, for <c>pulldata('facts', …)</c>; null where nobody looked it up.</summary>
    public RecordedFacts? Facts { get; init; }

    /// <summary>1 October of the year before; null without a fiscal year.</summary>
    public DateOnly? FiscalYearStart => FiscalYear is { } year ? new DateOnly(year - 544, 10, 1) : null;

    /// <summary>30 September; null without a fiscal year.</summary>
    public DateOnly? FiscalYearEnd => FiscalYear is { } year ? new DateOnly(year - 543, 9, 30) : null;
}

/// <summary>Where an expression finds the answers.</summary>
public interface IValueSource
{
    /// <summary>What <c>.</c> is; empty where there is no own answer.</summary>
    public FormValue Current { get; }

    /// <summary>What <c>${name}</c> is: empty when not answered or not relevant; several values for a repeat read from outside.</summary>
    public FormValue ValueOf(string name);

    /// <summary>The node that has the expression; null where there is no tree to walk.</summary>
    public TreeNode? Here => null;

    /// <summary>The nodes of <c>${name}</c>: the answer's, or those of all its rows; of a repeat its rows.</summary>
    public IReadOnlyList<TreeNode> NodesOf(string name) => [];

    /// <summary>The choice list of that name; null when there is none.</summary>
    public ChoiceList? ListNamed(string name) => null;

    /// <summary>The choice list of a question; null when it has none.</summary>
    public ChoiceList? ListOf(string question) => null;
}

using Thongthin.Forms.Answers;
using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Validation;

/// <summary>A problem of an answer. Problems never stop saving; those with <see cref="Severity.Block"/> stop submitting.</summary>
/// <param name="Code">one of <see cref="IssueCodes"/></param>
/// <param name="Path">of the answer</param>
/// <param name="Message">what is wrong and what to do, with the question named</param>
public sealed record Issue(string Code, Severity Severity, AnswerPath Path, LocalText Message);

/// <summary>The permanent codes of <see cref="Issue"/>; listed in <c>docs/forms.md</c>.</summary>
public static class IssueCodes
{
    /// <summary>A required answer is missing.</summary>
    public const string Required = "required";

    /// <summary>The form's own rule for the answer does not hold.</summary>
    public const string Constraint = "constraint";

    /// <summary>The order-of-magnitude check does not hold.</summary>
    public const string Plausible = "plausible";

    /// <summary>A repeat that is required has no row.</summary>
    public const string NoRows = "no_rows";

    /// <summary>Text where a number belongs, or a number too large to keep exactly.</summary>
    public const string NotNumber = "not_a_number";

    /// <summary>A fraction where a whole number belongs.</summary>
    public const string NotWhole = "not_whole";

    /// <summary>Not a date, or one that does not exist.</summary>
    public const string NotDate = "not_a_date";

    /// <summary>Not a time of day.</summary>
    public const string NotTime = "not_a_time";

    /// <summary>Not a day with a time.</summary>
    public const string NotMoment = "not_a_moment";

    /// <summary>Not a place on the earth, or not as many places as the question needs.</summary>
    public const string NotPlace = "not_a_place";

    /// <summary>Not a file that was uploaded.</summary>
    public const string NotFile = "not_a_file";

    /// <summary>Not one of the choices.</summary>
    public const string NotChoice = "not_a_choice";

    /// <summary>A choice of the list, but not one that is offered with the other answers.</summary>
    public const string NotOffered = "not_offered";

    /// <summary>Below the least or above the largest number of a range.</summary>
    public const string OutOfRange = "out_of_range";

    /// <summary>A repeat has not as many rows as another answer says.</summary>
    public const string RowCount = "row_count";

    /// <summary>Changed from last year by more than the question's bound, and no reason was given.</summary>
    public const string YearChange = "year_change";

    public static readonly IReadOnlyList<string> All =
    [
        Required,
        Constraint,
        Plausible,
        NoRows,
        NotNumber,
        NotWhole,
        NotDate,
        NotTime,
        NotMoment,
        NotPlace,
        NotFile,
        NotChoice,
        NotOffered,
        OutOfRange,
        RowCount,
        YearChange,
    ];
}

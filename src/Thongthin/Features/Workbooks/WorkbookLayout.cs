using Thongthin.Forms.Schema;
using Thongthin.Platform.Spreadsheets;

namespace Thongthin.Features.Workbooks;

/// <summary>
/// How answers lie in an Excel workbook. Every sheet begins with a hidden row of keys that says what the sheet is and which
/// question each column is, so that columns and sheets may be moved, and labels changed, without harm:
/// <list type="bullet">
/// <item><c>form</c>: one answer sheet, a line per question, its path in the hidden first column;</item>
/// <item><c>sheets</c>: a line per answer sheet (a record, or an LAO's annual form), a column per question;</item>
/// <item><c>rows:REPEAT</c>: a line per row of a repeat, the hidden first column being its permanent id;</item>
/// <item><c>base</c>: hidden; what stood in the answers when the workbook was made. Only what differs from it was changed
/// by the person, and a conflict is told from an old value.</item>
/// </list>
/// </summary>
internal static class WorkbookLayout
{
    public const string Form = "thongthin:form";
    public const string Sheets = "thongthin:sheets";
    public const string Rows = "thongthin:rows:";
    public const string Base = "thongthin:base";

    /// <summary>Keys of the columns that are not questions.</summary>
    public const string Answer = "@answer";
    public const string Lao = "@lao";
    public const string Mark = "@mark";

    /// <summary>An Excel cell holds 32,767 characters; longer answers of a sheet are cut into cells.</summary>
    public const int Piece = 30_000;

    /// <summary>Answer sheets of one workbook at most.</summary>
    public const int MaximumSheets = 20_000;

    /// <summary>Names of several choices in one cell stand between these.</summary>
    public const string Between = "; ";

    /// <summary>What can be typed into a cell. Files and rows inside rows are left to the entry page.</summary>
    public static bool IsCell(Question question) => question.TakesAnswer && !question.Type.IsFile();

    /// <summary>The questions of a line: outside every repeat, or directly inside this one.</summary>
    public static IReadOnlyList<Question> QuestionsOf(FormDefinition form, Repeat? repeat) =>
        [.. form.Questions.Where(q => IsCell(q) && form.RepeatOf(q)?.Name == repeat?.Name)];

    /// <summary>Repeats that get a sheet of their own.</summary>
    public static IReadOnlyList<Repeat> RepeatsOf(FormDefinition form) =>
        [
            .. form
                .AllNodes.OfType<Repeat>()
                .Where(repeat => form.RepeatOf(repeat) is null && QuestionsOf(form, repeat).Count > 0),
        ];

    /// <summary>Numbers stay numbers; everything else stays the text that was typed.</summary>
    public static CellFormat FormatOf(Question question) => question.IsNumber ? CellFormat.General : CellFormat.Text;
}

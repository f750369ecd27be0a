using Thongthin.Features.Submissions;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Validation;
using StoredAnswers = Thongthin.Forms.Answers.AnswerSheet;
using StoredSheet = Thongthin.Features.Submissions.AnswerSheet;

namespace Thongthin.Features.Workbooks;

/// <summary>
/// Tries a person's changes on what is stored now, without storing: the same for the preview and for the real thing. A
/// cell is wrong when its text cannot be read, breaks a rule that blocks, is too long, or when somebody else changed the
/// same answer since the workbook was made. What is still missing elsewhere is no mistake of the workbook.
/// </summary>
internal sealed class SheetTrial(FormDefinition form, EvaluationContext context)
{
    /// <summary>Whatever was saved after the workbook was made is another's, also the person's own on a page.</summary>
    private static readonly HashSet<int> NoneOwn = [];

    /// <param name="stored">the sheet's row; null when there is none yet</param>
    /// <param name="before">its answers, or those that it starts with</param>
    public SheetOutcome Try(SheetEdit edit, StoredSheet? stored, StoredAnswers before)
    {
        var outcome = TryOnce(edit, stored, before, []);
        if (!edit.ByField || outcome.WrongPaths.Count == 0)
        {
            return outcome;
        }
        // every field is a line of its own: the good ones are tried again without the wrong ones
        var rest = TryOnce(edit, stored, before, outcome.WrongPaths);
        return rest with { Problems = outcome.Problems, WrongPaths = outcome.WrongPaths };
    }

    private SheetOutcome TryOnce(
        SheetEdit edit,
        StoredSheet? stored,
        StoredAnswers before,
        IReadOnlyCollection<string> without
    )
    {
        var request = edit.ToRequest(without);
        var applied = before.Apply(form, request.ToChanges(), context);
        var evaluation = SheetEvaluation.Evaluate(form, applied.Sheet, context);
        var problems = new List<CellProblem>();
        var wrong = new HashSet<string>(StringComparer.Ordinal);
        foreach (var ignored in applied.Ignored)
        {
            Add(ignored.Field, ReasonOf(ignored.Reason), isError: true);
        }
        foreach (var conflict in Conflicts.Find(request, before, applied, stored, NoneOwn))
        {
            Add(
                conflict.Path,
                new LocalText(
                    $"มีผู้อื่นแก้ไขข้อมูลนี้หลังจากที่ท่านดาวน์โหลดไฟล์ ค่าที่บันทึกอยู่คือ “{conflict.Theirs}” ค่าในไฟล์คือ “{conflict.Yours}”",
                    $"Somebody changed this after you had downloaded the workbook. Stored: “{conflict.Theirs}”, in the workbook: “{conflict.Yours}”"
                ),
                isError: true
            );
        }
        var changed = applied.Changed.Select(path => path.ToString()).ToHashSet(StringComparer.Ordinal);
        foreach (var issue in evaluation.Issues.Where(i => i.Code is not (IssueCodes.Required or IssueCodes.NoRows)))
        {
            if (changed.Contains(issue.Path.ToString()))
            {
                Add(issue.Path.ToString(), issue.Message, issue.Severity == Severity.Block);
            }
        }
        return new SheetOutcome(request, applied, evaluation, problems, wrong);

        void Add(string path, LocalText message, bool isError)
        {
            var cell = edit.Fields.TryGetValue(path, out var typed) ? typed.Cell : CellOfRow(edit, path) ?? edit.Cell;
            problems.Add(new CellProblem(cell, message.In("th"), message.In("en"), isError));
            if (isError)
            {
                wrong.Add(path);
            }
        }
    }

    private static string? CellOfRow(SheetEdit edit, string path) =>
        edit.Rows.FirstOrDefault(row => path == AnswerPath.OfRow(row.Repeat, row.RowId).ToString())?.Cell;

    private static LocalText ReasonOf(IgnoredReason reason) =>
        reason switch
        {
            IgnoredReason.TooLong => new(
                $"ข้อความยาวเกิน {TypedAnswer.MaximumLength} ตัวอักษร",
                $"The text is longer than {TypedAnswer.MaximumLength} characters"
            ),
            IgnoredReason.TooManyRows => new(
                $"เพิ่มได้ไม่เกิน {StoredAnswers.MaximumRows} แถว",
                $"There can be no more than {StoredAnswers.MaximumRows} rows"
            ),
            IgnoredReason.NoSuchRow => new(
                "แถวนี้ถูกลบไปแล้วหลังจากที่ท่านดาวน์โหลดไฟล์",
                "This row was removed after you had downloaded the workbook"
            ),
            _ => new("กรอกช่องนี้ไม่ได้", "This cell takes no answer"),
        };
}

/// <summary>What came of trying an edit.</summary>
/// <param name="WrongPaths">answers with an error</param>
internal sealed record SheetOutcome(
    SaveRequest Request,
    AppliedChanges Applied,
    FormEvaluation Evaluation,
    IReadOnlyList<CellProblem> Problems,
    IReadOnlyCollection<string> WrongPaths
)
{
    public bool IsGood => WrongPaths.Count == 0;
}

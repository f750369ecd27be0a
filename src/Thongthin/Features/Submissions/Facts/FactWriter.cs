using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Security;
using Answers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Submissions.Facts;

/// <summary>A sheet as it was recorded.</summary>
/// <param name="RecordNumber">empty for an annual form</param>
internal sealed record RecordedSheet(int LaoId, int FiscalYear, string RecordNumber, string Answers);

/// <summary>
/// Replaces the facts of submissions by what their sheets come to. Evaluated as of the moment of recording, so that the
/// same answers give the same facts whenever they are made again.
/// </summary>
internal static class FactWriter
{
    /// <summary>The facts of a locked submission.</summary>
    /// <param name="isNil">declared that there is nothing: it has no facts</param>
    public static async Task WriteAsync(
        LockedSubmission submission,
        FormDefinition form,
        DateTimeOffset recordedAt,
        bool isNil,
        CancellationToken cancellationToken
    )
    {
        var now = submission.Now;
        List<RecordedSheet> sheets = isNil
            ? []
            : await submission
                .Db.Database.SqlQuery<RecordedSheet>(
                    $"""
                    select a.lao_id, {now.FiscalYear} as fiscal_year, coalesce(c.record_number, '') as record_number, a.answers
                    from answer_sheet a left join record c using (lao_id, record_id)
                    where a.lao_id = {now.LaoId} and a.submission_id = {now.SubmissionId} and a.status <> 'removed'
                    """
                )
                .ToListAsync(cancellationToken);
        await WriteAsync(
            submission.Db,
            form,
            [new(now.LaoId, now.FiscalYear, recordedAt, sheets)],
            submission.Actor,
            cancellationToken
        );
    }

    /// <summary>The facts of many submissions of one form, in two statements whatever their number.</summary>
    public static async Task<int> WriteAsync(
        AppDb db,
        FormDefinition form,
        IReadOnlyList<RecordedSubmission> submissions,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        int[] laos = [.. submissions.Select(s => s.LaoId)];
        int[] years = [.. submissions.Select(s => s.FiscalYear)];
        await db.Database.ExecuteSqlAsync(
            $"""
            delete from answer_fact f using unnest({laos}, {years}) s (lao_id, fiscal_year)
            where f.form_id = {form.Id} and f.lao_id = s.lao_id and f.fiscal_year = s.fiscal_year
            """,
            cancellationToken
        );
        var facts = submissions
            .SelectMany(s => Facts(form, s, actor).Select(fact => (Submission: s, Fact: fact)))
            .ToList();
        if (facts.Count == 0)
        {
            return 0;
        }
        int[] lao = [.. facts.Select(f => f.Submission.LaoId)];
        int[] year = [.. facts.Select(f => f.Submission.FiscalYear)];
        DateTime[] at = [.. facts.Select(f => f.Submission.RecordedAt.UtcDateTime)];
        string[] question = [.. facts.Select(f => f.Fact.Question)];
        string[] record = [.. facts.Select(f => f.Fact.RecordNumber)];
        string[] row = [.. facts.Select(f => f.Fact.RowId)];
        double?[] number = [.. facts.Select(f => f.Fact.Number)];
        DateOnly?[] day = [.. facts.Select(f => f.Fact.Day)];
        string?[] text = [.. facts.Select(f => f.Fact.Text)];
        return await db.Database.ExecuteSqlAsync(
            $"""
            insert into answer_fact (lao_id, form_id, fiscal_year, question, record_number, row_id, number, day, text, recorded_at)
            select f.lao_id, {form.Id}, f.fiscal_year, f.question, f.record_number, f.row_id, f.number, f.day, f.text, f.recorded_at
            from unnest({lao}, {year}, {question}, {record}, {row}, {number}, {day}, {text}, {at})
                f (lao_id, fiscal_year, question, record_number, row_id, number, day, text, recorded_at)
            """,
            cancellationToken
        );
    }

    private static IEnumerable<AnswerFact> Facts(FormDefinition form, RecordedSubmission submission, Actor actor)
    {
        var context = SheetEvaluation.ContextOf(actor with { At = submission.RecordedAt }, submission.FiscalYear);
        return submission.Sheets.SelectMany(sheet =>
            AnswerFact.Of(SheetEvaluation.Evaluate(form, Answers.Parse(sheet.Answers), context), sheet.RecordNumber)
        );
    }
}

/// <summary>A submission with its sheets as they were recorded.</summary>
internal sealed record RecordedSubmission(
    int LaoId,
    int FiscalYear,
    DateTimeOffset RecordedAt,
    IReadOnlyList<RecordedSheet> Sheets
);

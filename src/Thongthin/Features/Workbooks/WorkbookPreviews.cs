using Thongthin.Features.Forms;
using Thongthin.Features.Submissions;
using Thongthin.Features.Submissions.Facts;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Security;
using StoredAnswers = Thongthin.Forms.Answers.AnswerSheet;
using StoredSheet = Thongthin.Features.Submissions.AnswerSheet;

namespace Thongthin.Features.Workbooks;

/// <summary>A change as the preview shows it.</summary>
internal sealed record ChangeRow(string Cell, string Sheet, string Question, string Before, string After);

/// <summary>What applying an upload would do now.</summary>
/// <param name="Good">answer sheets without an error (of an annual form filled in as a page: with at least one good field)</param>
internal sealed record WorkbookPreview(
    IReadOnlyList<ChangeRow> Changes,
    IReadOnlyList<CellProblem> Problems,
    int Sheets,
    int Good
)
{
    public int Errors => Problems.Count(problem => problem.IsError);
}

/// <summary>Tries an upload on what is stored now.</summary>
internal sealed class WorkbookPreviews(
    WorkbookQueries queries,
    FormLibrary forms,
    FactQueries facts,
    FieldLinks links,
    CurrentActor actor
)
{
    public async Task<WorkbookPreview> ReadAsync(WorkbookUpload upload, CancellationToken cancellationToken)
    {
        var content = upload.ReadContent();
        if (
            content.Edits.Count == 0
            || await queries.FindAsync(upload.FormId, upload.FiscalYear, null, cancellationToken) is not { } source
        )
        {
            return new WorkbookPreview([], content.Problems, 0, 0);
        }
        var form = await forms.GetAsync(upload.FormId, source.FormVersion, cancellationToken);
        var contexts = await facts.ContextsAsync(
            form,
            actor.Value,
            [.. content.Edits.Select(edit => edit.Key.LaoId)],
            upload.FiscalYear,
            cancellationToken
        );
        var stored = source.Sheets.ToDictionary(sheet => sheet.Key);
        var (changes, problems, good) = (new List<ChangeRow>(), content.Problems.ToList(), 0);
        foreach (var edit in content.Edits)
        {
            var now = stored.GetValueOrDefault(edit.Key);
            var context = contexts[edit.Key.LaoId];
            var before = now?.Answers ?? StoredAnswers.New(form, context);
            var outcome = new SheetTrial(form, context).Try(edit, RowOf(now), before);
            problems.AddRange(outcome.Problems);
            good += outcome.IsGood || (edit.ByField && outcome.WrongPaths.Count < edit.Fields.Count) ? 1 : 0;
            changes.AddRange(
                edit.Fields.Select(field => new ChangeRow(
                    field.Value.Cell,
                    edit.Name,
                    links.Name(form, field.Key),
                    field.Value.Before,
                    field.Value.Text
                ))
            );
        }
        return new WorkbookPreview(changes, problems, content.Edits.Count, good);
    }

    private static StoredSheet? RowOf(WorkbookSheet? sheet) =>
        sheet?.SheetId is { } id
            ? new StoredSheet
            {
                LaoId = sheet.Key.LaoId,
                AnswerSheetId = id,
                SubmissionId = sheet.Submission.SubmissionId,
                Revision = sheet.Revision,
                FieldRevision = sheet.FieldRevision,
                SavedAt = default,
            }
            : null;
}

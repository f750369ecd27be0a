using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Features.Submissions;
using Thongthin.Features.Submissions.Facts;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;
using StoredAnswers = Thongthin.Forms.Answers.AnswerSheet;
using StoredSheet = Thongthin.Features.Submissions.AnswerSheet;

namespace Thongthin.Features.Workbooks;

/// <summary>
/// Stores an upload in one transaction: everything, or, as the person chose, everything that is right. Each LAO's
/// submission is locked in the order of the keys, and what is stored then is tried again: what was right in the preview
/// may be a conflict by now. Stopping in the middle, by the person or by a crash, stores nothing.
/// </summary>
internal sealed class ApplyWorkbook(AppDb db, AppDbFactory databases, FormLibrary forms)
{
    /// <param name="goodOnly">leave out what is wrong; without it one error stores nothing</param>
    /// <returns>What was stored; null when there was an error and <paramref name="goodOnly"/> is not set.</returns>
    /// <exception cref="Refusal">workbook_not_found, workbook_applied, workbook_running; an office's officer in scope and the LAO's recorder only: not_allowed.</exception>
    public async Task<WorkbookResult?> ExecuteAsync(
        Actor actor,
        Guid uploadId,
        bool goodOnly,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var upload = await ClaimAsync(uploadId, cancellationToken);
        var content = upload.ReadContent();
        var result = new Tally(content.Problems);
        var done = 0;
        foreach (var group in content.Edits.GroupBy(edit => edit.Submission).OrderBy(g => g.Key.LaoId))
        {
            var before = done;
            Task ReportAsync(int count) => SayAsync(actor, uploadId, before + count, cancellationToken);
            await ApplyAsync(actor, transaction, group.Key, [.. group], result, ReportAsync, cancellationToken);
            if (result.HasErrors && !goodOnly)
            {
                return null;
            }
            done += group.Count();
            await SayAsync(actor, uploadId, done, cancellationToken);
        }
        if (result.HasErrors && !goodOnly)
        {
            return null;
        }
        var stored = result.ToResult();
        var json = JsonSerializer.Serialize(stored, WorkbookUpload.Json);
        var at = actor.At.ToUniversalTime();
        await db.Set<WorkbookUpload>()
            .Where(u => u.WorkbookUploadId == uploadId)
            .ExecuteUpdateAsync(
                set => set.SetProperty(u => u.AppliedAt, at).SetProperty(u => u.Result, json),
                cancellationToken
            );
        await AuditLog.WriteAsync(
            db,
            actor,
            "workbook_applied",
            $"workbook_upload/{uploadId}",
            null,
            new { sheets = stored.Sheets, skipped = stored.Skipped },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return stored;
    }

    private async Task<WorkbookUpload> ClaimAsync(Guid uploadId, CancellationToken cancellationToken)
    {
        var upload =
            await db.Set<WorkbookUpload>().FirstOrDefaultAsync(u => u.WorkbookUploadId == uploadId, cancellationToken)
            ?? throw new Refusal("workbook_not_found");
        // a lock that the reports of progress, on another connection, do not wait for
        var name = uploadId.ToString();
        var claimed = await db
            .Database.SqlQuery<bool>($"select pg_try_advisory_xact_lock(hashtextextended({name}, 0)) as value")
            .ToListAsync(cancellationToken);
        if (!claimed[0])
        {
            throw new Refusal("workbook_running");
        }
        return upload.AppliedAt is null ? upload : throw new Refusal("workbook_applied");
    }

    private async Task SayAsync(Actor actor, Guid uploadId, int done, CancellationToken cancellationToken)
    {
        await using var reports = databases.Create(actor);
        await reports
            .Set<WorkbookUpload>()
            .Where(u => u.WorkbookUploadId == uploadId)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.Done, done), cancellationToken);
    }

    private async Task ApplyAsync(
        Actor actor,
        Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction,
        SubmissionKey key,
        IReadOnlyList<SheetEdit> edits,
        Tally result,
        Func<int, Task> report,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var submission = await LockedSubmission.JoinAsync(
                db,
                actor,
                transaction,
                key,
                cancellationToken
            );
            submission.RequireEditable();
            var form = await forms.GetAsync(submission.Now.FormId, submission.Now.FormVersion, cancellationToken);
            var context = await new FactQueries(db).ContextAsync(
                form,
                actor,
                key.LaoId,
                submission.Now.FiscalYear,
                cancellationToken
            );
            await new SubmissionEdits(submission, form, context, result).ApplyAsync(edits, report, cancellationToken);
        }
        catch (Refusal refusal)
        {
            result.Refuse(edits, refusal);
        }
    }

    /// <summary>Counts what is stored and what is not.</summary>
    internal sealed class Tally(IEnumerable<CellProblem> unreadable)
    {
        private readonly List<CellProblem> _problems = [.. unreadable];
        private int _sheets;
        private int _answers;
        private int _skipped;

        public bool HasErrors => _problems.Exists(problem => problem.IsError);

        public void Stored(SheetEdit edit, SheetOutcome outcome)
        {
            _sheets++;
            _answers += outcome.Applied.Changed.Count;
            _skipped += edit.ByField ? outcome.WrongPaths.Count : 0;
            _problems.AddRange(outcome.Problems);
        }

        public void Skip(IEnumerable<CellProblem> problems)
        {
            _skipped++;
            _problems.AddRange(problems);
        }

        /// <summary>The refusal in both languages is the page's to say: here its code stands for it.</summary>
        public void Refuse(IReadOnlyList<SheetEdit> edits, Refusal refusal)
        {
            _skipped += edits.Count;
            _problems.AddRange(
                edits.Select(edit => new CellProblem(edit.Cell, "", "", IsError: true)
                {
                    Refusal = refusal.Code,
                    Arguments = [.. refusal.Arguments.Select(a => a.ToString() ?? "")],
                })
            );
        }

        public WorkbookResult ToResult() => new(_sheets, _answers, _skipped, _problems);
    }
}

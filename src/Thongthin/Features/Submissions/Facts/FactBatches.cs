using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions.Facts;

/// <summary>How much was made again.</summary>
internal sealed record RebuiltFacts(int Submissions, int Facts);

/// <summary>
/// Facts of many submissions, in batches: each is a transaction of its own, unless the caller has one. A submission's facts
/// come from its sheets as they stood at the last recording.
/// </summary>
internal sealed class FactBatches
{
    private const int BatchSize = 500;

    private readonly AppDb db;
    private readonly FormLibrary forms;

    private FactBatches(AppDb db, FormLibrary forms) => (this.db, this.forms) = (db, forms);

    /// <param name="formId">null: every form</param>
    /// <param name="fiscalYear">null: every year</param>
    /// <param name="progress">called after each batch with the number of submissions so far</param>
    public static async Task<RebuiltFacts> RebuildAsync(
        AppDb db,
        FormLibrary forms,
        Actor actor,
        string? formId,
        int? fiscalYear,
        Action<int> progress,
        CancellationToken cancellationToken
    )
    {
        var batches = new FactBatches(db, forms);
        var (submissions, facts) = (0, 0);
        var after = new Position("", 0, 0, Guid.Empty);
        while (await batches.NextAsync(formId, fiscalYear, after, cancellationToken) is { Count: > 0 } batch)
        {
            await using var transaction = db.Database.CurrentTransaction is null
                ? await db.Database.BeginTransactionAsync(cancellationToken)
                : null;
            foreach (var version in batch.GroupBy(s => (s.FormId, s.FormVersion)))
            {
                facts += await batches.WriteAsync(
                    actor,
                    version.Key.FormId,
                    version.Key.FormVersion,
                    [.. version],
                    cancellationToken
                );
            }
            await (transaction?.CommitAsync(cancellationToken) ?? Task.CompletedTask);
            submissions += batch.Count;
            after = new(batch[^1].FormId, batch[^1].FormVersion, batch[^1].LaoId, batch[^1].SubmissionId);
            progress(submissions);
        }
        return new(submissions, facts);
    }

    private async Task<int> WriteAsync(
        Actor actor,
        string formId,
        int version,
        IReadOnlyList<Recorded> batch,
        CancellationToken cancellationToken
    )
    {
        var form = await forms.GetAsync(formId, version, cancellationToken);
        var sheets = (await SheetsAsync(batch, cancellationToken)).ToLookup(s => (s.LaoId, s.FiscalYear));
        return await FactWriter.WriteAsync(
            db,
            form,
            [
                .. batch.Select(s => new RecordedSubmission(
                    s.LaoId,
                    s.FiscalYear,
                    s.RecordedAt,
                    [.. sheets[(s.LaoId, s.FiscalYear)]]
                )),
            ],
            actor,
            cancellationToken
        );
    }

    /// <summary>The next submissions that were ever recorded and have sheets or facts, by form, version and key.</summary>
    private Task<List<Recorded>> NextAsync(
        string? formId,
        int? fiscalYear,
        Position after,
        CancellationToken cancellationToken
    ) =>
        db
            .Database.SqlQuery<Recorded>(
                $"""
                select s.form_id, s.form_version, s.lao_id, s.submission_id, s.fiscal_year, s.recorded_at
                from submission s
                where s.recorded_at is not null
                  and (exists (
                        select from answer_sheet a
                        where a.lao_id = s.lao_id and a.submission_id = s.submission_id)
                    or exists (
                        select from answer_fact f
                        where f.lao_id = s.lao_id and f.form_id = s.form_id and f.fiscal_year = s.fiscal_year))
                  and ({formId}::text is null or s.form_id = {formId}::text)
                  and ({fiscalYear}::int is null or s.fiscal_year = {fiscalYear}::int)
                  and (s.form_id, s.form_version, s.lao_id, s.submission_id)
                    > ({after.FormId}, {after.FormVersion}, {after.LaoId}, {after.SubmissionId})
                order by s.form_id, s.form_version, s.lao_id, s.submission_id
                limit {BatchSize}
                """
            )
            .ToListAsync(cancellationToken);

    /// <summary>
    /// Each sheet as it stood at the last recording: the newest version closed by then (recording closes what is open), or,
    /// where nothing was typed by then or since, as it stands. The last recording says whether it was a nil return.
    /// </summary>
    private Task<List<RecordedSheet>> SheetsAsync(IReadOnlyList<Recorded> batch, CancellationToken cancellationToken)
    {
        int[] laos = [.. batch.Select(s => s.LaoId)];
        Guid[] submissions = [.. batch.Select(s => s.SubmissionId)];
        return db
            .Database.SqlQuery<RecordedSheet>(
                $"""
                select s.lao_id, s.fiscal_year, coalesce(c.record_number, '') as record_number,
                    coalesce(v.answers, a.answers) as answers
                from unnest({laos}, {submissions}) b (lao_id, submission_id)
                join submission s using (lao_id, submission_id)
                join answer_sheet a using (lao_id, submission_id)
                left join record c on c.lao_id = a.lao_id and c.record_id = a.record_id
                left join lateral (
                    select v.answers, v.status from answer_version v
                    where v.lao_id = a.lao_id and v.answer_sheet_id = a.answer_sheet_id and v.closed_at <= s.recorded_at
                    order by v.number desc limit 1) v on true
                where coalesce(v.status, a.status) <> 'removed'
                  and (v.answers is not null or a.saved_at <= s.recorded_at)
                  and not exists (
                    select from submission_event e
                    where e.lao_id = s.lao_id and e.submission_id = s.submission_id and e.action = 'nil'
                      and e.at = s.recorded_at)
                """
            )
            .ToListAsync(cancellationToken);
    }

    private sealed record Position(string FormId, int FormVersion, int LaoId, Guid SubmissionId);

    private sealed record Recorded(
        string FormId,
        int FormVersion,
        int LaoId,
        Guid SubmissionId,
        int FiscalYear,
        DateTimeOffset RecordedAt
    );
}

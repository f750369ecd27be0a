using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Security;
using Answers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Submissions;

/// <summary>
/// A locked submission of a register or catalogue with its form, for the operations on single records. Everything of one LAO's
/// register and year waits at the submission's lock, so numbers are given one after the other.
/// </summary>
internal sealed class RecordWork : IAsyncDisposable
{
    private RecordWork(LockedSubmission submission, FormDefinition form)
    {
        Submission = submission;
        Form = form;
        Sheets = new SheetWriter(submission);
        Context = SheetEvaluation.ContextOf(submission.Actor, submission.Now.FiscalYear);
    }

    public LockedSubmission Submission { get; }

    public FormDefinition Form { get; }

    public SheetWriter Sheets { get; }

    public EvaluationContext Context { get; }

    private AppDb Db => Submission.Db;

    /// <summary>Of a register or a catalogue.</summary>
    /// <exception cref="Refusal">submission_not_found, not_a_register, and as <see cref="LockedSubmission.RequireEditable"/>.</exception>
    public static Task<RecordWork> OpenAsync(
        AppDb db,
        FormLibrary forms,
        Actor actor,
        SubmissionKey key,
        CancellationToken cancellationToken
    ) =>
        OpenAsync(
            db,
            forms,
            actor,
            key,
            shape => shape == FormShape.Annual ? new Refusal("not_a_register") : null,
            cancellationToken
        );

    /// <summary>Of a register: its records are added and removed; those of a catalogue follow from its items.</summary>
    /// <exception cref="Refusal">submission_not_found, not_a_register, and as <see cref="LockedSubmission.RequireEditable"/>.</exception>
    public static Task<RecordWork> OpenRegisterAsync(
        AppDb db,
        FormLibrary forms,
        Actor actor,
        SubmissionKey key,
        CancellationToken cancellationToken
    ) =>
        OpenAsync(
            db,
            forms,
            actor,
            key,
            shape => shape == FormShape.Register ? null : new Refusal("not_a_register"),
            cancellationToken
        );

    /// <exception cref="Refusal">submission_not_found, not_a_catalogue, and as <see cref="LockedSubmission.RequireEditable"/>.</exception>
    public static Task<RecordWork> OpenCatalogueAsync(
        AppDb db,
        FormLibrary forms,
        Actor actor,
        SubmissionKey key,
        CancellationToken cancellationToken
    ) =>
        OpenAsync(
            db,
            forms,
            actor,
            key,
            shape => shape == FormShape.Catalogue ? null : new Refusal("not_a_catalogue"),
            cancellationToken
        );

    private static async Task<RecordWork> OpenAsync(
        AppDb db,
        FormLibrary forms,
        Actor actor,
        SubmissionKey key,
        Func<FormShape, Refusal?> refuse,
        CancellationToken cancellationToken
    )
    {
        var submission = await LockedSubmission.OpenAsync(db, actor, key, cancellationToken);
        try
        {
            var form = await forms.GetAsync(submission.Now.FormId, submission.Now.FormVersion, cancellationToken);
            if (refuse(form.Shape) is { } refusal)
            {
                throw refusal;
            }
            submission.RequireEditable();
            return new RecordWork(submission, form);
        }
        catch
        {
            await submission.DisposeAsync();
            throw;
        }
    }

    /// <summary>Only the LAO itself says what is in force; an office helps with the answers.</summary>
    /// <exception cref="Refusal">not_allowed</exception>
    public void RequireLao()
    {
        if (SubmissionAccess.HelpingUnit(Submission.Actor) is not null)
        {
            throw new Refusal("not_allowed");
        }
    }

    /// <summary>The next number of the register and year: the form's first three letters, the LAO's code, the year, a running number.</summary>
    public async Task<string> NextNumberAsync(CancellationToken cancellationToken)
    {
        var now = Submission.Now;
        var codes = await Db
            .Database.SqlQuery<string?>(
                $"select code as value from round_roster where round_id = {now.RoundId} and lao_id = {now.LaoId}"
            )
            .ToListAsync(cancellationToken);
        var prefix = RecordNumbers.Prefix(now.FormId, codes[0], now.LaoId, now.FiscalYear);
        var last = await Db
            .Database.SqlQuery<int>(
                $"""
                select coalesce(max(substr(record_number, length({prefix}) + 1)::int), 0) as value
                from record
                where lao_id = {now.LaoId} and form_id = {now.FormId} and starts_with(record_number, {prefix})
                """
            )
            .ToListAsync(cancellationToken);
        return RecordNumbers.Of(prefix, last[0] + 1);
    }

    /// <summary>
    /// This year's sheet of a record: the one that is there, or a new one with the values of the latest earlier year, whatever
    /// it is worth there.
    /// </summary>
    /// <exception cref="Refusal">record_not_found</exception>
    public async Task<AnswerSheet> FindOrCarryAsync(Guid recordId, CancellationToken cancellationToken)
    {
        if (await Sheets.FindOfRecordAsync(recordId, cancellationToken) is { } existing)
        {
            return existing;
        }
        var now = Submission.Now;
        var earlier = await Db
            .Database.SqlQuery<Earlier>(
                $"""
                select b.answers, b.label
                from record c
                join answer_sheet b on b.lao_id = c.lao_id and b.record_id = c.record_id
                join submission t on t.lao_id = b.lao_id and t.submission_id = b.submission_id
                where c.lao_id = {now.LaoId} and c.record_id = {recordId} and c.form_id = {now.FormId}
                  and t.fiscal_year < {now.FiscalYear}
                order by t.fiscal_year desc limit 1
                """
            )
            .ToListAsync(cancellationToken);
        if (earlier is not [{ Answers: var answers }])
        {
            throw new Refusal("record_not_found");
        }
        var carried = Answers.Parse(answers).CarryForward(Form);
        var sheet = Sheets.New(recordId, carried.ToJsonString());
        sheet.Label = earlier[0].Label;
        SheetEvaluation.Keep(sheet, SheetEvaluation.Evaluate(Form, carried, Context));
        await Sheets.InsertAsync(sheet, cancellationToken);
        await Submission.StartAsync(cancellationToken);
        return sheet;
    }

    public Task AuditAsync(string action, Guid recordId, CancellationToken cancellationToken) =>
        Submission.AuditAsync(action, new { record = recordId }, cancellationToken);

    public ValueTask DisposeAsync() => Submission.DisposeAsync();

    private sealed record Earlier(string Answers, string Label);
}
